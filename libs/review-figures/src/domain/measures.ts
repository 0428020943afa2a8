import { addDays, daysBetween, PausedDays, type HolidayCalendar, type Pause } from '@app/kernel';

export type DayUnit = 'calendar-days' | 'working-days';

/**
 * Days from one to another: the first is day 0, the last is counted. With pauses: net, without the days on which the
 * clock stood still. Working days are those of England and Wales.
 */
export function daysTaken(
  unit: DayUnit,
  from: string,
  to: string,
  calendar: HolidayCalendar,
  lessPauses: readonly Pause[] = [],
): number {
  if (to <= from) return 0;
  const first = addDays(from, 1);
  if (unit === 'calendar-days') {
    return daysBetween(from, to) - PausedDays.of(lessPauses).countWithin(first, to);
  }
  const between = (after: string, upTo: string): number =>
    calendar.workingDaysBetween(after, upTo, 'england-and-wales');
  return PausedDays.of(lessPauses)
    .within(first, to)
    .reduce(
      (days, pause) => {
        const before = addDays(pause.from, -1);
        const last = pause.to === null ? to : addDays(pause.to, -1);
        return days - between(before < from ? from : before, last > to ? to : last);
      },
      between(from, to),
    );
}

/** The mean, to one decimal place; null of nothing. */
export function average(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  return Math.round((values.reduce((sum, each) => sum + each, 0) / values.length) * 10) / 10;
}

/** Half of the values are no larger; of an even number of values the mean of the two in the middle. Null of nothing. */
export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? 0;
  return (lower + upper) / 2;
}

/** A share from 0 to 1, to four decimal places; null out of nothing. */
export function share(counted: number, outOf: number): number | null {
  return outOf === 0 ? null : Math.round((counted / outOf) * 10_000) / 10_000;
}

/** The bands in which the age of an open review is shown, in calendar days; the last has no end. */
export const AGE_BANDS = [
  { key: '0-28', from: 0, to: 28 },
  { key: '29-56', from: 29, to: 56 },
  { key: '57-112', from: 57, to: 112 },
  { key: 'over-112', from: 113, to: null },
] as const;

/** The band of an age in days; every age from 0 lies in exactly one. */
export function ageBand(days: number): (typeof AGE_BANDS)[number]['key'] {
  return AGE_BANDS.find(({ to }) => to === null || days <= to)?.key ?? 'over-112';
}
