import { Controller, Get, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Requires } from '@app/http';
import { Clock, londonDate } from '@app/kernel';
import { currentCaller } from '@app/platform';
import {
  BREAKDOWNS,
  FIGURES,
  InvalidFigureRequest,
  ListCountedCases,
  type Breakdown,
  type CountedCasesRequest,
  type FigureDefinition,
} from '@app/timeliness';
import { formErrors } from '../case/form-fields';
import { showStaffPage } from '../staff/staff-page';
import { officeInWords } from '../worklist/worklist-choices';
import { inWords, statusColour } from '../worklist/words';
import { figuresAsked, PERIODS, textOf, textsOf, type FiguresAsked } from './figures-period';
import { COLUMNS, FiguresPage } from './figures-page';
import { GroupNames } from './group-names';

type RawQuery = Readonly<Record<string, unknown>>;

const LISTED = 200;

const BY: readonly (readonly [Breakdown, string])[] = [
  ['queue', 'Team or queue'],
  ['person', 'Person'],
  ['category', 'Category'],
  ['channel', 'How it came in'],
  ['office', 'Office'],
  ['priority', 'Priority'],
  ['risk', 'Risk'],
];

/** How well the offices keep their time: figures, their definitions and the cases behind each. */
@ApiExcludeController()
@Controller('staff/figures')
export class FiguresPagesController {
  constructor(
    private readonly queries: QueryBus,
    private readonly page: FiguresPage,
    private readonly names: GroupNames,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Requires('metrics:read', { audit: 'metrics-read' })
  async figures(@Query() query: RawQuery, @Res() reply: FastifyReply): Promise<void> {
    const asked = figuresAsked(query, londonDate(this.clock.now()));
    const offices = officesOf(asked.offices);
    const sort = textOf(query.sort);
    const isWrong = asked.errors.length > 0;
    if (isWrong) void reply.status(422);
    const { errors, errorOf } = formErrors(asked.errors);
    await showStaffPage(reply, 'figures/views/figures', {
      pageTitle: 'Figures',
      isWide: true,
      current: '/staff/figures',
      asked,
      errors,
      errorOf,
      typed: { from: textOf(query.from) || asked.from, to: textOf(query.to) || asked.to, asOf: textOf(query.asOf) },
      periods: PERIODS.map(([value, text]) => ({ value, text, selected: value === asked.period })),
      breakdowns: [{ value: '', text: 'Nothing: all together' }, ...BY.map(([value, text]) => ({ value, text }))].map(
        (each) => ({ ...each, selected: each.value === asked.by }),
      ),
      byInWords: BY.find(([value]) => value === asked.by)?.[1] ?? '',
      officeChoices: officeChoices(asked.offices),
      headers: headersOf(asked, offices, sort),
      figures: isWrong ? null : await this.page.model(asked, offices, sort || '-open'),
    });
  }

  @Get('cases')
  @Requires('metrics:read', { audit: 'case-list-read' })
  async cases(@Query() query: RawQuery, @Res() reply: FastifyReply): Promise<void> {
    const request = casesRequest(query);
    const { items, nextCursor } = await this.queries.execute(new ListCountedCases(request));
    const { figure, part, by, group } = request;
    const definition = (FIGURES as Readonly<Record<string, FigureDefinition>>)[figure];
    const name = definition?.name ?? figure;
    const ofGroup =
      by === undefined || group === undefined || group === null
        ? null
        : by === 'week'
          ? null
          : (await this.names.of(by, [group || null]))(group || null);
    const next = new URLSearchParams(
      Object.entries(query).flatMap(([key, value]) => textsOf(value).map((each) => [key, each])),
    );
    if (by !== undefined && group === '') next.set('group', '');
    if (nextCursor !== null) next.set('cursor', nextCursor);
    await showStaffPage(reply, 'figures/views/cases', {
      pageTitle: part === 'denominator' && definition?.measure.kind !== 'count' ? `${name}: all cases looked at` : name,
      backHref: '/staff/figures',
      backText: 'Back to the figures',
      definition: definition?.definition,
      group: ofGroup,
      week: by === 'week' ? group : null,
      period: definition ? { from: request.from, to: request.to } : null,
      asOf: request.asOf?.toISOString() ?? null,
      isFirst: request.cursor === undefined,
      nextHref: nextCursor === null ? null : `/staff/figures/cases?${next.toString()}`,
      hasOffices: currentCaller().offices.length > 1,
      rows: items.map((each) => ({
        ...each,
        officeInWords: officeInWords(each.office),
        statusInWords: inWords(each.status),
        statusColour: statusColour(each.status),
      })),
    });
  }
}

/** The offices asked for, of those the reader has; without any, all. */
export function officesOf(asked: readonly string[]): readonly string[] {
  const own = currentCaller().offices;
  const kept = asked.filter((office) => own.includes(office));
  return kept.length > 0 ? kept : own;
}

/** The offices to choose from; none where there is nothing to choose. */
export function officeChoices(asked: readonly string[]): readonly object[] {
  const { offices } = currentCaller();
  if (offices.length < 2) return [];
  return offices.map((office) => ({
    value: office,
    text: officeInWords(office),
    checked: asked.length === 0 || asked.includes(office),
  }));
}

function headersOf(asked: FiguresAsked, offices: readonly string[], sort: string): readonly object[] {
  const current = sort || '-open';
  const query = new URLSearchParams({ period: asked.period, by: asked.by });
  if (asked.period === 'own') {
    query.set('from', asked.from);
    query.set('to', asked.to);
  }
  if (asked.asOf !== '') query.set('asOf', asked.asOf);
  for (const office of offices) query.append('office', office);
  return [['name', ''] as const, ...COLUMNS].map(([key, text]) => {
    const isCurrent = current.replace(/^-/, '') === key;
    const isDown = current.startsWith('-');
    // Numbers begin with the largest, names with A.
    const next = isCurrent ? (isDown ? key : `-${key}`) : key === 'name' ? key : `-${key}`;
    query.set('sort', next);
    const ariaSort = isCurrent ? (isDown ? 'descending' : 'ascending') : 'none';
    return { key, text, href: `/staff/figures?${query.toString()}#groups`, ariaSort };
  });
}

function casesRequest(query: RawQuery): CountedCasesRequest {
  const asOf = textOf(query.asOf);
  const instant = asOf === '' ? undefined : new Date(asOf);
  if (instant && Number.isNaN(instant.getTime())) {
    throw new InvalidFigureRequest([{ pointer: '/asOf', message: 'Must be an instant' }]);
  }
  const by = textOf(query.by);
  const [known] = [...BREAKDOWNS, 'week' as const].filter((each) => each === by);
  return {
    figure: textOf(query.figure),
    part: textOf(query.part) === 'denominator' ? 'denominator' : 'numerator',
    from: textOf(query.from),
    to: textOf(query.to),
    offices: officesOf(textsOf(query.office)),
    asOf: instant,
    ...(known === undefined ? {} : { by: known, group: textOf(query.group) }),
    limit: LISTED,
    cursor: textOf(query.cursor) || undefined,
  };
}
