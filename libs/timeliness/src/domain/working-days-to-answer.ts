import { addDays, type HolidayCalendar, type Pause } from '@app/kernel';

/** Working days of England and Wales from one day to another: the first is left out, the last counts. */
export function workingDays(
  calendar: HolidayCalendar,
  from: string,
  to: string,
  lessPauses: readonly Pause[] = [],
): number {
  const between = (after: string, upTo: string): number =>
    calendar.workingDaysBetween(after, upTo, 'england-and-wales');
  return lessPauses.reduce(
    (days, pause) => {
      // A pause's first day is not counted and its last is the day before it ended.
      const before = addDays(pause.from, -1);
      const last = pause.to === null ? to : addDays(pause.to, -1);
      return days - between(before < from ? from : before, last > to ? to : last);
    },
    between(from, to),
  );
}

/** The earliest day from which no more than so many working days lead up to the given one. */
export function earliestDayWithin(calendar: HolidayCalendar, days: number, upTo: string): string {
  let day = upTo;
  for (;;) {
    const before = addDays(day, -1);
    if (workingDays(calendar, before, upTo) > days) return day;
    day = before;
  }
}

/**
 * The number that so many percent of the values do not exceed. The median of an even number of values is the mean of
 * the two in the middle; any other percentile is a value that occurs. Null when there are none.
 */
export function percentile(percent: 50 | 90, occurrences: ReadonlyMap<number, number>): number | null {
  const sorted = [...occurrences].sort(([a], [b]) => a - b);
  const total = sorted.reduce((sum, [, times]) => sum + times, 0);
  if (total === 0) return null;
  const ranked = (rank: number): number => {
    let seen = 0;
    for (const [value, times] of sorted) {
      seen += times;
      if (seen >= rank) return value;
    }
    return 0;
  };
  if (percent === 50) return (ranked(Math.ceil(total / 2)) + ranked(Math.floor(total / 2) + 1)) / 2;
  return ranked(Math.ceil((total * percent) / 100));
}
