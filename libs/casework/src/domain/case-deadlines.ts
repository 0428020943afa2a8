import type { DeadlinePolicy, Pause } from '@app/kernel';
import type { ClockName, DeadlineFact } from './case.events';

/** A clock of a case with everything that explains it: rule, inputs, calendar version, pauses. Days are London days. */
export interface CaseDeadline {
  readonly id: string;
  readonly clock: ClockName;
  readonly policy: DeadlinePolicy;
  readonly fromDay: string;
  readonly pauses: readonly Pause[];
  /** A person's decision that replaces the counted day. */
  readonly extendedTo: string | null;
  readonly calendarVersion: number;
  /** Null while a pause is open. */
  readonly dueOn: string | null;
  readonly movedFrom: string | null;
  readonly movedBecause: string | null;
  readonly status: 'open' | 'met' | 'missed' | 'stopped';
  readonly metOn: string | null;
  readonly createdAt: Date;
}

/** Counts with the calendar version that is current; given to aggregates, so that they need no data of their own. */
export interface DeadlineCounter {
  readonly calendarVersion: number;
  /** Null while a pause is open. */
  dueOn(policy: DeadlinePolicy, from: string, pauses: readonly Pause[]): string | null;
}

export interface ClockPolicy {
  readonly clock: ClockName;
  readonly policy: DeadlinePolicy;
}

/** An open deadline, or a missed one: late is not over. */
export function isRunning(deadline: CaseDeadline): boolean {
  return deadline.metOn === null && (deadline.status === 'open' || deadline.status === 'missed');
}

export function factOf(deadline: CaseDeadline): DeadlineFact {
  return {
    clock: deadline.clock,
    dueOn: deadline.dueOn,
    rule: deadline.policy.rule,
    calendarVersion: deadline.calendarVersion,
  };
}

export function startDeadline(
  id: string,
  { clock, policy }: ClockPolicy,
  fromDay: string,
  counter: DeadlineCounter,
  now: Date,
): CaseDeadline {
  return {
    id,
    clock,
    policy,
    fromDay,
    pauses: [],
    extendedTo: null,
    calendarVersion: counter.calendarVersion,
    dueOn: counter.dueOn(policy, fromDay, []),
    movedFrom: null,
    movedBecause: null,
    status: 'open',
    metOn: null,
    createdAt: now,
  };
}

/** Counts again from the stored inputs. An extension stands unless the counted day has become later. */
export function recount(
  deadline: CaseDeadline,
  counter: DeadlineCounter,
  changes: Partial<CaseDeadline>,
): CaseDeadline {
  const changed = { ...deadline, ...changes };
  const counted = counter.dueOn(changed.policy, changed.fromDay, changed.pauses);
  const { extendedTo } = changed;
  const dueOn = counted === null ? null : extendedTo !== null && extendedTo > counted ? extendedTo : counted;
  // A missed day stays missed unless the new one lies after it.
  const reopened = changed.status === 'missed' && dueOn !== deadline.dueOn;
  return { ...changed, dueOn, calendarVersion: counter.calendarVersion, status: reopened ? 'open' : changed.status };
}

export function nextDeadline(deadlines: readonly CaseDeadline[]): string | null {
  const days = deadlines.filter(isRunning).flatMap(({ dueOn }) => (dueOn === null ? [] : [dueOn]));
  return days.sort()[0] ?? null;
}

/** The day that is shown for a clock: of the running deadline, else of the last one. */
export function dueOnOf(deadlines: readonly CaseDeadline[], clock: ClockName): string | null {
  const own = deadlines.filter((deadline) => deadline.clock === clock);
  return (own.find(isRunning) ?? own.at(-1))?.dueOn ?? null;
}

/** Pauses every running clock but the acknowledgement: that is owed whatever else waits. */
export function openPauses(deadlines: readonly CaseDeadline[], from: string, counter: DeadlineCounter): CaseDeadline[] {
  return deadlines.map((deadline) =>
    isRunning(deadline) && deadline.clock !== 'acknowledge'
      ? recount(deadline, counter, { pauses: [...deadline.pauses, { from, to: null }] })
      : deadline,
  );
}

export function closePauses(deadlines: readonly CaseDeadline[], on: string, counter: DeadlineCounter): CaseDeadline[] {
  return deadlines.map((deadline) =>
    isRunning(deadline) && deadline.pauses.some((pause) => pause.to === null)
      ? recount(deadline, counter, {
          pauses: deadline.pauses.map((pause) => (pause.to === null ? { ...pause, to: on } : pause)),
        })
      : deadline,
  );
}

/** Makes the clocks those of a category: same ones stay, others are counted anew from receipt or stopped. */
export function applyClocks(
  deadlines: readonly CaseDeadline[],
  clocks: readonly ClockPolicy[],
  receivedOn: string,
  counter: DeadlineCounter,
  newId: () => string,
  now: Date,
): CaseDeadline[] {
  const kept = deadlines.map((deadline) => {
    if (!isRunning(deadline)) return deadline;
    const wanted = clocks.find(({ clock }) => clock === deadline.clock);
    if (!wanted) return { ...deadline, status: 'stopped' as const };
    const isSame = JSON.stringify(sorted(wanted.policy)) === JSON.stringify(sorted(deadline.policy));
    return isSame ? deadline : recount(deadline, counter, { policy: wanted.policy });
  });
  const added = clocks
    .filter(({ clock }) => !deadlines.some((deadline) => deadline.clock === clock))
    .map((clock) => startDeadline(newId(), clock, receivedOn, counter, now));
  return [...kept, ...added];
}

/** Done on the due day is on time; done later it stays missed, with the day it was done. */
export function settle(deadlines: readonly CaseDeadline[], clocks: readonly ClockName[], on: string): CaseDeadline[] {
  return deadlines.map((deadline) => {
    if (!clocks.includes(deadline.clock) || !isRunning(deadline)) return deadline;
    const isLate = deadline.status === 'missed' || (deadline.dueOn !== null && on > deadline.dueOn);
    return { ...deadline, status: isLate ? ('missed' as const) : ('met' as const), metOn: on };
  });
}

export function stopAll(deadlines: readonly CaseDeadline[]): CaseDeadline[] {
  return deadlines.map((deadline) => (isRunning(deadline) ? { ...deadline, status: 'stopped' as const } : deadline));
}

/** PostgreSQL gives JSON back with its own order of keys. */
function sorted(policy: DeadlinePolicy): unknown {
  return Object.entries(policy).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Takes back what was settled on a day: the newest deadline of each clock runs again, late ones as late. */
export function unsettle(deadlines: readonly CaseDeadline[], clocks: readonly ClockName[], on: string): CaseDeadline[] {
  const newest = new Map<ClockName, CaseDeadline>();
  for (const each of deadlines) {
    const { clock, metOn, createdAt } = each;
    if (!clocks.includes(clock) || metOn !== on) continue;
    if ((newest.get(clock)?.createdAt ?? createdAt) <= createdAt) newest.set(clock, each);
  }
  return deadlines.map((deadline) =>
    newest.get(deadline.clock) === deadline
      ? { ...deadline, status: deadline.status === 'met' ? ('open' as const) : deadline.status, metOn: null }
      : deadline,
  );
}
