import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import {
  GetReviewFigures,
  GetReviewForecast,
  HANDLING_NOT_KNOWN,
  type ReviewBreakdown,
  type ReviewFigure,
  type ReviewFigureReport,
} from '@app/review-figures';
import { officeInWords } from '../../worklist/worklist-choices';
import { drawChart, type Chart } from '../charts';
import type { FigureCell } from '../figure-words';
import { groupInWords, monthInWords, reviewCell, reviewValue } from './review-figure-words';
import { yearBefore, type ReviewFiguresAsked } from './review-periods';

export interface ReviewFigureRow {
  readonly key: string;
  readonly title: string;
  readonly definition: string;
  /** This period, the year before, and each group of this period. */
  readonly cells: readonly (FigureCell | null)[];
}

export interface ReviewSection {
  readonly id: string;
  readonly title: string;
  readonly rows: readonly ReviewFigureRow[];
}

export interface ReviewFiguresModel {
  readonly asOf: string;
  readonly before: { readonly from: string; readonly to: string };
  readonly columns: readonly string[];
  readonly sections: readonly ReviewSection[];
  readonly times: readonly { readonly title: string; readonly cells: readonly (FigureCell | null)[] }[];
  readonly leftOut: number;
  readonly charts: readonly (Chart & { readonly title: string; readonly id: string })[];
  readonly months: readonly { readonly name: string; readonly cells: readonly (FigureCell | null)[] }[];
  readonly forecast: object;
}

/** The section whose measures the page shows as a matrix first; every one with its groups stands under it. */
export const TIME_SECTION = 'Time to decide';

const SPANS = [
  ['from-receipt', 'gross', 'From receipt, gross'],
  ['from-receipt', 'net', 'From receipt, net of pauses'],
  ['from-papers', 'gross', 'From the papers, gross'],
  ['from-papers', 'net', 'From the papers, net of pauses'],
] as const;
const MEASURES = ['average-calendar-days', 'median-calendar-days', 'average-working-days', 'median-working-days'];
const OUTCOMES = ['upheld', 'not-upheld-with-feedback', 'not-upheld'];
const AGES = ['open-0-28', 'open-29-56', 'open-57-112', 'open-over-112'];

/** The page of figures of reviews: counted once for tables and charts alike, with the year before beside it. */
@Injectable()
export class ReviewFiguresPage {
  constructor(private readonly queries: QueryBus) {}

  async model(asked: ReviewFiguresAsked, offices: readonly string[]): Promise<ReviewFiguresModel> {
    const now = await this.report(asked, offices, asked.by, asked.asOfInstant);
    // The same instant: every part of the page counts what was recorded until then.
    const asOf = new Date(now.asOf);
    const before = { from: yearBefore(asked.from), to: yearBefore(asked.to) };
    const earlier = byKey(await this.report(before, offices, undefined, asOf));
    const monthly = byKey(await this.report(asked, offices, 'month', asOf));
    const groups = groupsOf(now);
    const found = byKey(now);
    const sections = sectionsOf(now, earlier, groups, asked.by);
    return {
      asOf: now.asOf,
      before,
      columns: ['This period', 'The year before', ...groups.map((group) => groupInWords(group, asked.by))],
      sections,
      times: timesOf(found),
      leftOut: now.figures.length - sections.reduce((sum, { rows }) => sum + rows.length, 0),
      charts: await chartsOf(found, monthly),
      months: monthsOf(monthly),
      forecast: await this.forecast(offices, asOf),
    };
  }

  report(
    { from, to }: { readonly from: string; readonly to: string },
    offices: readonly string[],
    by: ReviewBreakdown | undefined,
    asOf: Date | undefined,
  ): Promise<ReviewFigureReport> {
    return this.queries.execute(new GetReviewFigures({ from, to, offices, by, asOf }));
  }

  private async forecast(offices: readonly string[], asOf: Date): Promise<object> {
    const {
      offices: each,
      together,
      atRisk,
      method,
    } = await this.queries.execute(new GetReviewForecast(offices, asOf));
    const rows = each.map(({ office, ...row }) => ({ ...row, name: officeInWords(office) }));
    return {
      method,
      rows: rows.length > 1 ? [...rows, { ...together, name: 'All together' }] : rows,
      atRisk: atRisk.map((review) => ({ ...review, officeInWords: officeInWords(review.office) })),
    };
  }
}

type Figures = ReadonlyMap<string, ReviewFigure>;

function byKey({ figures }: ReviewFigureReport): Figures {
  return new Map(figures.map((figure) => [figure.key, figure]));
}

function groupsOf({ figures }: ReviewFigureReport): string[] {
  const found = [...new Set(figures.flatMap(({ groups }) => groups.map(({ group }) => group)))].sort();
  // What is not known comes last.
  return [
    ...found.filter((group) => group !== HANDLING_NOT_KNOWN),
    ...found.filter((group) => group === HANDLING_NOT_KNOWN),
  ];
}

/** Figures with nothing to count in either year are left out: the file has them all. */
function sectionsOf(
  { figures }: ReviewFigureReport,
  earlier: Figures,
  groups: readonly string[],
  by: ReviewBreakdown,
): ReviewSection[] {
  const titles = [...new Set(figures.map(({ section }) => section))];
  return titles.map((title) => ({
    id: title.toLowerCase().replaceAll(' ', '-'),
    title,
    rows: figures
      .filter((figure) => figure.section === title)
      .filter((figure) => !isNothing(figure) || !isNothing(earlier.get(figure.key)) || isAlwaysShown(figure))
      .map((figure) => rowOf(figure, earlier.get(figure.key), groups, by)),
  }));
}

function isNothing(figure: ReviewFigure | undefined): boolean {
  return figure === undefined || figure.numerator === 0;
}

/** What somebody would look for and must find as nought. */
function isAlwaysShown({ key, measure }: ReviewFigure): boolean {
  return measure === 'count' || !/^(invalid|recommendations-made|learning)-/.test(key);
}

function rowOf(
  figure: ReviewFigure,
  before: ReviewFigure | undefined,
  groups: readonly string[],
  by: ReviewBreakdown,
): ReviewFigureRow {
  const { key, title, definition } = figure;
  return {
    ...{ key, title, definition },
    cells: [
      reviewCell(figure, figure),
      before ? reviewCell(before, before, 'the year before') : null,
      ...groups.map((group) => {
        const own = figure.groups.find((each) => each.group === group);
        return own ? reviewCell(figure, own, groupInWords(group, by)) : null;
      }),
    ],
  };
}

function timesOf(figures: Figures): ReviewFiguresModel['times'] {
  return SPANS.map(([start, kind, title]) => ({
    title,
    cells: MEASURES.map((measure) => {
      const figure = figures.get(`${start}-${measure}-${kind}`);
      return figure ? reviewCell(figure, figure) : null;
    }),
  }));
}

function monthsOf(monthly: Figures): ReviewFiguresModel['months'] {
  return monthNames(monthly).map((month) => ({
    name: monthInWords(month),
    cells: ['received', 'completed'].map((key) => {
      const figure = monthly.get(key);
      const own = figure?.groups.find(({ group }) => group === month);
      return figure && own ? reviewCell(figure, own, monthInWords(month)) : null;
    }),
  }));
}

function monthNames(monthly: Figures): string[] {
  const groups = ['received', 'completed'].flatMap((key) => monthly.get(key)?.groups ?? []);
  return [...new Set(groups.map(({ group }) => group))].sort();
}

async function chartsOf(figures: Figures, monthly: Figures): Promise<ReviewFiguresModel['charts']> {
  const months = monthNames(monthly);
  const ofMonth = (key: string): number[] =>
    months.map((month) => monthly.get(key)?.groups.find(({ group }) => group === month)?.numerator ?? 0);
  const total = (key: string): string => String(figures.get(key)?.numerator ?? 0);
  const named = (keys: readonly string[]): ReviewFigure[] => keys.flatMap((key) => figures.get(key) ?? []);
  const lying = (alt: string, own: readonly ReviewFigure[], labels: readonly string[]): Promise<Chart> =>
    drawChart({
      alt,
      labels,
      series: [{ name: 'Reviews', values: own.map(({ numerator }) => numerator) }],
      isLying: true,
    });
  const inWords = (own: readonly ReviewFigure[], labels: readonly string[]): string =>
    own.map(({ numerator }, index) => `${labels[index] ?? ''}: ${String(numerator)}`).join(', ');
  const charts: (Chart & { title: string; id: string })[] = [];
  if (months.length > 0) {
    const alt = `Applications received and reviews completed by month: ${total('received')} received and ${total('completed')} completed in all. The table below has every month.`;
    const series = [
      { name: 'Received', values: ofMonth('received') },
      { name: 'Completed', values: ofMonth('completed') },
    ];
    const chart = await drawChart({ alt, labels: months.map(monthInWords), series, isLying: false });
    charts.push({ ...chart, id: 'by-month', title: 'Received and completed, by month' });
  }
  const outcomes = named(OUTCOMES);
  if (outcomes.some(({ numerator }) => numerator > 0)) {
    const labels = outcomes.map(
      ({ title, value }) => `${title.replace(' to the force', '')} (${reviewValue(value, 'share')})`,
    );
    const chart = await lying(`Outcomes of completed reviews: ${inWords(outcomes, labels)}.`, outcomes, labels);
    charts.push({ ...chart, id: 'outcomes', title: 'Outcomes' });
  }
  const ages = named(AGES);
  if (ages.some(({ numerator }) => numerator > 0)) {
    const labels = ages.map(({ title }) => title.replace(/^Open, /, '').replace(' old', ''));
    const chart = await lying(`Open reviews by age: ${inWords(ages, labels)}.`, ages, labels);
    charts.push({ ...chart, id: 'ages', title: 'Open, by days since receipt' });
  }
  return charts;
}
