import { Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import { GetCase, ListCaseChoices } from '@app/casework';
import {
  DraftDocument,
  EditDocument,
  GetDocument,
  GetDocumentFile,
  ListDocuments,
  ListRenditions,
  type DocumentDetail,
  type DocumentFormat,
} from '@app/documents';
import { downloadHeaders, Requires } from '@app/http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { formErrors, formFields, NO_ERRORS, versionIn, type FormErrors } from '../case/form-fields';
import { PeopleNames } from '../case/people-names';
import { refusedBy } from '../case/refusals';
import { showStaffPage } from '../staff/staff-page';
import { documentForm, formOf, orNull, partsOf, type DocumentForm } from './document-form';
import { REASON_WORDS } from './redaction-words';
import { documentStatus, peopleOf, wayInWords } from './document-words';

const FILE = /^(.+)\.(pdf|docx)$/;

/** The letters and papers of a case: listed, begun from a template, edited with a preview, downloaded. */
@ApiExcludeController()
@Controller('staff/cases/:reference/documents')
export class DocumentsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly people: PeopleNames,
  ) {}

  @Get()
  @Requires('case:read', { audit: null })
  async list(@Param('reference') reference: string, @Res() reply: FastifyReply): Promise<void> {
    const detail = await this.queries.execute(new GetCase(reference));
    const documents = await this.queries.execute(new ListDocuments(reference));
    const renditions = await this.queries.execute(new ListRenditions(reference));
    const people = [
      ...documents.flatMap(peopleOf),
      ...renditions.flatMap(({ madeBy, keptBy }) => (keptBy === null ? [madeBy] : [madeBy, keptBy])),
    ];
    await showStaffPage(reply, 'documents/views/list', {
      pageTitle: `Letters and documents of ${detail.reference}`,
      case: detail,
      documents: documents.map((each) => ({
        ...each,
        tag: documentStatus(each.status),
        way: wayInWords(each.issuedWay),
      })),
      renditions: renditions.map((each) => ({
        ...each,
        why: each.reasons.map((reason) => REASON_WORDS[reason].toLowerCase()).join(', '),
      })),
      names: Object.fromEntries(await this.people.of(people)),
    });
  }

  @Get('new')
  @Requires('case:write', { audit: null })
  async begin(@Param('reference') reference: string, @Res() reply: FastifyReply): Promise<void> {
    const { correspondent } = await this.queries.execute(new GetCase(reference));
    const addressee = [correspondent?.name, correspondent?.organisation, correspondent?.postcode].filter(Boolean);
    const form = documentForm({ addressee: addressee.join('\n'), marking: 'OFFICIAL' });
    await this.newPage(reply, reference, form, NO_ERRORS);
  }

  @Post('new')
  @Requires('case:write', { audit: null })
  async draft(
    @Param('reference') reference: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = documentForm(formFields(request));
    try {
      const input = { kind: 'letter', ...partsOf(form), template: orNull(form.template) };
      const id = await this.commands.execute(new DraftDocument(reference, input));
      void reply.redirect(`/staff/cases/${reference}/documents/${id}/edit`, 303);
    } catch (error) {
      const refused = refusedBy(error);
      if (refused === null) throw error;
      void reply.status(refused.status);
      const fields = refused.fields.length > 0 ? refused.fields : ([['title', refused.message]] as const);
      await this.newPage(reply, reference, form, formErrors(fields));
    }
  }

  /** The document as a page or, with an ending, as a file. */
  @Get(':id')
  @Requires('case:read', { audit: null })
  async show(
    @Param('reference') reference: string,
    @Param('id') id: string,
    @Query('print') print: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const [, documentId, format] = FILE.exec(id) ?? [];
    if (documentId !== undefined)
      return this.file(reply, reference, documentId, format as DocumentFormat, print === '1');
    const document = await this.queries.execute(new GetDocument(reference, id));
    await showStaffPage(reply, 'documents/views/document', {
      pageTitle: `${document.title} – ${document.reference}`,
      ...(await this.shown(document)),
    });
  }

  @Get(':id/edit')
  @Requires('case:write', { audit: null })
  async edit(
    @Param('reference') reference: string,
    @Param('id') id: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const document = await this.queries.execute(new GetDocument(reference, id));
    await this.editPage(reply, document, formOf(document), NO_ERRORS);
  }

  @Post(':id/edit')
  @Requires('case:write', { audit: null })
  async save(
    @Param('reference') reference: string,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const fields = formFields(request);
    const form = documentForm(fields);
    try {
      const target = { reference, id, ifVersion: versionIn(fields) };
      const change = { ...partsOf(form), subject: orNull(form.subject), text: form.text };
      await this.commands.execute(new EditDocument(target, change));
    } catch (error) {
      const refused = refusedBy(error);
      if (refused === null) throw error;
      void reply.status(refused.status);
      const fieldErrors = refused.fields.length > 0 ? refused.fields : ([['text', refused.message]] as const);
      const document = await this.queries.execute(new GetDocument(reference, id));
      // After somebody else's change the person sees it and decides anew: the next try is from the new version.
      const version = refused.status === 412 ? String(document.version) : form.version;
      return this.editPage(reply, document, { ...form, version }, formErrors(fieldErrors));
    }
    const path = `/staff/cases/${reference}/documents/${id}`;
    void reply.redirect(fields.do === 'save' ? `${path}?notice=document-saved` : `${path}/edit#preview`, 303);
  }

  private async file(
    reply: FastifyReply,
    reference: string,
    id: string,
    format: DocumentFormat,
    isForPrint: boolean,
  ): Promise<void> {
    const file = await this.queries.execute(new GetDocumentFile(reference, id, format));
    const headers = downloadHeaders(file);
    if (isForPrint && format === 'pdf') {
      // A file of our own making may be opened where it can be printed; a sandbox would keep the reader's viewer away.
      headers['content-disposition'] = (headers['content-disposition'] ?? '').replace(/^attachment/, 'inline');
      delete headers['content-security-policy'];
    }
    void reply.headers(headers).send(file.bytes);
  }

  private async shown(document: DocumentDetail): Promise<Record<string, unknown>> {
    return {
      document,
      tag: documentStatus(document.status),
      way: wayInWords(document.issuedWay),
      names: Object.fromEntries(await this.people.of(peopleOf(document))),
    };
  }

  private async newPage(reply: FastifyReply, reference: string, form: DocumentForm, errors: FormErrors): Promise<void> {
    const detail = await this.queries.execute(new GetCase(reference));
    const { templates } = await this.queries.execute(new ListCaseChoices(detail.office));
    await showStaffPage(reply, 'documents/views/new', {
      pageTitle: 'Write a letter',
      case: detail,
      templates,
      form,
      ...errors,
    });
  }

  private async editPage(
    reply: FastifyReply,
    document: DocumentDetail,
    form: DocumentForm,
    errors: FormErrors,
  ): Promise<void> {
    await showStaffPage(reply, 'documents/views/edit', {
      pageTitle: `Edit: ${document.title}`,
      isWide: true,
      ...(await this.shown(document)),
      form,
      ...errors,
    });
  }
}
