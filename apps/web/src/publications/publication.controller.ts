import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus, type Command } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { can, People } from '@app/access';
import { Requires } from '@app/http';
import { DomainError } from '@app/kernel';
import { currentCaller } from '@app/platform';
import {
  CheckPublication,
  CorrectPublication,
  GetPublication,
  PublicationNotFound,
  PublishVersion,
  SendPublicationBack,
  SubmitPublication,
  TakeFigures,
  WithdrawPublication,
  type PublicationTarget,
  type PublicationView,
} from '@app/publication';
import { formErrors, formFields, NO_ERRORS, versionIn, type Fields, type FormErrors } from '../case/form-fields';
import { staffMessages } from '../http/public-page';
import { showStaffPage } from '../staff/staff-page';
import { officeInWords } from '../worklist/worklist-choices';
import { EVENT_WORDS, STATE_WORDS, titleWithPeriod } from './publication-words';
import { versionPage } from './version-page';

type Maker = (target: PublicationTarget, fields: Fields) => Command<void>;

/** One publication: where it stands, what is to be done next, and how the public will see it. */
@ApiExcludeController()
@Controller('staff/publications/:id')
export class PublicationController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly people: People,
  ) {}

  @Get()
  @Requires('publication:read', { audit: 'metrics-read' })
  async show(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    await this.page(reply, await this.queries.execute(new GetPublication(id)), {}, NO_ERRORS);
  }

  @Get('preview')
  @Requires('publication:read', { audit: 'metrics-read' })
  async preview(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const view = await this.queries.execute(new GetPublication(id));
    await showStaffPage(reply, 'publications/views/preview', {
      pageTitle: 'As the public will see it',
      id,
      title: titleWithPeriod(view),
      m: staffMessages(),
      number: view.newest.number,
      page: await versionPage(view.content, view.office, view.counted),
      state: STATE_WORDS[view.newest.state],
    });
  }

  @Post('figures')
  @Requires('publication:write', { audit: null })
  figures(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.act(id, request, reply, 'publication-counted', (target) => new TakeFigures(target));
  }

  @Post('submit')
  @Requires('publication:write', { audit: null })
  submit(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.act(id, request, reply, 'publication-submitted', (target) => new SubmitPublication(target));
  }

  @Post('check')
  @Requires('publication:check', { audit: null })
  check(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.act(id, request, reply, 'publication-checked', (target) => new CheckPublication(target));
  }

  @Post('send-back')
  @Requires('publication:check', { audit: null })
  sendBack(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const command: Maker = (target, { reason = '' }) => new SendPublicationBack(target, reason);
    return this.act(id, request, reply, 'publication-sent-back', command);
  }

  @Post('publish')
  @Requires('publication:write', { audit: null })
  publish(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.act(id, request, reply, 'publication-published', (target) => new PublishVersion(target));
  }

  @Post('correct')
  @Requires('publication:write', { audit: null })
  correct(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const command: Maker = (target, { note = '' }) => new CorrectPublication(target, note);
    return this.act(id, request, reply, 'publication-correcting', command);
  }

  @Post('withdraw')
  @Requires('publication:check', { audit: null })
  withdraw(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const command: Maker = (target, { withdrawal = '' }) => new WithdrawPublication(target, withdrawal);
    return this.act(id, request, reply, 'publication-withdrawn', command);
  }

  /** What is refused is said on the page, with what was typed. */
  private async act(
    id: string,
    request: FastifyRequest,
    reply: FastifyReply,
    notice: string,
    command: Maker,
  ): Promise<void> {
    const fields = formFields(request);
    try {
      await this.commands.execute(command({ id, ifVersion: versionIn(fields) }, fields));
      void reply.redirect(`/staff/publications/${id}?notice=${notice}`, 303);
    } catch (error) {
      if (!(error instanceof DomainError) || error instanceof PublicationNotFound) throw error;
      void reply.status(error.kind === 'invalid' ? 422 : 409);
      const found = error.errors.map(({ pointer, message }) => [fieldOf(pointer, notice), message] as const);
      const errors = formErrors(found.length > 0 ? found : [['state', error.message]]);
      await this.page(reply, await this.queries.execute(new GetPublication(id)), fields, errors);
    }
  }

  private async page(reply: FastifyReply, view: PublicationView, fields: Fields, errors: FormErrors): Promise<void> {
    const { id, newest, versions, history, sentBack, office, slug, content } = view;
    const names = await this.people.names([
      ...history.map(({ by }) => by),
      ...newest.authors,
      ...(sentBack ? [sentBack.by] : []),
    ]);
    const nameOf = (person: string | null): string => (person === null ? '' : (names.get(person) ?? 'Postbag'));
    const { role } = currentCaller();
    const [mayWrite, mayCheck] = [can(role, 'publication:write'), can(role, 'publication:check')];
    const current = versions.find(({ state }) => state === 'published');
    const sections = view.parts.flatMap((part) => part.sections);
    await showStaffPage(reply, 'publications/views/show', {
      pageTitle: titleWithPeriod(view),
      ...errors,
      id,
      version: view.version,
      typed: fields,
      office: officeInWords(office),
      m: staffMessages(),
      page: await versionPage(content, office),
      number: newest.number,
      state: { key: newest.state, ...STATE_WORDS[newest.state] },
      authors: newest.authors.map(nameOf).join(', '),
      checkedBy: newest.checkedBy === null ? null : { name: nameOf(newest.checkedBy), at: newest.checkedAt },
      correctionNote: newest.correctionNote,
      sentBack: sentBack ? { ...sentBack, by: nameOf(sentBack.by), at: new Date(sentBack.at).toISOString() } : null,
      empty: sections.filter(({ key }) => view.empty.includes(key)),
      written: sections.length - view.empty.length,
      sections: sections.length,
      may: {
        edit: mayWrite && newest.state === 'draft',
        submit: mayWrite && newest.state === 'draft',
        check: mayCheck && newest.state === 'to-check',
        sendBack: mayCheck && ['to-check', 'checked'].includes(newest.state),
        publish: mayWrite && newest.state === 'checked',
        correct: mayWrite && ['published', 'withdrawn'].includes(newest.state),
        withdraw: mayCheck && current !== undefined,
      },
      isAuthor: view.isAuthor,
      publicHref: current ? `/complaints-performance/${office}/${slug}` : null,
      versions: versions.map((each) => ({
        number: each.number,
        state: STATE_WORDS[each.state],
        publishedAt: each.publishedAt === null ? null : new Date(each.publishedAt).toISOString(),
        publishedBy: nameOf(each.publishedBy),
        checkedBy: nameOf(each.checkedBy),
        note: each.correctionNote,
        withdrawalReason: each.withdrawalReason,
        href: each.publishedAt === null ? null : `/complaints-performance/${office}/${slug}/v${String(each.number)}`,
      })),
      history: [...history].reverse().map(({ type, by, at, number }) => ({
        text: EVENT_WORDS[type] ?? type,
        number,
        by: nameOf(by),
        at,
      })),
    });
  }
}

/** Where a refusal is said: at the field, or at the link to what is to be written. */
function fieldOf(pointer: string, notice: string): string {
  if (pointer.startsWith('/narratives/')) return `empty-${pointer.slice('/narratives/'.length)}`;
  return notice === 'publication-withdrawn' ? 'withdrawal' : pointer.slice(1);
}
