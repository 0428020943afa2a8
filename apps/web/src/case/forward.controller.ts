import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import {
  ForwardCase,
  GetCase,
  ListCaseChoices,
  PreviewForwarding,
  type CaseDetail,
  type ForwardingPreview,
} from '@app/casework';
import { Requires } from '@app/http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { showStaffPage } from '../staff/staff-page';
import { CaseActs, pathOf, type ChangedMeanwhile } from './case-acts';
import { formErrors, formFields, NO_ERRORS, versionIn, type Fields, type FormErrors } from './form-fields';
import { refusedBy } from './refusals';

const LONGEST_REASON = 2000;
const LONGEST_BASIS = 300;

/** Passing a case on: the destination and why, then both letters as they will go out, then the act. */
@ApiExcludeController()
@Controller('staff/cases/:reference/forward')
export class ForwardController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly acts: CaseActs,
  ) {}

  @Get()
  @Requires('case:write', { audit: null })
  async ask(@Param('reference') reference: string, @Res() reply: FastifyReply): Promise<void> {
    const detail = await this.queries.execute(new GetCase(reference));
    const { categories } = await this.queries.execute(new ListCaseChoices(detail.office));
    const category = categories.find(({ key }) => key === detail.category);
    await this.form(reply, detail, {
      destination: category?.destination ?? '',
      lawfulBasis: category?.lawfulBasis ?? '',
      notifySender: 'yes',
      version: String(detail.version),
    });
  }

  @Post()
  @Requires('case:write', { audit: null })
  async forward(
    @Param('reference') reference: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const values = formFields(request);
    const detail = await this.queries.execute(new GetCase(reference));
    if (values.do === 'change') return this.form(reply, detail, values);
    const found = check(values);
    if (found.length > 0) return this.refuse(reply, detail, 422, values, formErrors(found));
    const input = inputOf(values);
    let preview: ForwardingPreview;
    try {
      preview = await this.queries.execute(new PreviewForwarding(reference, input));
      if (values.do !== 'send') return await this.preview(reply, detail, values, preview, NO_ERRORS);
    } catch (error) {
      return this.explain(reply, detail, values, error);
    }
    const target = { reference: detail.reference, ifVersion: versionIn(values) };
    try {
      const cautionRead = values.cautionRead === 'yes';
      await this.commands.execute(new ForwardCase(target, { ...input, cautionRead }));
    } catch (error) {
      const refused = refusedBy(error);
      const isCaution = refused?.fields.some(([field]) => field === 'cautionRead') === true;
      if (!refused || !isCaution) return this.explain(reply, detail, values, error);
      void reply.status(422);
      return this.preview(reply, detail, values, preview, formErrors(refused.fields));
    }
    void reply.redirect(`${pathOf(detail)}?notice=case-forwarded`, 303);
  }

  private async explain(reply: FastifyReply, detail: CaseDetail, values: Fields, error: unknown): Promise<void> {
    const refused = refusedBy(error);
    if (refused === null) throw error;
    const fields = refused.fields.length > 0 ? refused.fields : ([['destination', refused.message]] as const);
    const changed = refused.status === 412 ? await this.acts.changed(detail.reference) : null;
    const again = changed ? { ...values, version: String(detail.version) } : values;
    await this.refuse(reply, detail, refused.status, again, changed ? NO_ERRORS : formErrors(fields), changed);
  }

  private async refuse(
    reply: FastifyReply,
    detail: CaseDetail,
    status: number,
    values: Fields,
    errors: FormErrors,
    changed: ChangedMeanwhile | null = null,
  ): Promise<void> {
    void reply.status(status);
    await this.form(reply, detail, values, errors, changed);
  }

  private async form(
    reply: FastifyReply,
    detail: CaseDetail,
    values: Fields,
    { errors, errorOf }: FormErrors = NO_ERRORS,
    changed: ChangedMeanwhile | null = null,
  ): Promise<void> {
    const { destinations } = await this.queries.execute(new ListCaseChoices(detail.office));
    await showStaffPage(reply, 'case/views/forward', {
      pageTitle: 'Pass this case on',
      case: detail,
      destinations: destinations.map(({ key, name, email, telephone }) => ({
        value: key,
        text: email === null ? `${name} (no e-mail${telephone === null ? '' : `: telephone ${telephone}`})` : name,
        disabled: email === null,
      })),
      isAllowed: detail.allowedActions.includes('forward'),
      values,
      errors,
      errorOf,
      changed,
    });
  }

  private preview(
    reply: FastifyReply,
    detail: CaseDetail,
    values: Fields,
    preview: ForwardingPreview,
    errors: FormErrors,
  ): Promise<void> {
    const { safeContactNote = null, contactRestriction = null } = detail.correspondent ?? {};
    return showStaffPage(reply, 'case/views/forward-preview', {
      pageTitle: 'Check before it is passed on',
      case: detail,
      values,
      preview,
      isToldByChoice: values.notifySender === 'yes',
      hasCaution: preview.toSender !== null && (safeContactNote !== null || contactRestriction !== null),
      ...errors,
    });
  }
}

function inputOf({ destination = '', reason = '', lawfulBasis = '', consent, notifySender }: Fields): {
  destination: string | null;
  reason: string;
  lawfulBasis: string | null;
  consent: boolean;
  notifySender: boolean;
} {
  return {
    destination: destination || null,
    reason: reason.trim(),
    lawfulBasis: lawfulBasis.trim() || null,
    consent: consent === 'yes',
    notifySender: notifySender === 'yes',
  };
}

function check({ destination = '', reason = '', lawfulBasis = '' }: Fields): (readonly [string, string])[] {
  const found: (readonly [string, string])[] = [];
  if (destination === '') found.push(['destination', 'Choose to whom it is passed']);
  if (reason.trim() === '') found.push(['reason', 'Say why it is passed on']);
  else if (reason.length > LONGEST_REASON) found.push(['reason', 'The reason must be 2,000 characters or fewer']);
  if (lawfulBasis.length > LONGEST_BASIS)
    found.push(['lawfulBasis', 'The lawful basis must be 300 characters or fewer']);
  return found;
}
