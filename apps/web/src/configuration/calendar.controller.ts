import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PreviewHolidays } from '@app/casework';
import { Requires } from '@app/http';
import {
  dayInWords,
  DomainError,
  holidayDivisions,
  londonDateTimeInWords,
  type FieldError,
  type Holiday,
  type HolidayDivision,
} from '@app/kernel';
import {
  AddHoliday,
  ConfigurationChangedMeanwhile,
  ImportHolidays,
  ListCalendars,
  ProposeHolidays,
  ShowHolidayImport,
  type HolidaySource,
} from '@app/offices';
import { readForm } from '../http/read-form';
import { showStaffPage } from '../staff/staff-page';
import { ADDRESS, dateModel, dayOfForm, officeName } from './entry-models';
import { EntryReader } from './entry-reader';
import { pageErrors, type PageErrors } from './forms/entry-form';
import { inWords } from './forms/form-field';
import { first, type FormBody } from './forms/widgets';

const FEED = 'https://www.gov.uk/bank-holidays.json';
const PAGE = `${ADDRESS}/calendar`;
const MOST_SHOWN = 100;
const DIVISIONS: Readonly<Record<HolidayDivision, string>> = {
  'england-and-wales': 'England and Wales',
  scotland: 'Scotland',
  'northern-ireland': 'Northern Ireland',
};

/** Bank holidays: what is known, taking in GOV.UK's list with a look at what it would move, and a day proclaimed. */
@ApiExcludeController()
@Controller('staff/configuration/calendar')
export class CalendarController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly reader: EntryReader,
  ) {}

  @Get()
  @Requires('configuration:read', { audit: null })
  async show(@Query('year') year: string | undefined, @Res() reply: FastifyReply): Promise<void> {
    await this.page(reply, { year: year ?? '' });
  }

  @Post('propose')
  @Requires('configuration:write', { audit: null })
  async propose(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { fields, files, isTooLarge } = await readForm(request);
    const [file] = files;
    const url = (fields.url ?? '').trim();
    try {
      if (isTooLarge) throw new ProposalMissing('/file', 'is too large');
      if (!file && url === '') throw new ProposalMissing('/file', 'or an address is needed');
      const source: HolidaySource = file ? { text: file.content.toString('utf8'), name: file.filename } : { url };
      const id = await this.commands.execute(new ProposeHolidays(source));
      return void reply.redirect(`${PAGE}/proposals/${id}`, 303);
    } catch (error) {
      await this.refused(reply, error, { url });
    }
  }

  @Get('proposals/:id')
  @Requires('configuration:write', { audit: null })
  async proposal(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    await this.preview(reply, id, '', []);
  }

  @Post('proposals/:id')
  @Requires('configuration:write', { audit: null })
  async accept(@Param('id') id: string, @Body() body: FormBody, @Res() reply: FastifyReply): Promise<void> {
    const reason = first(body.reason);
    try {
      await this.commands.execute(new ImportHolidays(id, reason));
    } catch (error) {
      if (error instanceof ConfigurationChangedMeanwhile) {
        const message = 'Somebody changed the bank holidays since this was compared. Take the list in again.';
        return this.preview(reply.status(409), id, reason, [{ pointer: '', message }]);
      }
      if (!(error instanceof DomainError) || error.kind !== 'invalid') throw error;
      return this.preview(reply.status(422), id, reason, error.errors);
    }
    return void reply.redirect(`${PAGE}?notice=saved`, 303);
  }

  @Post('days')
  @Requires('configuration:write', { audit: null })
  async addDay(@Body() body: FormBody, @Res() reply: FastifyReply): Promise<void> {
    const title = first(body.title).trim();
    const sent: unknown = body.divisions;
    const divisions = holidayDivisions.filter((each) => (Array.isArray(sent) ? sent : [sent]).includes(each));
    try {
      if (divisions.length === 0) throw new ProposalMissing('/divisions', 'at least one part must be chosen');
      if (title === '') throw new ProposalMissing('/title', 'must not be empty');
      await this.commands.execute(new AddHoliday(divisions, dayOfForm(body, 'date') ?? '', title));
    } catch (error) {
      return this.refused(reply, error, { title, date: dayOfForm(body, 'date') ?? '', divisions });
    }
    return void reply.redirect(`${PAGE}?notice=saved`, 303);
  }

  private async refused(reply: FastifyReply, error: unknown, sent: CalendarTexts): Promise<void> {
    if (!(error instanceof DomainError) || error.kind !== 'invalid') throw error;
    await this.page(reply.status(422), sent, calendarErrors(error.errors, error.message));
  }

  private async page(reply: FastifyReply, sent: CalendarTexts, found: PageErrors = NO_ERRORS): Promise<void> {
    const versions = await this.queries.execute(new ListCalendars());
    const names = await this.reader.names(versions.map(({ createdBy }) => createdBy));
    const holidays = versions[0]?.holidays ?? [];
    const years = [...new Set(holidays.map(({ date }) => date.slice(0, 4)))].sort().reverse();
    const year = years.includes(sent.year ?? '') ? sent.year : String(new Date().getFullYear());
    await showStaffPage(reply, 'configuration/views/calendar', {
      pageTitle: 'Bank holidays',
      ...found,
      feed: sent.url === undefined || sent.url === '' ? FEED : sent.url,
      title: sent.title ?? '',
      date: dateModel('date', 'Day', 'For example 7 5 2027.', sent.date ?? '', found.errorOf.date),
      divisions: holidayDivisions.map((value) => ({
        value,
        text: DIVISIONS[value],
        checked: sent.divisions ? sent.divisions.includes(value) : value === 'england-and-wales',
      })),
      years: years.map((each) => ({ value: each, text: each, selected: each === year })),
      year,
      days: byDay(holidays.filter(({ date }) => date.startsWith(year ?? ''))),
      versions: versions.map((each) => ({
        ...each,
        count: each.holidays.length,
        by: each.createdBy === 'shipped' ? null : (names.get(each.createdBy) ?? each.createdBy),
        at: londonDateTimeInWords(new Date(each.createdAt)),
      })),
    });
  }

  private async preview(reply: FastifyReply, id: string, reason: string, errors: readonly FieldError[]): Promise<void> {
    const proposal = await this.queries.execute(new ShowHolidayImport(id));
    const { counted, moving } = await this.queries.execute(new PreviewHolidays(proposal.holidays));
    await showStaffPage(reply, 'configuration/views/proposal', {
      pageTitle: 'Check the bank holidays',
      ...pageErrors('', errors),
      reason,
      source: proposal.source,
      isStale: proposal.baseVersion !== proposal.currentVersion,
      changes: [
        { heading: 'New', days: byDay(proposal.added) },
        { heading: 'No longer a bank holiday', days: byDay(proposal.removed) },
        { heading: 'Called otherwise', days: byDay(proposal.renamed) },
      ].filter(({ days }) => days.length > 0),
      counted,
      moves: moving.length,
      more: Math.max(0, moving.length - MOST_SHOWN),
      moving: moving.slice(0, MOST_SHOWN).map((each) => ({
        reference: each.reference ?? 'A restricted case',
        office: officeName(each.office),
        clock: inWords(each.clock),
        from: dayInWords(each.from),
        to: dayInWords(each.to),
      })),
    });
  }
}

interface CalendarTexts {
  readonly year?: string;
  readonly url?: string;
  readonly title?: string;
  readonly date?: string;
  readonly divisions?: readonly HolidayDivision[];
}

/** Something that the form must have was left out. */
class ProposalMissing extends DomainError {
  readonly code = 'web.proposal-missing';
  readonly kind = 'invalid';
  constructor(pointer: string, message: string) {
    super(message, { errors: [{ pointer, message }] });
  }
}

const NO_ERRORS: PageErrors = { errors: [], errorOf: {} };
const LABELS: Readonly<Record<string, string>> = {
  file: 'File',
  url: 'Address',
  title: 'Name of the day',
  date: 'Day',
  divisions: 'Parts of the United Kingdom',
};

/** A feed that is wrong names its own parts: those are said of the file. */
function calendarErrors(found: readonly FieldError[], message: string): PageErrors {
  const errors: { text: string; href: string }[] = [];
  const errorOf: Record<string, { text: string }> = {};
  for (const each of found.length > 0 ? found : [{ pointer: '', message }]) {
    const name = each.pointer.slice(1);
    const id = name in LABELS ? name : 'file';
    const label = LABELS[name] ?? (each.pointer === '' ? '' : each.pointer);
    const said = `${label} ${each.message}`.trim();
    const text = said.charAt(0).toUpperCase() + said.slice(1);
    errors.push({ text, href: id === 'date' ? '#date-day' : `#${id}` });
    errorOf[id] ??= { text };
  }
  return { errors, errorOf };
}

function byDay(holidays: readonly Holiday[]): { day: string; titles: string; where: string }[] {
  const days = new Map<string, Holiday[]>();
  for (const each of holidays) days.set(each.date, [...(days.get(each.date) ?? []), each]);
  return [...days]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([date, found]) => ({
      day: dayInWords(date),
      titles: [...new Set(found.map(({ title }) => title))].join(' / '),
      where:
        found.length === holidayDivisions.length
          ? 'All of the United Kingdom'
          : found.map(({ division }) => DIVISIONS[division]).join(', '),
    }));
}
