import { dayInWords } from '@app/kernel';
import { checkFacts } from './check-facts';
import type { EligibilityFacts, EligibilitySettings } from './eligibility-facts';
import { relevantBody, type RelevantBody } from './relevant-body';
import { rulesVersion, type RulesVersion } from './rules-version';
import { REVIEW_TIME_LIMIT_DAYS, timeLimit, type ReviewClock, type ReviewDayCount, type TimeLimit } from './time-limit';
import { missingParticulars, VALIDITY_TESTS, type RuledText } from './validity-tests';
import type { Obstacle, Validity } from './validity';

/** What the law says of an application, each part with its rule. It decides nothing: people do. */
export interface Eligibility {
  readonly relevantBody: RelevantBody;
  /** The force whose local policing body would decide; null where it is not stated (R1.34). */
  readonly relevantForce: string | null;
  readonly clock: ReviewClock;
  readonly lastDay: string | null;
  readonly madeOn: string;
  readonly inTime: boolean | null;
  /** The first obstacle of `VALIDITIES`, or `valid`. */
  readonly validity: Validity;
  /** Every obstacle that applies, in that order. */
  readonly obstacles: readonly Obstacle[];
  /** Why: of every obstacle; where there is none, why it is valid. */
  readonly reasons: readonly RuledText[];
  /** What the office may still decide. */
  readonly discretion: readonly RuledText[];
  /** What the office must do, or had better do, about what was found. */
  readonly duties: readonly RuledText[];
  /** What to look at before relying on it. */
  readonly warnings: readonly RuledText[];
  readonly rulesVersion: RulesVersion | null;
  readonly count: ReviewDayCount;
}

/**
 * The statutory tests of an application for a review (R1.1 to R1.44). Pure: the same facts give the same answer, on
 * any day. Throws `InvalidEligibilityFacts` where the facts contradict each other.
 */
export function checkEligibility(facts: EligibilityFacts, settings: EligibilitySettings = {}): Eligibility {
  checkFacts(facts);
  const time = timeLimit(facts, settings);
  const failed = VALIDITY_TESTS.filter((test) => test.applies(facts, time));
  const body = relevantBody(facts.bodyTests);
  return {
    relevantBody: body,
    relevantForce: facts.force === null || facts.force.trim() === '' ? null : facts.force,
    clock: time.clock,
    lastDay: time.count.lastDay,
    madeOn: time.madeOn,
    inTime: time.inTime,
    validity: failed[0]?.validity ?? 'valid',
    obstacles: failed.map(({ validity }) => validity),
    reasons: failed.length > 0 ? failed.flatMap((test) => test.reasons(facts, time)) : whyValid(facts, time),
    discretion: discretion(facts, time, body, settings),
    duties: failed.map(({ validity, rule, consequence }) => ({
      rule: validity === 'wrong-body' ? 'R1.40' : rule,
      text: consequence,
    })),
    warnings: warnings(facts, time),
    rulesVersion: rulesVersion(facts),
    count: time.count,
  };
}

function whyValid({ handling, applicant }: EligibilityFacts, time: TimeLimit): readonly RuledText[] {
  const how =
    handling === 'investigation'
      ? 'investigated by the force on its own behalf'
      : 'handled otherwise than by investigation';
  return [
    { rule: 'R1.2', text: `The complaint was recorded under Schedule 3 and was ${how}.` },
    {
      rule: 'R1.1',
      text:
        applicant === 'representative'
          ? 'The applicant acts for the complainant, with written consent.'
          : 'The applicant is the complainant.',
    },
    { rule: 'R1.32', text: 'All seven tests are answered no: the local policing body is the relevant review body.' },
    { rule: 'R1.20', text: inTimeInWords(time) },
  ];
}

function inTimeInWords({ count }: TimeLimit): string {
  if (count.notifiedOn === null || count.lastDay === null || count.dayOne === null)
    return `The review-rights information was never provided, so the ${REVIEW_TIME_LIMIT_DAYS} days have not begun and there is no last day.`;
  const counted = `Day 1 was ${dayInWords(count.dayOne)} and day ${REVIEW_TIME_LIMIT_DAYS}, the last, ${dayInWords(count.lastDay)}.`;
  const days = count.excludedDays === 1 ? '1 day is' : `${count.excludedDays} days are`;
  return count.excludedFrom === null
    ? `${counted} It was received on ${dayInWords(count.receivedOn)}, in time.`
    : `${counted} Another body received it on ${dayInWords(count.testedOn)}, in time: ${days} left out (R1.24).`;
}

function discretion(
  facts: EligibilityFacts,
  time: TimeLimit,
  body: RelevantBody,
  { ownForce }: EligibilitySettings,
): readonly RuledText[] {
  const found: RuledText[] = [];
  const missing = missingParticulars(facts);
  if (missing.length > 0)
    found.push({
      rule: 'R1.10',
      text: `The review body may proceed as if the application stated ${missing.join(' and ')}.`,
    });
  if (time.inTime === false) {
    const who = body === 'iopc' ? 'The IOPC' : 'The review body';
    found.push({
      rule: 'R1.25',
      text: `${who} may extend the time where it is satisfied that the special circumstances of the case make it just. Weigh the length of the delay (${time.count.daysLate === 1 ? '1 day' : `${time.count.daysLate} days`}) and its reason, health and vulnerability, a misleading or late outcome letter, a wrong body named in it, and how serious the matter is (R1.26).`,
    });
  }
  const sentOn = facts.sentToForceOn ?? null;
  if (time.inTime === false && sentOn !== null) {
    const wouldBe = time.count.lastDay !== null && sentOn <= time.count.lastDay ? 'in time' : 'late as well';
    found.push({
      rule: 'R1.43',
      text: `It was sent to the force on ${dayInWords(sentOn)}, which was ${wouldBe}. The days there are not left out by law, but may be special circumstances.`,
    });
  }
  if (isOther(facts.force, ownForce))
    found.push({
      rule: 'R1.34',
      text: 'The decision is another force’s: its own local policing body is the one to decide. Pass the application on to that body, and tell the applicant that it has been (R1.44).',
    });
  return found;
}

function isOther(force: string | null, ownForce: string | undefined): boolean {
  if (force === null || force.trim() === '' || ownForce === undefined) return false;
  return force.trim().toLowerCase() !== ownForce.trim().toLowerCase();
}

function warnings(facts: EligibilityFacts, { count }: TimeLimit): readonly RuledText[] {
  const found: RuledText[] = [];
  if (count.lastDay !== null && count.lastDayIsNonWorking)
    found.push({
      rule: 'R1.23',
      text: `The last day, ${dayInWords(count.lastDay)}, was not a working day. The law does not move it; if the application came on the next working day, consider special circumstances (R1.25).`,
    });
  const letter = facts.letterDatedOn ?? null;
  if (letter !== null && count.notifiedOn !== null && letter !== count.notifiedOn)
    found.push({
      rule: 'R1.27',
      text: `The letter is dated ${dayInWords(letter)}, but the days run from when the review-rights information was provided, ${dayInWords(count.notifiedOn)}.`,
    });
  if (facts.acceleratedProcedure === true)
    found.push({
      rule: 'R1.5',
      text: 'The investigator reported early under the accelerated procedure. The right to a review may be switched off: take advice.',
    });
  if (count.notifiedOn !== null && count.testedOn < count.notifiedOn)
    found.push({
      rule: 'R1.20',
      text: 'The application came before the review-rights information was provided. Check both days.',
    });
  return found;
}
