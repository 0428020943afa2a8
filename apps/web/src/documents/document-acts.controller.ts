import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import { GetCase } from '@app/casework';
import { ApproveDocument, DiscardDocument, GetDocument, IssueDocument, type IssueInput } from '@app/documents';
import { Requires } from '@app/http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CaseActs } from '../case/case-acts';
import { formErrors, formFields, NO_ERRORS, versionIn, type Fields, type FormErrors } from '../case/form-fields';
import { refusedBy } from '../case/refusals';
import { showStaffPage } from '../staff/staff-page';

/** What is decided about a document: approved, issued, put away. */
@ApiExcludeController()
@Controller('staff/cases/:reference/documents/:id')
export class DocumentActsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly acts: CaseActs,
  ) {}

  @Post('approve')
  @Requires('case:approve', { audit: null })
  async approve(
    @Param('reference') reference: string,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    try {
      await this.commands.execute(new ApproveDocument({ reference, id, ifVersion: versionIn(formFields(request)) }));
      void reply.redirect(`/staff/cases/${reference}/documents/${id}?notice=document-approved`, 303);
    } catch (error) {
      await this.acts.explain(reply, reference, error, `/documents/${id}`);
    }
  }

  @Post('discard')
  @Requires('case:write', { audit: null })
  async discard(
    @Param('reference') reference: string,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    try {
      await this.commands.execute(new DiscardDocument({ reference, id, ifVersion: versionIn(formFields(request)) }));
      void reply.redirect(`/staff/cases/${reference}/documents?notice=document-discarded`, 303);
    } catch (error) {
      await this.acts.explain(reply, reference, error, `/documents/${id}`);
    }
  }

  @Get('issue')
  @Requires('case:write', { audit: null })
  async ask(@Param('reference') reference: string, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const { correspondent } = await this.queries.execute(new GetCase(reference));
    const document = await this.queries.execute(new GetDocument(reference, id));
    const { salutation } = { salutation: /^Dear\b.*$/m.exec(document.source.text)?.[0] ?? 'Dear correspondent,' };
    await this.page(reply, reference, id, NO_ERRORS, {
      way: '',
      to: correspondent?.email ?? '',
      subject: `${document.title} [${document.reference}]`,
      body: `${salutation}\n\nOur letter about ${document.reference} is attached to this message as a PDF file.\n\nIf you need it in another format, please tell us.\n`,
      version: String(document.version),
    });
  }

  @Post('issue')
  @Requires('case:write', { audit: null })
  async issue(
    @Param('reference') reference: string,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const fields = formFields(request);
    const input = inputOf(fields);
    if (input === null) {
      void reply.status(422);
      return this.page(reply, reference, id, formErrors([['way', 'Choose how it goes out']]), fields);
    }
    try {
      await this.commands.execute(new IssueDocument({ reference, id, ifVersion: versionIn(fields) }, input));
    } catch (error) {
      const refused = refusedBy(error);
      if (refused === null || refused.fields.length === 0) {
        return this.acts.explain(reply, reference, error, `/documents/${id}`);
      }
      void reply.status(refused.status);
      return this.page(reply, reference, id, formErrors(refused.fields), fields);
    }
    const notice = input.way === 'email' ? 'document-sent' : 'document-issued';
    void reply.redirect(`/staff/cases/${reference}/documents/${id}?notice=${notice}`, 303);
  }

  private async page(
    reply: FastifyReply,
    reference: string,
    id: string,
    errors: FormErrors,
    values: Fields,
  ): Promise<void> {
    const detail = await this.queries.execute(new GetCase(reference));
    const document = await this.queries.execute(new GetDocument(reference, id));
    const { safeContactNote = null, contactRestriction = null } = detail.correspondent ?? {};
    await showStaffPage(reply, 'documents/views/issue', {
      pageTitle: `Issue: ${document.title}`,
      case: detail,
      document,
      values,
      hasCaution: safeContactNote !== null || contactRestriction !== null,
      ...errors,
    });
  }
}

function inputOf({ way, to = '', subject = '', body = '', cautionRead }: Fields): IssueInput | null {
  const hasRead = cautionRead === 'yes';
  if (way === 'email') return { way, to: to.trim(), subject, body, cautionRead: hasRead };
  if (way === 'post' || way === 'in-person') return { way, cautionRead: hasRead };
  return null;
}
