import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  ChangeCorrespondent,
  CorrespondentChanged,
  GetCorrespondent,
  InvalidCorrespondent,
  ListCorrespondents,
  ListWorklist,
  OPEN_CASES,
  type CorrespondentView,
} from '@app/casework';
import { decodeCursor, encodeCursor, Requires } from '@app/http';
import { Clock, dayInWords, londonDate } from '@app/kernel';
import { SearchSessions } from '@app/worklist';
import { can } from '@app/access';
import { showStaffPage } from '../staff/staff-page';
import { officeInWords, WorklistChoices } from '../worklist/worklist-choices';
import { WorklistPages } from '../worklist/worklist-page';
import { inWords } from '../worklist/words';
import { capacityOptions, channelOptions, readCorrespondent, type CorrespondentForm } from './correspondent-form';

const ON_A_PAGE = 50;
const CASES_SHOWN = 100;

/** The people and bodies that write to the office, with what to know before answering them. */
@ApiExcludeController()
@Controller('staff/correspondents')
export class CorrespondentsController {
  constructor(
    private readonly queries: QueryBus,
    private readonly commands: CommandBus,
    private readonly sessions: SearchSessions,
    private readonly pages: WorklistPages,
    private readonly choices: WorklistChoices,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Requires('correspondent:read', { audit: 'correspondent-read' })
  async list(
    @Query() { search, after }: { search?: unknown; after?: unknown },
    @Req() { caller }: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const id = typeof search === 'string' ? search : '';
    const text = id === '' ? null : await this.sessions.find(id).catch(() => null);
    const [place = null] = decodeCursor(typeof after === 'string' ? after : null, ['uuid']) ?? [];
    const page = await this.queries.execute(
      new ListCorrespondents(text, ON_A_PAGE, place === null ? null : String(place)),
    );
    const kept = text === null ? '' : `search=${id}&`;
    await showStaffPage(reply, 'correspondents/views/list', {
      pageTitle: 'People',
      text: text ?? '',
      isSearch: text !== null,
      hasOffices: caller.offices.length > 1,
      items: page.items.map((each) => ({
        ...each,
        capacityInWords: inWords(each.capacity),
        officeInWords: officeInWords(each.office),
      })),
      firstHref: place === null ? null : `/staff/correspondents?${kept}`,
      nextHref: page.next === null ? null : `/staff/correspondents?${kept}after=${encodeCursor([page.next])}`,
    });
  }

  /** A name stays out of the address. */
  @Post()
  @Requires('correspondent:read', { audit: null })
  async search(@Body() body: { q?: unknown } | undefined, @Res() reply: FastifyReply): Promise<void> {
    const text = typeof body?.q === 'string' ? body.q.trim() : '';
    const search = text === '' ? '' : `?search=${await this.sessions.keep(text)}`;
    return void reply.redirect(`/staff/correspondents${search}`, 303);
  }

  // The query records whose record was read.
  @Get(':id')
  @Requires('correspondent:read', { audit: null })
  async show(@Param('id') id: string, @Req() { caller }: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const person = await this.queries.execute(new GetCorrespondent(id));
    const today = londonDate(this.clock.now());
    const mayReadCases = can(caller.role, 'case:read');
    const filter = { ...OPEN_CASES, scope: 'all' as const, offices: [person.office], correspondentId: person.id };
    const cases = mayReadCases
      ? (await this.queries.execute(new ListWorklist(filter, '-received', CASES_SHOWN, null, false))).items
      : [];
    await showStaffPage(reply, 'correspondents/views/show', {
      pageTitle: titleOf(person),
      person,
      capacityInWords: inWords(person.capacity),
      channelInWords: person.preferredChannel === null ? null : inWords(person.preferredChannel),
      officeInWords: officeInWords(person.office),
      sinceInWords: dayInWords(person.since),
      rows: await this.pages.rows(cases, await this.choices.all(), today),
      casesShown: CASES_SHOWN,
    });
  }

  @Get(':id/change')
  @Requires('correspondent:write', { audit: null })
  async edit(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const person = await this.queries.execute(new GetCorrespondent(id));
    await this.form(reply, 200, person, person, person.version, []);
  }

  @Post(':id/change')
  @Requires('correspondent:write', { audit: null })
  async change(@Param('id') id: string, @Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    const { record, version } = readCorrespondent(body);
    try {
      await this.commands.execute(new ChangeCorrespondent(id, version, record));
      return void reply.redirect(`/staff/correspondents/${id}?notice=saved`, 303);
    } catch (error) {
      const isInvalid = error instanceof InvalidCorrespondent;
      if (!isInvalid && !(error instanceof CorrespondentChanged)) throw error;
      const person = await this.queries.execute(new GetCorrespondent(id));
      const errors = isInvalid
        ? error.fields
        : [{ field: 'name' as const, text: `${error.message} What you typed is still here.` }];
      await this.form(reply, isInvalid ? 422 : 409, person, record, person.version, errors);
    }
  }

  private async form(
    reply: FastifyReply,
    status: number,
    person: CorrespondentView,
    values: CorrespondentForm['record'],
    version: number,
    errors: readonly { readonly field: string; readonly text: string }[],
  ): Promise<void> {
    await showStaffPage(reply.status(status), 'correspondents/views/change', {
      pageTitle: `Change the record of ${titleOf(person)}`,
      person,
      values,
      version,
      capacities: capacityOptions(values.capacity),
      channels: channelOptions(values.preferredChannel),
      errors: errors.map(({ field, text }) => ({ text, href: `#${field}` })),
      errorOf: Object.fromEntries(errors.map(({ field, text }) => [field, { text }])),
    });
  }
}

function titleOf({ name, organisation, email, phone }: CorrespondentView): string {
  return name ?? organisation ?? email ?? phone ?? 'Somebody without a name';
}
