import {
  countInWords,
  holidayInWords,
  notWorkingInWords,
  openingSteps,
  unknownHolidaySteps,
} from './deadline-in-words';
import { checkDeadlineInput, deadlineTooFar, type DeadlinePolicy, lastDeadlineDay } from './deadline-policy';
import type { HolidayCalendar } from './holiday-calendar';
import { addDays, dayInWords, plainDay } from './london-time';
import { type Pause, PausedDays, pauseInWords } from './paused-days';

/** A deadline and how it was reached. */
export interface DeadlineCount<D extends string | null = string | null> {
  /** Null only while an open pause keeps the count from ending. */
  readonly deadline: D;
  /**
   * The days counted, in order; for calendar months the corresponding day. A day that pauses or the roll-forward
   * moved the deadline to comes last, so that the last of the days, if there is any, is the deadline.
   */
  readonly days: readonly string[];
  /** The counting in plain English, a sentence each. */
  readonly steps: readonly string[];
}

interface ClosedPause extends Pause {
  readonly to: string;
}
interface Counting {
  readonly policy: DeadlinePolicy;
  readonly from: string;
  readonly calendar: HolidayCalendar;
  readonly paused: PausedDays;
  readonly days: string[];
  readonly steps: string[];
}

/**
 * Counts a deadline from a London day. Day 0 is the given day whatever day it is. Throws `InvalidDeadlineInput`,
 * whose errors point at `/from`, `/count` or `/pauses/…`. There is no deadline (null) only when a pause that is
 * still open begins before the count is complete.
 */
export function countDeadline(
  policy: DeadlinePolicy,
  from: string,
  calendar: HolidayCalendar,
  pauses?: readonly ClosedPause[],
): DeadlineCount<string>;
export function countDeadline(
  policy: DeadlinePolicy,
  from: string,
  calendar: HolidayCalendar,
  pauses?: readonly Pause[],
): DeadlineCount;
export function countDeadline(
  policy: DeadlinePolicy,
  from: string,
  calendar: HolidayCalendar,
  pauses: readonly Pause[] = [],
): DeadlineCount {
  checkDeadlineInput(policy, from, pauses);
  const counting: Counting = {
    policy,
    from,
    calendar,
    paused: PausedDays.of(pauses),
    days: [],
    steps: openingSteps(policy, from),
  };
  const last = countToLastDay(counting);
  const deadline = last === null ? null : settle(counting, last);
  return { deadline, days: counting.days, steps: counting.steps };
}

function countToLastDay(counting: Counting): string | null {
  const { policy, from, steps } = counting;
  if (policy.count === 0) {
    steps.push(`${countInWords(0, policy.unit)} are counted, so the day itself is the last.`);
    return from;
  }
  return policy.unit === 'calendar-months' ? countMonths(counting) : countSingleDays(counting);
}

function countSingleDays({ policy, from, calendar, paused, days, steps }: Counting): string | null {
  const pauseAt = paused.walk();
  let day = firstCountable(policy, from);
  while (days.length < policy.count) {
    if (day > lastDeadlineDay) throw deadlineTooFar();
    const pause = pauseAt(day);
    if (pause !== null) {
      steps.push(pauseInWords(pause));
      if (pause.to === null) {
        const total = countInWords(policy.count, policy.unit);
        steps.push(`${days.length} of ${total} were counted before that. There is no deadline until it starts again.`);
        return null;
      }
      day = pause.to;
      continue;
    }
    if (policy.unit === 'calendar-days' || calendar.isWorkingDay(day, policy.region)) {
      days.push(day);
      if (days.length === 1 || days.length === policy.count) steps.push(`Day ${days.length} is ${dayInWords(day)}.`);
    } else if (plainDay(day).dayOfWeek < 6) {
      steps.push(`${holidayInWords(day, calendar.holidaysOn(day, policy.region))} and is not counted.`);
    }
    day = addDays(day, 1);
  }
  return days.at(-1) ?? from;
}

function countMonths({ policy, from, paused, days, steps }: Counting): string | null {
  const { count, dayZero, unit } = policy;
  const start = plainDay(from);
  const sameDay = start.add({ months: count });
  const isShortened = sameDay.day !== start.day;
  // A month that begins with a day ends the day before the same day of the next; one that follows it, on that day.
  const corresponding = dayZero === 'receipt' || isShortened ? sameDay : sameDay.subtract({ days: 1 });
  const month = corresponding.toString();
  if (month > lastDeadlineDay) throw deadlineTooFar();
  const reason = isShortened ? `, the last day of the month, because that month has no day ${start.day}` : '';
  steps.push(
    `${countInWords(count, unit)} from then ${count === 1 ? 'ends' : 'end'} on ${dayInWords(month)}${reason}.`,
  );
  days.push(month);

  const first = firstCountable(policy, from);
  const lost = paused.countWithin(first, month);
  if (lost === 0) return month;
  const last = moveOnUnpaused(paused, month, lost);
  steps.push(...paused.within(first, last ?? lastDeadlineDay).map(pauseInWords));
  if (last === null) {
    steps.push('There is no deadline until it starts again.');
    return null;
  }
  days.push(last);
  steps.push(
    `${countInWords(lost, 'calendar-days')} lost to pauses ${lost === 1 ? 'is' : 'are'} added: ${dayInWords(last)}.`,
  );
  return last;
}

/** So many days on from the day, leaving out paused ones; null when an open pause is met first. */
function moveOnUnpaused(paused: PausedDays, day: string, count: number): string | null {
  const pauseAt = paused.walk();
  // A pause may be open already on the day itself, and then the days to make up are not known.
  if (pauseAt(day)?.to === null) return null;
  let last = day;
  for (let next = addDays(day, 1), left = count; left > 0;) {
    if (next > lastDeadlineDay) throw deadlineTooFar();
    const pause = pauseAt(next);
    if (pause?.to === null) return null;
    if (pause?.to !== undefined) {
      next = pause.to;
      continue;
    }
    last = next;
    left--;
    next = addDays(next, 1);
  }
  return last;
}

/** Applies the roll-forward and adds the warnings. */
function settle({ policy, from, calendar, days, steps }: Counting, last: string): string {
  const { region, unit } = policy;
  let deadline = last;
  if (policy.rollForward === 'next-working-day') {
    deadline = calendar.rollForward(last, region);
    if (deadline !== last) {
      steps.push(notWorkingInWords(last, calendar.holidaysOn(last, region)));
      for (let day = addDays(last, 1); day < deadline; day = addDays(day, 1)) {
        const holidays = calendar.holidaysOn(day, region);
        if (holidays.length > 0) steps.push(notWorkingInWords(day, holidays));
      }
      steps.push(`The deadline moves to the next working day, ${dayInWords(deadline)}.`);
      days.push(deadline);
    }
  } else if (!calendar.isWorkingDay(last, region)) {
    steps.push(notWorkingInWords(last, calendar.holidaysOn(last, region)), 'This rule does not move the deadline.');
  }
  if (deadline > lastDeadlineDay) throw deadlineTooFar();
  if (unit === 'working-days' || policy.rollForward === 'next-working-day') {
    const firstAsked = unit === 'working-days' ? firstCountable(policy, from) : last;
    steps.push(...unknownHolidaySteps(calendar, region, firstAsked < deadline ? firstAsked : deadline, deadline));
  }
  return deadline;
}

function firstCountable(policy: DeadlinePolicy, from: string): string {
  return policy.dayZero === 'receipt' ? addDays(from, 1) : from;
}
