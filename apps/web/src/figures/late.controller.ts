import { Controller, Get, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Requires } from '@app/http';
import { Clock, isDay, londonDate } from '@app/kernel';
import { Calendars } from '@app/offices';
import { currentCaller } from '@app/platform';
import { GetDueCases, InvalidFigureRequest, ListDueCases, type DueCasesRequest } from '@app/timeliness';
import { showStaffPage } from '../staff/staff-page';
import { dueInWords } from '../worklist/due-in-words';
import { officeInWords } from '../worklist/worklist-choices';
import { inWords, statusColour } from '../worklist/words';
import { officeChoices, officesOf } from './figures.controller';
import { textOf, textsOf } from './figures-period';
import { GroupNames } from './group-names';
import { dueLabel, lateRows, lateTotal } from './late-page';

type RawQuery = Readonly<Record<string, unknown>>;

const LISTED = 200;

/** What will be late this week, and whose it is. */
@ApiExcludeController()
@Controller('staff/figures/late')
export class LateController {
  constructor(
    private readonly queries: QueryBus,
    private readonly names: GroupNames,
    private readonly calendars: Calendars,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Requires('metrics:read', { audit: 'metrics-read' })
  async late(@Query() query: RawQuery, @Res() reply: FastifyReply): Promise<void> {
    const asked = textsOf(query.office);
    const offices = officesOf(asked);
    const report = await this.queries.execute(new GetDueCases(offices));
    const queues = await this.names.of(
      'queue',
      report.counts.map(({ queue }) => queue),
    );
    const persons = await this.names.persons(report.counts.map(({ person }) => person));
    const isNobodys = ({ person }: { readonly person: string | null }): boolean => person === null;
    const total = lateTotal(report, offices);
    await showStaffPage(reply, 'figures/views/late', {
      pageTitle: 'What will be late this week',
      isWide: true,
      current: '/staff/figures/late',
      officeChoices: officeChoices(asked),
      asOf: report.asOf,
      columns: total.cells.map(({ label }) => label),
      total,
      unassigned: lateRows(report, offices, 'queue', queues, isNobodys, { person: '' }),
      queues: lateRows(report, offices, 'queue', queues),
      persons: lateRows(report, offices, 'person', persons, (count) => !isNobodys(count)),
    });
  }

  @Get('cases')
  @Requires('metrics:read', { audit: 'case-list-read' })
  async cases(@Query() query: RawQuery, @Res() reply: FastifyReply): Promise<void> {
    const request = requestOf(query);
    const { items, nextCursor } = await this.queries.execute(new ListDueCases(request));
    const queues = await this.names.of('queue', [...items.map(({ queue }) => queue), request.queue ?? null]);
    const persons = await this.names.persons([...items.map(({ person }) => person), request.person ?? null]);
    const today = londonDate(this.clock.now());
    const calendar = await this.calendars.current();
    const next = new URLSearchParams(
      Object.entries(query).flatMap(([key, value]) =>
        typeof value === 'string' || Array.isArray(value)
          ? [value].flat().map((each): [string, string] => [key, String(each)])
          : [],
      ),
    );
    if (nextCursor !== null) next.set('cursor', nextCursor);
    await showStaffPage(reply, 'figures/views/late-cases', {
      pageTitle: titleOf(request.due, today),
      backHref: '/staff/figures/late',
      backText: 'Back to what will be late',
      queue: request.queue === undefined ? null : queues(request.queue),
      person: request.person === undefined ? null : persons(request.person),
      isFirst: request.cursor === undefined,
      nextHref: nextCursor === null ? null : `/staff/figures/late/cases?${next.toString()}`,
      hasOffices: currentCaller().offices.length > 1,
      rows: items.map((each) => ({
        ...each,
        officeInWords: officeInWords(each.office),
        queueInWords: queues(each.queue),
        personInWords: persons(each.person),
        priorityInWords: inWords(each.priority),
        statusInWords: inWords(each.status),
        statusColour: statusColour(each.status),
        due: dueInWords(each.respondBy, today, calendar),
      })),
    });
  }
}

function titleOf(due: string | undefined, today: string): string {
  if (due === undefined) return 'Overdue, or due in the next seven days';
  return due === 'overdue' ? 'Overdue' : `Due ${dueLabel(due, today).replace(/^T(?=oday)/, 't')}`;
}

/** An empty queue or person asks for the cases without one; an absent one for all. */
function requestOf(query: RawQuery): DueCasesRequest {
  const chosen = (name: string): string | null | undefined =>
    query[name] === undefined ? undefined : textOf(query[name]) || null;
  const asOf = textOf(query.asOf);
  const instant = asOf === '' ? undefined : new Date(asOf);
  const due = textOf(query.due) || undefined;
  const isWrong = instant !== undefined && Number.isNaN(instant.getTime());
  if (isWrong || (due !== undefined && due !== 'overdue' && !isDay(due))) {
    throw new InvalidFigureRequest([
      isWrong
        ? { pointer: '/asOf', message: 'Must be an instant' }
        : { pointer: '/due', message: 'Must be a day, or "overdue"' },
    ]);
  }
  return {
    offices: officesOf(textsOf(query.office)),
    asOf: instant,
    due,
    queue: chosen('queue'),
    person: chosen('person'),
    limit: LISTED,
    cursor: textOf(query.cursor) || undefined,
  };
}
