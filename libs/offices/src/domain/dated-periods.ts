import { isDeepStrictEqual } from 'node:util';
import { addDays } from '@app/kernel';

/** A stretch of days on which an entry says one thing. Days are London days, both ends included. */
export interface Period {
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly data: unknown;
}

/** A new version of the period that begins on its first day; retired: there is no such period any more. */
export interface PeriodVersion extends Period {
  readonly retired: boolean;
}

/** The period that holds on a day, of periods that never overlap. */
export function periodOn<P extends Period>(periods: readonly P[], day: string): P | undefined {
  return periods.find(({ validFrom, validTo }) => validFrom <= day && (validTo === null || day <= validTo));
}

/**
 * Lets an entry say something else from a day on. The period of that day ends the day before and keeps what it said; a
 * change that is planned for later stands. Where nothing held, the entry begins: until `lastDay`, or the next period.
 */
export function changeFrom(
  periods: readonly Period[],
  from: string,
  data: unknown,
  lastDay: string | null = null,
): PeriodVersion[] {
  const held = periodOn(periods, from);
  if (held === undefined) {
    const next = periods
      .map(({ validFrom }) => validFrom)
      .filter((day) => day > from)
      .sort()[0];
    const beforeNext = next === undefined ? null : addDays(next, -1);
    return [{ validFrom: from, validTo: earlier(lastDay, beforeNext), data, retired: false }];
  }
  const changed = { validFrom: from, validTo: held.validTo, data, retired: false };
  if (held.validFrom === from) return [changed];
  return [{ ...plain(held), validTo: addDays(from, -1), retired: false }, changed];
}

/** Lets an entry hold until a day and no longer; periods that begin later are withdrawn. Empty when it ends by then. */
export function endAfter(periods: readonly Period[], lastDay: string): PeriodVersion[] {
  return periods.flatMap((period): PeriodVersion[] => {
    if (period.validFrom > lastDay) return [{ ...plain(period), retired: true }];
    const isOver = period.validTo !== null && period.validTo <= lastDay;
    return isOver ? [] : [{ ...plain(period), validTo: lastDay, retired: false }];
  });
}

/** The periods after new versions were added. */
export function applyVersions(periods: readonly Period[], versions: readonly PeriodVersion[]): Period[] {
  const byFirstDay = new Map(periods.map((period) => [period.validFrom, plain(period)]));
  for (const version of versions) {
    if (version.retired) byFirstDay.delete(version.validFrom);
    else byFirstDay.set(version.validFrom, plain(version));
  }
  return [...byFirstDay.values()].sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
}

/** Whether a change would change anything. */
export function saysTheSame(periods: readonly Period[], from: string, data: unknown): boolean {
  const held = periodOn(periods, from);
  return held !== undefined && isDeepStrictEqual(held.data, data);
}

function plain({ validFrom, validTo, data }: Period): Period {
  return { validFrom, validTo, data };
}

function earlier(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}
