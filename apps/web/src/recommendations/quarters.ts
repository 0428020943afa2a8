import { addDays } from '@app/kernel';

/** Three months of the calendar: the force and the office meet after each. */
export interface Quarter {
  /** `2026-Q1`: January to March. */
  readonly key: string;
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

const NAMES = ['January to March', 'April to June', 'July to September', 'October to December'];

/** The quarter that a key names; null for anything else. */
export function quarterOf(key: string): Quarter | null {
  const [, year = '', number = ''] = /^(20\d\d)-Q([1-4])$/.exec(key) ?? [];
  if (year === '') return null;
  const first = (Number(number) - 1) * 3 + 1;
  const from = `${year}-${String(first).padStart(2, '0')}-01`;
  const next = first === 10 ? `${String(Number(year) + 1)}-01-01` : `${year}-${String(first + 3).padStart(2, '0')}-01`;
  return { key, name: `${NAMES[Number(number) - 1] ?? ''} ${year}`, from, to: addDays(next, -1) };
}

export function quarterOfDay(day: string): Quarter {
  const key = `${day.slice(0, 4)}-Q${String(Math.ceil(Number(day.slice(5, 7)) / 3))}`;
  const quarter = quarterOf(key);
  if (!quarter) throw new Error(`${day} lies in no quarter`);
  return quarter;
}

/** The quarter of the day and those before it, newest first. */
export function quartersBack(day: string, count: number): Quarter[] {
  const quarters = [quarterOfDay(day)];
  while (quarters.length < count) quarters.push(quarterOfDay(addDays(quarters.at(-1)?.from ?? day, -1)));
  return quarters;
}
