import { randomUUID } from 'node:crypto';
import { Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import { can } from '@app/access';
import { CloseCase, FindCallers, LinkCases, SendReply, TakeCase, type CallerView } from '@app/casework';
import { Requires } from '@app/http';
import { CorrespondenceLog, type GivenAttachment } from '@app/intake';
import { Clock, DomainError, parseReference } from '@app/kernel';
import { Offices } from '@app/offices';
import { currentCaller, requestHash } from '@app/platform';
import { NO_PARTICULARS, OpenReview, ReviewRuleRefused } from '@app/reviews';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { cleanFields, formErrors, formFields, NO_ERRORS, type FormErrors } from '../case/form-fields';
import { inWords } from '../case/case-words';
import { readForm } from '../http/read-form';
import { showStaffPage } from '../staff/staff-page';
import { checkLog, emptyLog, LOG_CHANNELS, readLog, receivedAt, type LogForm } from './log-form';

const CAPACITIES = [
  'member-of-public',
  'victim',
  'mp',
  'councillor',
  'parish-council',
  'organisation',
  'media',
  'officer',
];

/** Writing down a call, a letter or a visit; fast enough to be done while somebody speaks. */
@ApiExcludeController()
@Controller('staff/log')
export class LogController {
  constructor(
    private readonly log: CorrespondenceLog,
    private readonly offices: Offices,
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Requires('case:log', { audit: null })
  async show(@Query('review') review: unknown, @Res() reply: FastifyReply): Promise<void> {
    const empty = emptyLog(currentCaller().offices[0] ?? '', randomUUID());
    await this.page(reply, review === 'yes' ? { ...empty, channel: 'letter', review } : empty, NO_ERRORS, null);
  }

  /** Known callers for the page's script. A POST: what is looked for must not stand in an address. */
  @Post('callers')
  @Requires('case:log', { audit: 'correspondent-read' })
  async callers(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { office = '', find = '' } = formFields(request);
    const found = await this.queries.execute(new FindCallers(office, find.slice(0, 100)));
    await reply.viewAsync('log/views/callers', { callers: found, isAsked: find.trim() !== '' });
  }

  @Post()
  @Requires('case:log', { audit: 'correspondent-read' })
  async save(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { fields: raw, files, isTooLarge } = await readForm(request);
    const fields = cleanFields(raw);
    const form = readLog(fields, emptyLog(currentCaller().offices[0] ?? '', randomUUID()));
    if (fields.do === 'find') return this.page(reply, form, NO_ERRORS, await this.find(form));
    if (fields.caller) return this.page(reply, await this.withCaller(form, fields.caller), NO_ERRORS, null);
    const found = checkLog(form, currentCaller().offices, this.clock.now());
    if (form.about !== '' && parseReference(form.about) === null)
      found.push(['about', 'Enter a case reference, like WM-2026-000124-7']);
    if (isTooLarge) found.push(['files', 'The files must be 30 megabytes or less in all, and no more than 20']);
    if (found.length > 0) {
      void reply.status(422);
      return this.page(reply, form, formErrors(found), null);
    }
    const reference = await this.record(form, files);
    const page = form.review === 'yes' && (await this.openReview(reference)) ? 'reviews' : 'cases';
    void reply.redirect(`/staff/${page}/${reference}?notice=call-logged`, 303);
  }

  /** The case first: it is durable before anything else is tried with it. */
  private async record(form: LogForm, files: readonly GivenAttachment[]): Promise<string> {
    const at = receivedAt(form, this.clock.now());
    const { office, channel, subject, body, name, email, phone, postcode, organisation, capacity } = form;
    const answer = await this.log.log({
      source: 'api',
      channel,
      receivedAt: at instanceof Date ? at : null,
      subject,
      body,
      correspondent: {
        name: name || null,
        email: email || null,
        phone: phone || null,
        postcode: postcode || null,
        organisation: organisation || null,
        capacity: capacity || null,
      },
      attachments: files,
      office,
      caller: currentCaller(),
      // The same page sent twice (a double click, a reload) is one contact.
      idempotency: {
        scope: `log ${currentCaller().actor.id}`,
        key: form.once,
        requestHash: requestHash({ ...form, files: files.map(({ filename, content }) => [filename, content.length]) }),
      },
    });
    const reference = answer.response.reference as string;
    const target = { reference, ifVersion: null };
    // Sent again after an answer was lost: what is done already is refused, and that is well.
    const attempt = async (work: () => Promise<unknown>): Promise<void> => {
      await work().catch((error: unknown) => {
        if (!(error instanceof DomainError)) throw error;
      });
    };
    // Whoever may log alone (a system of another body) changes no case.
    if (!can(currentCaller().role, 'case:write')) return reference;
    const about = parseReference(form.about)?.reference;
    if (about !== undefined) await attempt(() => this.commands.execute(new LinkCases(target, about)));
    if (form.answered !== 'yes') return reference;
    await attempt(() => this.commands.execute(new TakeCase(target)));
    await attempt(async () => {
      const spoken = channel === 'in-person' || channel === 'event' ? 'in-person' : 'phone';
      const input = { channel: spoken, text: form.answer, cautionRead: false, undoable: false } as const;
      await this.commands.execute(new SendReply(target, input));
      await this.commands.execute(new CloseCase(target, 'answered-by-telephone'));
    });
    return reference;
  }

  /** Its particulars are asked for on the pages of the review. Answers whether there is one. */
  private async openReview(reference: string): Promise<boolean> {
    if (!can(currentCaller().role, 'review:write')) return false;
    const target = { reference, ifVersion: null };
    try {
      await this.commands.execute(new OpenReview(target, NO_PARTICULARS, null, 'It was logged as an application.'));
    } catch (error) {
      // Sent again after an answer was lost: it is one already.
      if (!(error instanceof ReviewRuleRefused)) throw error;
    }
    return true;
  }

  private find({ office, find }: LogForm): Promise<readonly CallerView[]> {
    return this.queries.execute(new FindCallers(office, find.slice(0, 100)));
  }

  private async withCaller(form: LogForm, id: string): Promise<LogForm> {
    const caller = (await this.find(form)).find((each) => each.id === id);
    if (!caller) return form;
    return {
      ...form,
      name: caller.name ?? '',
      phone: caller.phone ?? '',
      email: caller.email ?? '',
      postcode: caller.postcode ?? '',
      organisation: caller.organisation ?? '',
    };
  }

  private async page(
    reply: FastifyReply,
    form: LogForm,
    { errors, errorOf }: FormErrors,
    callers: readonly CallerView[] | null,
  ): Promise<void> {
    const own = currentCaller().offices;
    const offices = (await this.offices.all()).filter(({ id }) => own.includes(id));
    const choice = (value: string): { value: string; text: string } => ({ value, text: inWords(value) });
    await showStaffPage(reply, 'log/views/log', {
      pageTitle: 'Log a contact',
      form,
      offices: offices.map(({ id, name }) => ({ value: id, text: name })),
      channels: LOG_CHANNELS.map(choice),
      capacities: CAPACITIES.map(choice),
      callers,
      isAsked: callers !== null,
      errors,
      errorOf,
    } satisfies { pageTitle: string } & Record<string, unknown>);
  }
}
