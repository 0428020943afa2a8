import { addDays, dayInWords, endOfLondonDay, isDay } from '@app/kernel';
import { REVIEW_BREAKDOWNS, type ReviewBreakdown } from '@app/review-figures';
import { textOf, textsOf } from '../figures-period';

export interface PeriodChoice {
  readonly value: string;
  readonly text: string;
  readonly from: string;
  readonly to: string;
}

/** What the page of figures of reviews was asked for. */
export interface ReviewFiguresAsked {
  readonly period: string;
  readonly from: string;
  readonly to: string;
  /** Those asked for; empty: all that the reader has. */
  readonly offices: readonly string[];
  readonly by: ReviewBreakdown;
  /** The past day at whose end it was so; empty: now. */
  readonly asOf: string;
  readonly asOfInstant: Date | undefined;
  readonly errors: readonly (readonly [field: string, text: string])[];
}

type RawQuery = Readonly<Record<string, unknown>>;

const DAY = 'Enter a real day, for example 24 November 2026';
const OWN = 'own';
const QUARTERS_BACK = 9;

/** The last twelve months, financial years and their quarters, the newest first. */
export function reviewPeriods(today: string): PeriodChoice[] {
  const year = financialYearOf(today);
  const quarters: PeriodChoice[] = [];
  for (let quarter = quarterAround(today); quarters.length < QUARTERS_BACK;) {
    quarters.push(quarter);
    quarter = quarterAround(addDays(quarter.from, -1));
  }
  return [
    { value: 'twelve-months', text: 'The last twelve months', from: addDays(yearBefore(today), 1), to: today },
    yearChoice(year),
    yearChoice(year - 1),
    ...quarters,
    { value: OWN, text: 'The days below', from: '', to: '' },
  ];
}

/** Reads the address. A period that cannot be is named at its field; the rest falls back. */
export function reviewFiguresAsked(query: RawQuery, today: string): ReviewFiguresAsked {
  const text = (name: string): string => textOf(query[name]);
  const choices = reviewPeriods(today);
  const [fallback] = choices;
  const chosen = choices.find(({ value }) => value === text('period')) ?? fallback;
  const errors: [string, string][] = [];
  let { from, to } = chosen ?? { from: today, to: today };
  if (chosen?.value === OWN) {
    ({ from, to } = { from: text('from'), to: text('to') });
    if (!isDay(from)) errors.push(['from', DAY]);
    if (!isDay(to)) errors.push(['to', DAY]);
    else if (isDay(from) && to < from) errors.push(['to', 'The last day must not be before the first']);
  }
  const asOf = text('asOf');
  if (asOf !== '' && !isDay(asOf)) errors.push(['asOf', DAY]);
  else if (asOf > today) errors.push(['asOf', 'Enter a day that has been']);
  const isPast = errors.length === 0 && asOf !== '' && asOf < today;
  return {
    period: chosen?.value ?? OWN,
    ...{ from, to, asOf, errors },
    offices: textsOf(query.office),
    by: REVIEW_BREAKDOWNS.find((each) => each === text('by')) ?? 'handling',
    asOfInstant: isPast ? endOfLondonDay(asOf) : undefined,
  };
}

/** The same days of the year before; 29 February becomes the 28th. */
export function yearBefore(day: string): string {
  const earlier = `${String(Number(day.slice(0, 4)) - 1).padStart(4, '0')}${day.slice(4)}`;
  return earlier.endsWith('-02-29') ? `${earlier.slice(0, 8)}28` : earlier;
}

function yearChoice(year: number): PeriodChoice {
  return {
    value: `year-${String(year)}`,
    text: `Financial year ${yearName(year)}`,
    from: `${String(year)}-04-01`,
    to: `${String(year + 1)}-03-31`,
  };
}

function quarterAround(day: string): PeriodChoice {
  const year = financialYearOf(day);
  const month = Number(day.slice(5, 7));
  const number = month < 4 ? 4 : Math.ceil((month - 3) / 3);
  const first = [4, 7, 10, 1][number - 1] ?? 4;
  const from = `${String(number === 4 ? year + 1 : year)}-${String(first).padStart(2, '0')}-01`;
  const next =
    first === 10 ? `${String(year + 1)}-01-01` : `${from.slice(0, 5)}${String(first + 3).padStart(2, '0')}-01`;
  const to = addDays(next, -1);
  const months = `${monthOf(from)} to ${monthOf(to)} ${to.slice(0, 4)}`;
  return {
    value: `${String(year)}-q${String(number)}`,
    text: `Q${String(number)} ${yearName(year)}: ${months}`,
    from,
    to,
  };
}

function monthOf(day: string): string {
  return dayInWords(day).split(' ')[2] ?? '';
}

function financialYearOf(day: string): number {
  const year = Number(day.slice(0, 4));
  return Number(day.slice(5, 7)) < 4 ? year - 1 : year;
}

function yearName(year: number): string {
  return `${String(year)}/${String((year + 1) % 100).padStart(2, '0')}`;
}
