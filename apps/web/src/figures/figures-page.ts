import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import {
  GetTimeliness,
  GetWorkload,
  type Breakdown,
  type Figure,
  type FigureKey,
  type FigureReport,
} from '@app/timeliness';
import { shortDay } from '../worklist/due-in-words';
import { drawChart, type Chart } from './charts';
import { cellOf, type FigureCell } from './figure-words';
import type { FiguresAsked } from './figures-period';
import { GroupNames, type NameOf } from './group-names';

/** The figures that a breakdown shows side by side. */
export const COLUMNS = [
  ['received', 'Received'],
  ['closed', 'Closed'],
  ['acknowledged-in-time', 'Acknowledged in time'],
  ['answered-in-time', 'Answered in time'],
  ['median-working-days-net', 'Median days to answer'],
  ['open', 'Open'],
  ['overdue', 'Overdue'],
  ['unassigned', 'Unassigned'],
] as const satisfies readonly (readonly [FigureKey, string])[];

const AGES = ['open-0-5', 'open-6-10', 'open-11-20', 'open-over-20'];
const MOST_BARS = 12;

export interface GroupRow {
  readonly name: string;
  readonly cells: readonly (FigureCell | null)[];
}

export interface FiguresModel {
  readonly asOf: string;
  readonly sections: readonly { readonly title: string; readonly rows: readonly object[] }[];
  readonly weeks: readonly object[];
  readonly weeksChart: Chart | null;
  readonly agesChart: Chart | null;
  readonly groups: readonly GroupRow[];
  readonly groupCharts: readonly (Chart & { readonly title: string })[];
}

const SECTIONS: readonly { readonly title: string; readonly keys: readonly FigureKey[] }[] = [
  { title: 'In time', keys: ['received', 'closed', 'acknowledged-in-time', 'answered-in-time'] },
  {
    title: 'Working days to answer',
    keys: ['median-working-days', 'median-working-days-net', 'p90-working-days', 'p90-working-days-net'],
  },
  {
    title: 'Open',
    keys: ['open', 'unassigned', 'overdue', 'open-0-5', 'open-6-10', 'open-11-20', 'open-over-20'],
  },
];

/** The page of figures: what was asked for, counted once for tables and charts alike. */
@Injectable()
export class FiguresPage {
  constructor(
    private readonly queries: QueryBus,
    private readonly names: GroupNames,
  ) {}

  async model(asked: FiguresAsked, offices: readonly string[], sort: string): Promise<FiguresModel> {
    const by: Breakdown | undefined = asked.by === '' ? undefined : asked.by;
    const request = { from: asked.from, to: asked.to, offices, by };
    const timeliness = await this.queries.execute(new GetTimeliness({ ...request, asOf: asked.asOfInstant }));
    // The same instant: both halves of the page count the same cases.
    const workload = await this.queries.execute(new GetWorkload({ ...request, asOf: new Date(timeliness.asOf) }));
    const figures = byKey(timeliness, workload);
    const groups = by === undefined ? [] : await this.groups(by, figures);
    const weeks = weeksOf(figures);
    return {
      asOf: timeliness.asOf,
      sections: SECTIONS.map(({ title, keys }) => ({
        title,
        rows: keys.flatMap((key) => figureRow(figures.get(key))),
      })),
      weeks,
      weeksChart: weeks.length > 0 ? await weeksChart(weeks) : null,
      agesChart: await agesChart(figures),
      groups: sorted(groups, sort),
      groupCharts: groups.length > 0 ? await groupCharts(sorted(groups, '-open')) : [],
    };
  }

  private async groups(by: Breakdown, figures: ReadonlyMap<string, Figure>): Promise<GroupRow[]> {
    const columns = COLUMNS.map(([key]) => figures.get(key));
    const values = [...new Set(columns.flatMap((figure) => figure?.groups.map(({ group }) => group) ?? []))];
    const nameOf: NameOf = await this.names.of(by, values);
    return values.map((value) => ({
      name: nameOf(value),
      cells: columns.map((figure) => {
        const counted = figure?.groups.find(({ group }) => group === value);
        return figure && counted ? cellOf(figure, counted, nameOf(value)) : null;
      }),
    }));
  }
}

function byKey(...reports: readonly FigureReport[]): ReadonlyMap<string, Figure> {
  return new Map(reports.flatMap(({ figures }) => figures.map((figure) => [figure.key, figure] as const)));
}

function figureRow(figure: Figure | undefined): object[] {
  return figure ? [{ name: figure.name, definition: figure.definition, cell: cellOf(figure, figure) }] : [];
}

/** By a column's key, downwards with a minus before it; `name` otherwise. */
export function sorted(rows: readonly GroupRow[], sort: string): readonly GroupRow[] {
  const column = COLUMNS.findIndex(([key]) => key === sort.replace(/^-/, ''));
  const direction = sort.startsWith('-') ? -1 : 1;
  return [...rows].sort((a, b) => {
    const byName = a.name.localeCompare(b.name, 'en-GB');
    if (column < 0) return byName * direction;
    return ((a.cells[column]?.order ?? -1) - (b.cells[column]?.order ?? -1)) * direction || byName;
  });
}

interface Week {
  readonly week: string;
  readonly name: string;
  readonly received: FigureCell | null;
  readonly closed: FigureCell | null;
}

function weeksOf(figures: ReadonlyMap<string, Figure>): Week[] {
  const received = figures.get('received-per-week');
  const closed = figures.get('closed-per-week');
  const weeks = [
    ...new Set([...(received?.groups ?? []), ...(closed?.groups ?? [])].flatMap(({ group }) => group ?? [])),
  ].sort();
  return weeks.map((week) => {
    const name = shortDay(week, week).replace(/^Mon /, '');
    const cell = (figure: Figure | undefined): FigureCell | null => {
      const counted = figure?.groups.find(({ group }) => group === week);
      return figure && counted ? cellOf(figure, counted, `week of ${name}`) : null;
    };
    return { week, name, received: cell(received), closed: cell(closed) };
  });
}

function weeksChart(weeks: readonly Week[]): Promise<Chart> {
  const values = (cell: 'received' | 'closed'): number[] => weeks.map((week) => week[cell]?.numerator ?? 0);
  const total = (cell: 'received' | 'closed'): string => String(values(cell).reduce((sum, each) => sum + each, 0));
  return drawChart({
    alt: `Cases received and closed a week: ${total('received')} received and ${total('closed')} closed in all. The table below has every week.`,
    labels: weeks.map(({ name }) => name),
    series: [
      { name: 'Received', values: values('received') },
      { name: 'Closed', values: values('closed') },
    ],
    isLying: false,
  });
}

async function agesChart(figures: ReadonlyMap<string, Figure>): Promise<Chart | null> {
  const ages = AGES.flatMap((key) => figures.get(key) ?? []);
  if (ages.every(({ numerator }) => numerator === 0)) return null;
  const labels = ages.map(({ name }) => name.replace(/^Open, (.*) working days old$/, '$1 days'));
  const inWords = ages.map(({ numerator }, index) => `${String(numerator)} waited ${labels[index] ?? ''}`);
  return drawChart({
    alt: `Open cases by working days waited: ${inWords.join(', ')}.`,
    labels,
    series: [{ name: 'Open', values: ages.map(({ numerator }) => numerator) }],
    isLying: true,
  });
}

async function groupCharts(rows: readonly GroupRow[]): Promise<(Chart & { title: string })[]> {
  const shown = rows.slice(0, MOST_BARS);
  const of = (key: FigureKey): (FigureCell | null)[] => {
    const column = COLUMNS.findIndex(([each]) => each === key);
    return shown.map(({ cells }) => cells[column] ?? null);
  };
  const labels = shown.map(({ name }) => name);
  const rest = rows.length > MOST_BARS ? ` The ${String(MOST_BARS)} with the most open cases are shown.` : '';
  const share = await drawChart({
    alt: `Share answered in time: ${of('answered-in-time')
      .map((cell, index) => `${labels[index] ?? ''} ${cell?.value ?? 'none'}`)
      .join(', ')}.`,
    labels,
    series: [
      {
        name: 'Answered in time',
        values: of('answered-in-time').map((cell) => (cell && cell.order >= 0 ? cell.order : null)),
      },
    ],
    isLying: true,
    isShare: true,
  });
  const open = await drawChart({
    alt: `Open and overdue cases of each group, as in the table.${rest}`,
    labels,
    series: [
      { name: 'Open', values: of('open').map((cell) => cell?.numerator ?? 0) },
      { name: 'Of them overdue', values: of('overdue').map((cell) => cell?.numerator ?? 0) },
    ],
    isLying: true,
  });
  return [
    { ...share, title: `Answered in time.${rest}` },
    { ...open, title: `Open and overdue.${rest}` },
  ];
}
