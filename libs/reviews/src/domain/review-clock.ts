import type { DeadlinePolicy, Pause } from '@app/kernel';

/** `papers`: when the force should have sent the papers. `decide`: counted from the day on which they came. */
export type HandlingClockName = 'papers' | 'decide';

/** A clock of a review with everything that explains it. Days are London days. */
export interface HandlingClock {
  readonly name: HandlingClockName;
  readonly policy: DeadlinePolicy;
  readonly fromDay: string;
  readonly pauses: readonly Pause[];
  /** Null while a pause is open. */
  readonly dueOn: string | null;
  readonly metOn: string | null;
  readonly calendarVersion: number;
}

/** Counts with the calendar version that is current; given to the aggregate, so that it needs no data of its own. */
export interface DayCounter {
  readonly calendarVersion: number;
  /** Null while a pause is open. */
  dueOn(policy: DeadlinePolicy, from: string, pauses: readonly Pause[]): string | null;
}

export function startClock(
  name: HandlingClockName,
  policy: DeadlinePolicy,
  fromDay: string,
  pauses: readonly Pause[],
  counter: DayCounter,
): HandlingClock {
  return {
    name,
    policy,
    fromDay,
    pauses,
    dueOn: counter.dueOn(policy, fromDay, pauses),
    metOn: null,
    calendarVersion: counter.calendarVersion,
  };
}

/** Counts a running clock again with other pauses or another calendar; a settled one never moves. */
export function recountClock(clock: HandlingClock, pauses: readonly Pause[], counter: DayCounter): HandlingClock {
  if (clock.metOn !== null) return clock;
  const dueOn = counter.dueOn(clock.policy, clock.fromDay, pauses);
  return { ...clock, pauses, dueOn, calendarVersion: counter.calendarVersion };
}

export function settleClock(clocks: readonly HandlingClock[], name: HandlingClockName, on: string): HandlingClock[] {
  return clocks.map((clock) => (clock.name === name && clock.metOn === null ? { ...clock, metOn: on } : clock));
}

/** The running clock of that name, else the last one. */
export function clockOf(clocks: readonly HandlingClock[], name: HandlingClockName): HandlingClock | null {
  const own = clocks.filter((clock) => clock.name === name);
  return own.find(({ metOn }) => metOn === null) ?? own.at(-1) ?? null;
}
