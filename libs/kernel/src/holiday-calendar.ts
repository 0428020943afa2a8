import { addDays, daysBetween, plainDay } from './london-time';

export type HolidayDivision = 'england-and-wales' | 'scotland' | 'northern-ireland';
export type HolidayRegion = 'england-and-wales' | 'any-uk';

/** A bank holiday in one part of the United Kingdom. */
export interface Holiday {
  readonly division: HolidayDivision;
  readonly date: string;
  readonly title: string;
}

/** The bank holidays as they were known at one time: a change makes a new version. */
export interface HolidayCalendarData {
  readonly version: number;
  readonly holidays: readonly Holiday[];
}

/** In the order in which a title is chosen when a day is a holiday in several. */
export const holidayDivisions = ['england-and-wales', 'scotland', 'northern-ireland'] as const;

const DIVISIONS_OF: Readonly<Record<HolidayRegion, readonly HolidayDivision[]>> = {
  'england-and-wales': ['england-and-wales'],
  // Freedom of Information Act 2000 s10(6): a bank holiday in any part of the United Kingdom.
  'any-uk': holidayDivisions,
};
const CHRISTMAS_HOLIDAY = /-12-2[5-8]$/;

/** Says which days are working days, from one version of the bank holidays. */
export class HolidayCalendar {
  readonly version: number;
  readonly #byDate = new Map<string, Holiday[]>();
  readonly #weekdayHolidays = new Map<HolidayRegion, readonly string[]>();
  readonly #knownYears = new Map<HolidayRegion, { readonly first: number; readonly last: number } | null>();

  constructor(data: HolidayCalendarData) {
    this.version = data.version;
    for (const [index, holiday] of data.holidays.entries()) {
      plainDay(holiday.date, `/holidays/${index}/date`);
      this.#byDate.set(holiday.date, [...(this.#byDate.get(holiday.date) ?? []), holiday]);
    }
    for (const region of ['england-and-wales', 'any-uk'] as const) {
      const dates = [...this.#byDate.keys()].filter((date) => this.holidaysOn(date, region).length > 0).sort();
      this.#weekdayHolidays.set(
        region,
        dates.filter((date) => plainDay(date).dayOfWeek < 6),
      );
      this.#knownYears.set(region, knownYears(data.holidays, DIVISIONS_OF[region]));
    }
  }

  isWorkingDay(day: string, region: HolidayRegion): boolean {
    return plainDay(day).dayOfWeek < 6 && this.holidaysOn(day, region).length === 0;
  }

  /** The name of the bank holiday, England and Wales first; null on any other day. */
  holidayTitle(day: string, region: HolidayRegion): string | null {
    return this.holidaysOn(day, region)[0]?.title ?? null;
  }

  /** Every bank holiday of the region on the day, England and Wales first. */
  holidaysOn(day: string, region: HolidayRegion): readonly Holiday[] {
    const onDay = this.#byDate.get(day);
    if (onDay === undefined) return [];
    return DIVISIONS_OF[region].flatMap((division) => onDay.filter((holiday) => holiday.division === division));
  }

  /** The first working day after the day. */
  nextWorkingDay(day: string, region: HolidayRegion): string {
    return this.rollForward(addDays(day, 1), region);
  }

  /** The day itself when it is a working day, else the first one after it. */
  rollForward(day: string, region: HolidayRegion): string {
    let date = plainDay(day);
    while (date.dayOfWeek > 5 || this.holidaysOn(date.toString(), region).length > 0) date = date.add({ days: 1 });
    return date.toString();
  }

  /** Working days elapsed: the first day is left out, the last counts. Nought when the last is not after the first. */
  workingDaysBetween(fromExclusive: string, toInclusive: string, region: HolidayRegion): number {
    const days = daysBetween(fromExclusive, toInclusive);
    if (days <= 0) return 0;
    const weekday = plainDay(fromExclusive).dayOfWeek;
    let weekdays = Math.floor(days / 7) * 5;
    for (let extra = 1; extra <= days % 7; extra++) if ((weekday + extra - 1) % 7 < 5) weekdays++;
    const holidays = this.#weekdayHolidays.get(region) ?? [];
    return weekdays - (countUpTo(holidays, toInclusive) - countUpTo(holidays, fromExclusive));
  }

  /** The first day from which this calendar knows the bank holidays; null when it knows no whole year. */
  firstKnownDay(region: HolidayRegion = 'any-uk'): string | null {
    const years = this.#knownYears.get(region);
    return years ? `${years.first}-01-01` : null;
  }

  /** The last day for which this calendar knows the bank holidays; null when it knows no whole year. */
  lastKnownDay(region: HolidayRegion = 'any-uk'): string | null {
    const years = this.#knownYears.get(region);
    return years ? `${years.last}-12-31` : null;
  }
}

/**
 * The unbroken run of whole years up to the last one known. A year is known when its Christmas holidays are:
 * they close every published year, whereas a one-off day may be proclaimed for a year not yet published.
 */
function knownYears(
  holidays: readonly Holiday[],
  divisions: readonly HolidayDivision[],
): { readonly first: number; readonly last: number } | null {
  const yearsByDivision = divisions.map((division) => {
    const christmases = holidays.filter((each) => each.division === division && CHRISTMAS_HOLIDAY.test(each.date));
    return new Set(christmases.map((each) => Number(each.date.slice(0, 4))));
  });
  const [years, ...others] = yearsByDivision;
  const inAll = new Set([...(years ?? [])].filter((year) => others.every((set) => set.has(year))));
  if (inAll.size === 0) return null;
  const last = Math.max(...inAll);
  let first = last;
  while (inAll.has(first - 1)) first--;
  return { first, last };
}

/** How many of the sorted days are on or before the day. */
function countUpTo(sorted: readonly string[], day: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? '') <= day) low = middle + 1;
    else high = middle;
  }
  return low;
}
