import { addDays, endOfLondonDay, isDay } from '@app/kernel';
import { BREAKDOWNS, type Breakdown } from '@app/timeliness';

export const PERIODS = [
  ['this-month', 'This month'],
  ['last-month', 'Last month'],
  ['quarter', 'This quarter'],
  ['year', 'This year, from 1 January'],
  ['financial-year', 'This financial year, from 1 April'],
  ['own', 'The days below'],
] as const;
export type Period = (typeof PERIODS)[number][0];

type RawQuery = Readonly<Record<string, unknown>>;

/** What a page of figures was asked for. */
export interface FiguresAsked {
  readonly period: Period;
  readonly from: string;
  readonly to: string;
  /** Those asked for; empty: all that the reader has. */
  readonly offices: readonly string[];
  readonly by: Breakdown | '';
  /** The past day at whose end it was so; empty: now. */
  readonly asOf: string;
  readonly asOfInstant: Date | undefined;
  readonly errors: readonly (readonly [field: string, text: string])[];
}

const DAY = 'Enter a real day, for example 24 November 2026';

/** Reads the address of a page of figures. A period that cannot be is named at its field; the rest falls back. */
export function figuresAsked(query: RawQuery, today: string, fallback: Period = 'this-month'): FiguresAsked {
  const text = (name: string): string => textOf(query[name]);
  const [period = fallback] = PERIODS.map(([key]) => key).filter((key) => key === text('period'));
  const errors: [string, string][] = [];
  let { from, to } = daysOf(period === 'own' ? 'this-month' : period, today);
  if (period === 'own') {
    const asked = { from: text('from'), to: text('to') };
    if (!isDay(asked.from)) errors.push(['from', DAY]);
    if (!isDay(asked.to)) errors.push(['to', DAY]);
    else if (isDay(asked.from) && asked.to < asked.from)
      errors.push(['to', 'The last day must not be before the first']);
    if (errors.length === 0) ({ from, to } = asked);
  }
  const asOf = text('asOf');
  if (asOf !== '' && !isDay(asOf)) errors.push(['asOf', DAY]);
  else if (asOf > today) errors.push(['asOf', 'Enter a day that has been']);
  const isPast = errors.length === 0 && asOf !== '' && asOf < today;
  const by = BREAKDOWNS.find((each) => each === text('by')) ?? '';
  const asOfInstant = isPast ? endOfLondonDay(asOf) : undefined;
  return { period, from, to, offices: textsOf(query.office), by, asOf, asOfInstant, errors };
}

/** The first and the last day of a period that goes on: its last day is today. */
export function daysOf(period: Exclude<Period, 'own'>, today: string): { readonly from: string; readonly to: string } {
  const year = Number(today.slice(0, 4));
  const month = Number(today.slice(5, 7));
  const first = (ofYear: number, ofMonth: number): string =>
    `${String(ofYear).padStart(4, '0')}-${String(ofMonth).padStart(2, '0')}-01`;
  if (period === 'last-month') {
    return {
      from: month === 1 ? first(year - 1, 12) : first(year, month - 1),
      to: addDays(first(year, month), -1),
    };
  }
  if (period === 'quarter') return { from: first(year, month - ((month - 1) % 3)), to: today };
  if (period === 'year') return { from: first(year, 1), to: today };
  if (period === 'financial-year') return { from: first(month < 4 ? year - 1 : year, 4), to: today };
  return { from: first(year, month), to: today };
}

/** One value of a parameter of an address. */
export function textOf(value: unknown): string {
  const one: unknown = Array.isArray(value) ? value.at(-1) : value;
  return typeof one === 'string' ? one.trim().slice(0, 200) : '';
}

/** All values of a parameter. */
export function textsOf(value: unknown): string[] {
  const all: unknown[] = Array.isArray(value) ? value : [value];
  return all.filter((each): each is string => typeof each === 'string' && each !== '').slice(0, 60);
}
