import {
  BODY_TESTS,
  checkEligibility,
  InvalidEligibilityFacts,
  NO_PARTICULARS,
  type ApplicantStatement,
  type BodyTestAnswer,
  type BodyTestAnswers,
  type Eligibility,
  type EligibilityFacts,
  type EligibilitySettings,
  type NamedBody,
  type Particulars,
} from '@app/reviews';
import type { Office } from '@app/offices';
import { dayOf } from './review-answers';
import type { ReviewAnswers } from './review-questions';

/** The office that takes the application: the force's own, or the one chosen to pass it on. */
export function officeOf(answers: ReviewAnswers): string {
  return (answers.force === 'other' ? answers.office : answers.force) ?? '';
}

/** What the applicant's letter says about the body. */
export function namedBody(answers: ReviewAnswers): NamedBody {
  const named = answers.outcome === 'yes' ? answers.named : 'unsure';
  return named === 'office' || named === 'iopc' || named === 'other' ? named : 'unsure';
}

/**
 * The facts for the statutory tests. What the applicant is not sure of is taken in their favour; which body it is is
 * the force's to say (R1.30), so that an applicant's answer settles no test but where the letter names this office.
 */
export function factsOf(answers: ReviewAnswers, offices: readonly Office[]): Omit<EligibilityFacts, 'receivedOn'> {
  const { handling, who, told, outcome, sentTo } = answers;
  const letterOn = outcome === 'yes' ? dayOf(answers, 'letterOn') : null;
  const notifiedOn = told === 'letter' ? letterOn : told === 'later' ? dayOf(answers, 'toldOn') : null;
  const sentOn = dayOf(answers, 'sentOn');
  const isIopcLed = handling === 'iopc-directed' || handling === 'iopc-independent';
  const named = namedBody(answers);
  return {
    force: forceOf(answers, offices),
    complaintMadeOn: dayOf(answers, 'madeOn'),
    recordedUnderSchedule3: answers.recorded !== 'no',
    handling: isIopcLed || handling === 'authority' ? 'investigation' : 'otherwise-than-by-investigation',
    investigationBy: isIopcLed ? handling : handling === 'authority' ? 'authority' : null,
    finalised: outcome === 'yes',
    reviewRightsNotifiedOn: outcome === 'yes' ? notifiedOn : null,
    letterDatedOn: letterOn,
    receivedByWrongBodyOn: sentTo === 'iopc' || sentTo === 'commissioner' ? sentOn : null,
    sentToForceOn: sentTo === 'force' ? sentOn : null,
    applicant: who === 'representative' ? 'representative' : who === 'other' ? 'other' : 'complainant',
    writtenConsent: who === 'representative' ? answers.consent === 'yes' : null,
    bodyTests: allTests(named === 'office' ? 'no' : 'unknown'),
  };
}

/** What the law says as far as the answers go; null while days among them contradict each other. */
export function eligibilityOf(
  answers: ReviewAnswers,
  offices: readonly Office[],
  today: string,
  settings: EligibilitySettings,
): Eligibility | null {
  try {
    return checkEligibility({ ...factsOf(answers, offices), receivedOn: today }, settings);
  } catch (error) {
    if (error instanceof InvalidEligibilityFacts) return null;
    throw error;
  }
}

/**
 * What the office begins with: the facts, without those of which the applicant was not sure. The force is named by its
 * office, and one that has none here by `another-force`, because particulars are kept in the history and hold no names.
 */
export function particularsOf(answers: ReviewAnswers, offices: readonly Office[]): Particulars {
  const { recorded, handling } = answers;
  const facts = factsOf(answers, offices);
  return {
    ...NO_PARTICULARS,
    force: answers.force === 'other' ? 'another-force' : officeOf(answers),
    complaintMadeOn: facts.complaintMadeOn,
    recordedUnderSchedule3: recorded === 'unsure' ? null : facts.recordedUnderSchedule3,
    handling: handling === 'unsure' ? null : facts.handling,
    investigationBy: facts.investigationBy ?? null,
    finalised: facts.finalised,
    letterDatedOn: facts.letterDatedOn ?? null,
    reviewRightsNotifiedOn: facts.reviewRightsNotifiedOn,
    receivedByWrongBodyOn: facts.receivedByWrongBodyOn ?? null,
    sentToForceOn: facts.sentToForceOn ?? null,
    applicant: facts.applicant,
    writtenConsent: facts.writtenConsent ?? null,
    bodyTests: { ...facts.bodyTests },
  };
}

export function statementOf(answers: ReviewAnswers, consentFiles: readonly string[]): ApplicantStatement {
  const text = (name: string): string => answers[name] ?? '';
  const isRepresentative = answers.who === 'representative';
  const { sentTo } = answers;
  return {
    complaint: text('complaint'),
    grounds: text('grounds'),
    outcomeWanted: text('wanted'),
    complainantName: isRepresentative ? text('complainantName') : null,
    namedBody: namedBody(answers),
    otherForce: answers.force === 'other' ? text('otherForce') : null,
    lateReasons: text('lateReasons')
      .split(',')
      .filter((key) => key !== ''),
    lateBecause: text('lateBecause'),
    sentBeforeTo: sentTo === 'force' || sentTo === 'iopc' || sentTo === 'commissioner' ? sentTo : null,
    consentFiles: isRepresentative ? consentFiles : [],
    safeContact: text('safeContact'),
  };
}

function forceOf(answers: ReviewAnswers, offices: readonly Office[]): string | null {
  if (answers.force === 'other') return answers.otherForce || null;
  return offices.find(({ id }) => id === answers.force)?.force ?? null;
}

function allTests(answer: BodyTestAnswer): BodyTestAnswers {
  return Object.fromEntries(BODY_TESTS.map((test) => [test, answer])) as unknown as BodyTestAnswers;
}
