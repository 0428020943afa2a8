import { addDays, daysBetween } from '@app/kernel';
import type { EligibilityFacts, EligibilitySettings } from './eligibility-facts';

/**
 * R1.20 [V]: Complaints and Misconduct Regulations 2020, reg 29(2): 28 calendar days from the day after the one on
 * which the review-rights information was provided.
 */
export const REVIEW_TIME_LIMIT_DAYS = 28;

export type ReviewClock = 'running' | 'expired' | 'not-started';

/** The counting of the 28 days, day by day as a calendar shows it. */
export interface ReviewDayCount {
  /** Day 0. The four that depend on it are null where no review-rights information was ever given. */
  readonly notifiedOn: string | null;
  readonly dayOne: string | null;
  readonly lastDay: string | null;
  readonly lastDayIsNonWorking: boolean;
  readonly receivedOn: string;
  /** The day that must not be after the last one: without the days at another body, if it was at one (R1.24). */
  readonly testedOn: string;
  readonly excludedFrom: string | null;
  readonly excludedTo: string | null;
  readonly excludedDays: number;
  readonly daysLate: number;
}

export interface TimeLimit {
  readonly clock: ReviewClock;
  readonly inTime: boolean | null;
  /** When the application counts as made (R1.24: the day on which it was forwarded). */
  readonly madeOn: string;
  readonly count: ReviewDayCount;
}

/** Counts R1.20 to R1.24. There is no roll-forward to a working day (R1.23), and nothing is counted in hours. */
export function timeLimit(facts: EligibilityFacts, settings: EligibilitySettings): TimeLimit {
  const { reviewRightsNotifiedOn: notifiedOn, receivedOn } = facts;
  const wrongBodyOn = facts.receivedByWrongBodyOn ?? null;
  const madeOn = facts.forwardedOn ?? receivedOn;
  const excludedTo = wrongBodyOn === null ? null : (facts.forwardedOn ?? latest(wrongBodyOn, receivedOn));
  const testedOn = wrongBodyOn ?? receivedOn;
  const lastDay = notifiedOn === null ? null : addDays(notifiedOn, REVIEW_TIME_LIMIT_DAYS);
  const inTime = lastDay === null ? null : testedOn <= lastDay;
  const isNonWorkingDay = settings.isNonWorkingDay ?? isWeekend;
  return {
    clock: inTime === null ? 'not-started' : inTime ? 'running' : 'expired',
    inTime,
    madeOn,
    count: {
      notifiedOn,
      dayOne: notifiedOn === null ? null : addDays(notifiedOn, 1),
      lastDay,
      lastDayIsNonWorking: lastDay !== null && isNonWorkingDay(lastDay),
      receivedOn,
      testedOn,
      excludedFrom: wrongBodyOn,
      excludedTo,
      excludedDays: wrongBodyOn === null || excludedTo === null ? 0 : daysBetween(wrongBodyOn, excludedTo),
      daysLate: lastDay === null || inTime === true ? 0 : daysBetween(lastDay, testedOn),
    },
  };
}

function latest(one: string, other: string): string {
  return one > other ? one : other;
}

function isWeekend(day: string): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday === 0 || weekday === 6;
}
