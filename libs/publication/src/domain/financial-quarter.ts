import { addDays, dayInWords, isDay, londonDate } from '@app/kernel';

/** The days that published data is of, both included. */
export interface DataPeriod {
  readonly from: string;
  readonly to: string;
}

/** A quarter of the financial year, which begins on 1 April. */
export interface FinancialQuarter extends DataPeriod {
  readonly number: 1 | 2 | 3 | 4;
  /** As in `2026/27`. */
  readonly year: string;
}

const FIRST_MONTHS = [4, 7, 10, 1] as const;
const QUARTERS = [1, 2, 3, 4] as const;

/** The quarter that a London day lies in. */
export function quarterContaining(day: string): FinancialQuarter {
  const month = Number(day.slice(5, 7));
  const calendarYear = Number(day.slice(0, 4));
  const startYear = month < 4 ? calendarYear - 1 : calendarYear;
  const number = month < 4 ? 4 : month < 7 ? 1 : month < 10 ? 2 : 3;
  return quarterOf(startYear, number);
}

/** A quarter of the financial year that begins in a calendar year. */
export function quarterOf(startYear: number, number: FinancialQuarter['number']): FinancialQuarter {
  const first = (year: number, month: number): string => `${String(year)}-${String(month).padStart(2, '0')}-01`;
  const year = number === 4 ? startYear + 1 : startYear;
  const month = FIRST_MONTHS[number - 1] ?? 4;
  const from = first(year, month);
  const to = addDays(month === 10 ? first(year + 1, 1) : first(year, month + 3), -1);
  return { number, year: financialYearName(startYear), from, to };
}

/** The quarter whose first and last day these are; null for any other period: a quarter is never typed. */
export function exactQuarter({ from, to }: DataPeriod): FinancialQuarter | null {
  if (!isDay(from) || !isDay(to)) return null;
  const quarter = quarterContaining(from);
  return quarter.from === from && quarter.to === to ? quarter : null;
}

/** The last quarter that is over on a day. */
export function lastCompleteQuarter(today: string): FinancialQuarter {
  return quarterContaining(addDays(quarterContaining(today).from, -1));
}

/** The quarters that end with this one, the oldest first. */
export function quartersUpTo(last: FinancialQuarter, count: number): readonly FinancialQuarter[] {
  const quarters: FinancialQuarter[] = [last];
  while (quarters.length < count) quarters.unshift(quarterContaining(addDays(quarters[0]?.from ?? last.from, -1)));
  return quarters;
}

/** From 1 April to the last day of the period. */
export function yearToDate({ from, to }: DataPeriod): DataPeriod {
  return { from: quarterOf(Number(quarterContaining(from).year.slice(0, 4)), 1).from, to };
}

/** The quarters of the same year that came before. */
export function earlierQuartersOfYear({ number, year }: FinancialQuarter): readonly FinancialQuarter[] {
  return QUARTERS.filter((each) => each < number).map((each) => quarterOf(Number(year.slice(0, 4)), each));
}

/** "Q2 2026/27 (1 July to 30 September 2026)"; a period that is no quarter is only its days. */
export function periodInWords(period: DataPeriod): string {
  const quarter = exactQuarter(period);
  const days = daysInWords(period);
  return quarter === null ? days : `Q${String(quarter.number)} ${quarter.year} (${days})`;
}

/** "1 July to 30 September 2026". */
export function daysInWords({ from, to }: DataPeriod): string {
  const first = shortDay(from);
  const last = shortDay(to);
  return from.slice(0, 4) === to.slice(0, 4) ? `${first.slice(0, -5)} to ${last}` : `${first} to ${last}`;
}

/** "1 July 2026". */
export function shortDay(day: string): string {
  return dayInWords(day).replace(/^\w+ /, '');
}

/** Whether all of the period lies before the London day of an instant. */
export function isOver({ to }: DataPeriod, now: Date): boolean {
  return to < londonDate(now);
}

function financialYearName(startYear: number): string {
  return `${String(startYear)}/${String((startYear + 1) % 100).padStart(2, '0')}`;
}
