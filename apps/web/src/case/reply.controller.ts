import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import {
  DraftReply,
  GetCase,
  GetCaseSurroundings,
  KeepUnsavedReply,
  ListCaseChoices,
  ListCaseMessages,
  PreviewLetter,
  SendReply,
  UNDO_SECONDS,
  type CaseDetail,
  type LetterPreview,
} from '@app/casework';
import { Requires } from '@app/http';
import { parseReference } from '@app/kernel';
import { currentCaller } from '@app/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { showStaffPage } from '../staff/staff-page';
import { CaseActs, pathOf, type ChangedMeanwhile } from './case-acts';
import { allowed } from './case-page-model';
import { formErrors, formFields, NO_ERRORS, versionIn, type Fields, type FormErrors } from './form-fields';
import { shownMessage } from './messages';
import { PeopleNames } from './people-names';
import { refusedBy } from './refusals';
import { checkReply, draftFrom, replyForm, WRITE_HERE, type ReplyForm } from './reply-form';

/** Writing a reply: from a template or from nothing, seen as its reader will see it, approved, sent, taken back. */
@ApiExcludeController()
@Controller('staff/cases/:reference/reply')
export class ReplyController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly acts: CaseActs,
    private readonly people: PeopleNames,
  ) {}

  @Get()
  @Requires('case:write', { audit: null })
  async compose(@Param('reference') reference: string, @Res() reply: FastifyReply): Promise<void> {
    const detail = await this.queries.execute(new GetCase(reference));
    const { unsaved } = await this.queries.execute(new GetCaseSurroundings(reference));
    const { body, ...letter } = await this.queries.execute(new PreviewLetter(reference, null, null));
    const first = draftFrom(detail, unsaved, { ...letter, body });
    await this.page(reply, detail, first, NO_ERRORS, { restoredAt: unsaved?.keptAt ?? null });
  }

  @Post()
  @Requires('case:write', { audit: 'case-read' })
  async save(
    @Param('reference') reference: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const fields = formFields(request);
    const form = replyForm(fields);
    if (fields.do === 'template') return this.fromTemplate(reply, reference, form);
    const errors = checkReply(form, fields.do === 'preview');
    if (errors.length > 0) return this.again(reply, reference, 422, form, formErrors(errors));
    const { subject, body, channel } = form;
    const parsed = parseReference(reference)?.reference ?? reference;
    try {
      const input = { template: null, subject, body, channel };
      await this.commands.execute(new DraftReply({ reference: parsed, ifVersion: versionIn(fields) }, input));
    } catch (error) {
      const refused = refusedBy(error);
      if (refused === null) throw error;
      const fieldErrors = refused.fields.length > 0 ? refused.fields : ([['body', refused.message]] as const);
      const changed = refused.status === 412 ? await this.acts.changed(reference) : null;
      return this.again(reply, reference, refused.status, form, changed ? NO_ERRORS : formErrors(fieldErrors), changed);
    }
    const next = fields.do === 'preview' ? '/preview' : '?notice=reply-saved';
    void reply.redirect(`/staff/cases/${parsed}/reply${next}`, 303);
  }

  /** What was typed so far, kept for its author; asked by the page every few seconds while somebody types. */
  @Post('unsaved')
  @Requires('case:write', { audit: null })
  async keep(
    @Param('reference') reference: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const fields = formFields(request);
    const { subject, body, channel } = replyForm(fields);
    const kept =
      fields.do === 'discard' ? null : { subject: subject.slice(0, 200), body: body.slice(0, 100_000), channel };
    await this.commands.execute(new KeepUnsavedReply(reference, kept));
    if (fields.do === 'discard') return void reply.redirect(`/staff/cases/${reference}/reply`, 303);
    void reply.status(204).send();
  }

  @Get('preview')
  @Requires('case:read', { audit: null })
  async preview(@Param('reference') reference: string, @Res() reply: FastifyReply): Promise<void> {
    const detail = await this.queries.execute(new GetCase(reference));
    if (detail.draft === null) return void reply.redirect(pathOf(detail), 303);
    await this.showPreview(reply, detail, NO_ERRORS);
  }

  @Post('send')
  @Requires('case:write', { audit: null })
  async send(
    @Param('reference') reference: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const fields = formFields(request);
    const detail = await this.queries.execute(new GetCase(reference));
    const input = { channel: null, text: null, cautionRead: fields.cautionRead === 'yes', undoable: true };
    try {
      await this.commands.execute(new SendReply({ reference: detail.reference, ifVersion: versionIn(fields) }, input));
    } catch (error) {
      const refused = refusedBy(error);
      if (refused === null || refused.fields.length === 0)
        return this.acts.explain(reply, reference, error, '/reply/preview');
      void reply.status(refused.status);
      return this.showPreview(reply, detail, formErrors(refused.fields));
    }
    const notice = detail.draft?.channel === 'letter' ? 'letter-recorded' : 'reply-sent';
    void reply.redirect(`${pathOf(detail)}?notice=${notice}`, 303);
  }

  private async showPreview(reply: FastifyReply, detail: CaseDetail, form: FormErrors): Promise<void> {
    const caller = currentCaller();
    const around = await this.queries.execute(new GetCaseSurroundings(detail.reference));
    const letter = await this.queries.execute(new PreviewLetter(detail.reference, null, detail.draft?.body ?? ''));
    const names = await this.people.of(
      [detail.draft?.draftedBy, around.draft?.submittedBy, around.draft?.approvedBy].filter(
        (id) => typeof id === 'string',
      ),
    );
    await showStaffPage(reply, 'case/views/preview', {
      pageTitle: 'The reply as it will be read',
      case: detail,
      draft: detail.draft,
      from: letter.from,
      may: allowed(detail, caller.role, caller.actor.id),
      hasCaution: hasCaution(detail),
      names: Object.fromEntries(names),
      undoSeconds: UNDO_SECONDS,
      ...form,
    });
  }

  private async fromTemplate(reply: FastifyReply, reference: string, form: ReplyForm): Promise<void> {
    const template = form.template === '' ? null : form.template;
    let letter: LetterPreview;
    try {
      // The author's words stand where the template has a place for them.
      const words = form.body.trim() === '' ? WRITE_HERE : form.body;
      letter = await this.queries.execute(new PreviewLetter(reference, template, template === null ? '' : words));
    } catch (error) {
      const refused = refusedBy(error);
      if (refused === null) throw error;
      return this.again(reply, reference, 422, form, formErrors([['template', refused.message]]));
    }
    const { subject, body } = letter;
    await this.again(reply, reference, 200, { ...form, subject, body }, NO_ERRORS);
  }

  private async again(
    reply: FastifyReply,
    reference: string,
    status: number,
    form: ReplyForm,
    errors: FormErrors,
    changed: ChangedMeanwhile | null = null,
  ): Promise<void> {
    const detail = await this.queries.execute(new GetCase(reference));
    void reply.status(status);
    const version = changed === null ? form.version : String(detail.version);
    await this.page(reply, detail, { ...form, version }, errors, { changed });
  }

  private async page(
    reply: FastifyReply,
    detail: CaseDetail,
    form: ReplyForm | Fields,
    { errors, errorOf }: FormErrors,
    extra: { restoredAt?: string | null; changed?: ChangedMeanwhile | null },
  ): Promise<void> {
    const { templates } = await this.queries.execute(new ListCaseChoices(detail.office));
    const { items } = await this.queries.execute(new ListCaseMessages(detail.reference, 20, null, true));
    const answered = items.find(({ direction, senderOnCase }) => direction === 'inbound' && senderOnCase);
    await showStaffPage(reply, 'case/views/reply', {
      pageTitle: 'Write a reply',
      isWide: true,
      case: detail,
      may: allowed(detail, currentCaller().role, currentCaller().actor.id),
      form,
      templates,
      answered: answered ? shownMessage(answered) : null,
      hasCaution: hasCaution(detail),
      errors,
      errorOf,
      ...extra,
    });
  }
}

function hasCaution({ correspondent }: CaseDetail): boolean {
  return Boolean(correspondent?.safeContactNote) || Boolean(correspondent?.contactRestriction);
}
