import { addDays, daysBetween } from '@app/kernel';

/** How many weeks of history the expectation rests on, at most. */
export const WEEKS_LOOKED_AT = 52;
/** How many weeks the present rate of decisions is taken from. */
export const WEEKS_OF_RATE = 13;
/** Half of the weight that a whole earlier year has against chance: so many applications. */
const SEASON_DAMPING = 40;
const LOW = 0.1;
const HIGH = 0.9;

/** The method in words, for the page. */
export const FORECAST_METHOD = [
  'Expected applications: the mean of the last 52 weeks (of fewer where the history is shorter), times the number of weeks ahead.',
  'Where a whole earlier year is known, it is moved towards what the same weeks of that year were against the mean of that year; the more applications there were, the further.',
  'Range: in eight of ten such periods the number should lie within it, if applications keep coming independently of each other at a steady rate that is itself only estimated (a negative binomial distribution, which is what Poisson counts give then).',
  'Expected open: open now, and what is expected to come in, less what was finished a week over the last 13 weeks; never below nothing.',
  'Will pass their day: open reviews in the order of their day to decide, finished one after another at the rate of decisions of the last 13 weeks. Paused ones have no day.',
] as const;

export interface Expectation {
  readonly weeks: number;
  readonly expected: number;
  /** Eight of ten times no fewer, and no more, than these. */
  readonly low: number;
  readonly high: number;
}

/**
 * How many applications will come in the weeks ahead. `receivedOn`: days of receipt, in any order; `since`: the first
 * day of the history, where it begins before the first of them.
 */
export function expectApplications(
  receivedOn: readonly string[],
  today: string,
  weeks: number,
  since: string,
): Expectation {
  const known = Math.min(WEEKS_LOOKED_AT, Math.floor(daysBetween(since, today) / 7));
  if (known < 1) return { weeks, expected: 0, low: 0, high: 0 };
  const count = between(receivedOn, addDays(today, -7 * known), today);
  const season = seasonOf(receivedOn, today, weeks, since);
  const exposure = (weeks / known) * season;
  return {
    weeks,
    expected: Math.round(count * exposure * 10) / 10,
    low: quantile(count, exposure, LOW),
    high: quantile(count, exposure, HIGH),
  };
}

/** Of the weeks ahead: what the same weeks a year ago were against that year's mean; 1 where that is not known. */
function seasonOf(receivedOn: readonly string[], today: string, weeks: number, since: string): number {
  const yearAgo = addDays(today, -364);
  const first = addDays(yearAgo, -364);
  if (since > first) return 1;
  const ofYear = between(receivedOn, first, yearAgo) + between(receivedOn, yearAgo, today);
  const same = between(receivedOn, yearAgo, addDays(yearAgo, 7 * weeks));
  const usual = (ofYear / 104) * weeks;
  return (same + SEASON_DAMPING) / (usual + SEASON_DAMPING);
}

/** After the first day, up to the last. */
function between(days: readonly string[], after: string, upTo: string): number {
  return days.filter((day) => day > after && day <= upTo).length;
}

/**
 * The number that a count stays at or below so often, when `seen` came in one span and the next is `exposure` times as
 * long: Poisson counts whose rate is only known from those (Jeffreys' prior) are negative binomial.
 */
export function quantile(seen: number, exposure: number, probability: number): number {
  const shape = seen + 0.5;
  const stay = 1 / (1 + exposure);
  let mass = stay ** shape;
  // So many that the first term underflows: the normal approximation is exact enough there.
  if (mass < Number.MIN_VALUE * 1e10) {
    const mean = shape * exposure;
    const z = probability === LOW ? -1.2816 : 1.2816;
    return Math.max(0, Math.round(mean + z * Math.sqrt(mean * (1 + exposure))));
  }
  let sum = mass;
  let count = 0;
  while (sum < probability && count < 100_000) {
    mass *= ((shape + count) / (count + 1)) * (1 - stay);
    count += 1;
    sum += mass;
  }
  return count;
}

/** What is open after so many weeks, at the rate at which reviews are finished now. */
export function expectOpen(openNow: number, comingIn: number, finishedAWeek: number, weeks: number): number {
  return Math.max(0, Math.round(openNow + comingIn - finishedAWeek * weeks));
}

/** An open review that has a day to decide. */
export interface Waiting {
  readonly caseId: string;
  readonly decideBy: string;
}

/** Which of them will pass their day if they are decided one after another, the earliest first, at the present rate. */
export function willPass<W extends Waiting>(
  waiting: readonly W[],
  today: string,
  decidedAWeek: number,
): readonly (W & { readonly expectedOn: string | null })[] {
  const inOrder = [...waiting].sort((a, b) => a.decideBy.localeCompare(b.decideBy) || a.caseId.localeCompare(b.caseId));
  return inOrder.flatMap((review, index) => {
    const expectedOn =
      decidedAWeek <= 0 ? null : addDays(today, Math.min(3660, Math.ceil(((index + 1) * 7) / decidedAWeek)));
    return expectedOn === null || expectedOn > review.decideBy ? [{ ...review, expectedOn }] : [];
  });
}

/** So many a week over the last weeks. */
export function ratePerWeek(days: readonly string[], today: string, weeks = WEEKS_OF_RATE): number {
  return between(days, addDays(today, -7 * weeks), today) / weeks;
}
