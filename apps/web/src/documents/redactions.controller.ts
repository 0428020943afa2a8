import { Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import {
  BeginRedaction,
  ChangeRedaction,
  DiscardRedaction,
  GetRedaction,
  GetRedactionPicture,
  GetRenditionFile,
  isRedactionReason,
  KeepRedaction,
  ListPapers,
  REDACTION_REASONS,
  RENDITION_SOURCES,
  type DocumentTarget,
  type RedactionChange,
} from '@app/documents';
import { downloadHeaders, Requires } from '@app/http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CaseActs } from '../case/case-acts';
import { formErrors, formFields, NO_ERRORS, versionIn, type Fields, type FormErrors } from '../case/form-fields';
import { PeopleNames } from '../case/people-names';
import { refusedBy } from '../case/refusals';
import { showStaffPage } from '../staff/staff-page';
import { paperChoice, paperOf, REASON_WORDS } from './redaction-words';

const FILE = /^(.+)\.pdf$/;

/** Covering words and parts of pages of what a case holds: chosen, marked, looked at, kept. */
@ApiExcludeController()
@Controller('staff/cases/:reference/redactions')
export class RedactionsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly acts: CaseActs,
    private readonly people: PeopleNames,
  ) {}

  @Get()
  @Requires('case:write', { audit: null })
  async choose(@Param('reference') reference: string, @Res() reply: FastifyReply): Promise<void> {
    await this.choosePage(reply, reference, NO_ERRORS);
  }

  @Post()
  @Requires('case:write', { audit: null })
  async begin(
    @Param('reference') reference: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { kind, id } = paperOf(formFields(request).source ?? '');
    const sourceKind = RENDITION_SOURCES.find((each) => each === kind);
    if (sourceKind === undefined)
      return this.choosePage(reply, reference, formErrors([['source', 'Choose what to redact']]));
    try {
      const begun = await this.commands.execute(new BeginRedaction(reference, sourceKind, id));
      void reply.redirect(`/staff/cases/${reference}/redactions/${begun}`, 303);
    } catch (error) {
      const refused = refusedBy(error);
      if (refused === null) throw error;
      await this.choosePage(reply, reference, formErrors([['source', refused.message]]), refused.status);
    }
  }

  /** The rendition as a page or, with its ending, the file that was kept. */
  @Get(':id')
  @Requires('case:read', { audit: null })
  async show(
    @Param('reference') reference: string,
    @Param('id') id: string,
    @Query('page') page: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const file = FILE.exec(id)?.[1];
    if (file === undefined) return this.page(reply, reference, id, NO_ERRORS, { page: page ?? '' });
    const kept = await this.queries.execute(new GetRenditionFile(reference, file));
    void reply.headers(downloadHeaders(kept)).send(kept.bytes);
  }

  @Get(':id/pages/:page')
  @Requires('case:read', { audit: null })
  async picture(
    @Param('reference') reference: string,
    @Param('id') id: string,
    @Param('page') page: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const png = await this.queries.execute(new GetRedactionPicture(reference, id, Number(page)));
    void reply
      .headers({ 'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff' })
      .type('image/png')
      .send(png);
  }

  @Post(':id')
  @Requires('case:write', { audit: null })
  async change(
    @Param('reference') reference: string,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const fields = formFields(request);
    const target = { reference, id, ifVersion: versionIn(fields) };
    const path = `/staff/cases/${reference}`;
    try {
      if (fields.do === 'discard') {
        await this.commands.execute(new DiscardRedaction(target));
        return void reply.redirect(`${path}/documents?notice=redaction-discarded`, 303);
      }
      const notice = await this.carryOut(target, fields);
      const shown = /^\d{1,4}$/.test(fields.shown ?? '') ? `&page=${fields.shown ?? ''}` : '';
      void reply.redirect(`${path}/redactions/${id}?notice=${notice}${shown}`, 303);
    } catch (error) {
      const refused = refusedBy(error);
      if (refused === null || refused.status === 409)
        return this.acts.explain(reply, reference, error, `/redactions/${id}`);
      const found = refused.fields.length > 0 ? refused.fields : ([['words', refused.message]] as const);
      void reply.status(refused.status);
      await this.page(reply, reference, id, formErrors(found), { ...fields, page: fields.shown ?? '' });
    }
  }

  private async carryOut(target: DocumentTarget, fields: Fields): Promise<string> {
    if (fields.do === 'keep') {
      await this.commands.execute(new KeepRedaction(target));
      return 'redaction-kept';
    }
    await this.commands.execute(new ChangeRedaction(target, changeOf(fields)));
    return fields.do === 'remove' ? 'redaction-removed' : 'redaction-covered';
  }

  private async choosePage(reply: FastifyReply, reference: string, errors: FormErrors, status = 422): Promise<void> {
    const papers = await this.queries.execute(new ListPapers(reference));
    if (errors.errors.length > 0) void reply.status(status);
    await showStaffPage(reply, 'documents/views/choose-redaction', {
      pageTitle: 'Redact something',
      reference,
      papers: papers.filter(({ kind }) => kind !== 'rendition').map(paperChoice),
      ...errors,
    });
  }

  private async page(
    reply: FastifyReply,
    reference: string,
    id: string,
    errors: FormErrors,
    values: Fields,
  ): Promise<void> {
    const rendition = await this.queries.execute(new GetRedaction(reference, id));
    const pages = rendition.pages ?? 0;
    const asked = Number(values.page ?? '');
    const first = (rendition.marks.find(({ page }) => page !== null)?.page ?? 0) + 1;
    const names = await this.people.of([rendition.madeBy, ...(rendition.keptBy === null ? [] : [rendition.keptBy])]);
    await showStaffPage(reply, 'documents/views/redaction', {
      pageTitle: `Redact: ${rendition.title}`,
      isWide: true,
      rendition,
      marks: rendition.marks.map((mark, index) => ({ ...mark, index, reasonInWords: REASON_WORDS[mark.reason] })),
      shown: Number.isInteger(asked) && asked >= 1 && asked <= pages ? asked : Math.min(first, Math.max(1, pages)),
      unsearchable: rendition.unsearchable.map((page) => page + 1),
      reasons: REDACTION_REASONS.map((value) => ({ value, text: REASON_WORDS[value] })),
      names: Object.fromEntries(names),
      values,
      ...errors,
    });
  }
}

function changeOf(fields: Fields): RedactionChange {
  if (fields.do === 'remove') {
    const marks = Object.keys(fields).flatMap((name) => /^mark-(\d{1,5})$/.exec(name)?.[1] ?? []);
    return { what: 'remove', marks: marks.map(Number) };
  }
  const chosen = fields.do === 'area' ? (fields.areaReason ?? '') : (fields.reason ?? '');
  const reason = isRedactionReason(chosen) ? chosen : 'third-party';
  if (fields.do !== 'area') return { what: 'words', words: fields.words ?? '', reason };
  const number = (name: string): number => Number((fields[name] ?? '').trim() || 'none');
  return {
    what: 'area',
    page: number('shown'),
    left: number('left'),
    top: number('top'),
    width: number('width'),
    height: number('height'),
    reason,
  };
}
