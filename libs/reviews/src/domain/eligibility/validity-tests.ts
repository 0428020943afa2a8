import { dayInWords } from '@app/kernel';
import type { EligibilityFacts } from './eligibility-facts';
import { BODY_TEST_WORDS, bodyTestNumber, testsMet } from './relevant-body';
import { REVIEWS_BEGAN_ON, rulesVersion } from './rules-version';
import { REVIEW_TIME_LIMIT_DAYS, type TimeLimit } from './time-limit';
import type { Obstacle } from './validity';

/** A rule of the law, by its number in the office's list, and what it says of this application. */
export interface RuledText {
  readonly rule: string;
  readonly text: string;
}

/** One test that an application must pass, in the order in which they are asked. */
export interface ValidityTest {
  readonly validity: Obstacle;
  readonly rule: string;
  /** When it applies, in words that hold for every application. */
  readonly condition: string;
  /** What the office does about it. */
  readonly consequence: string;
  readonly applies: (facts: EligibilityFacts, time: TimeLimit) => boolean;
  /** Why it applies to this application. */
  readonly reasons: (facts: EligibilityFacts, time: TimeLimit) => readonly RuledText[];
}

export const VALIDITY_TESTS: readonly ValidityTest[] = [
  {
    validity: 'pre-2020-appeal',
    rule: 'R1.6',
    condition: `The complaint was made before ${dayInWords(REVIEWS_BEGAN_ON)}, or relates to an earlier matter from before that day that was still being handled.`,
    consequence: 'It is an appeal under the 2012 Regulations: tell the applicant to write to the force or the IOPC.',
    applies: (facts) => rulesVersion(facts) === 'appeals-2012',
    reasons: (facts) => [{ rule: 'R1.6', text: olderThanReviews(facts) }],
  },
  {
    validity: 'no-right-outside-schedule-3',
    rule: 'R1.3',
    condition: 'The complaint was not recorded under Schedule 3 of the Police Reform Act 2002.',
    consequence: 'There is no right to a review: tell the applicant that they may ask the force to record it.',
    applies: ({ recordedUnderSchedule3 }) => !recordedUnderSchedule3,
    reasons: () => [
      {
        rule: 'R1.3',
        text: 'The complaint was handled outside Schedule 3. The right to a review is given only for complaints recorded under it.',
      },
    ],
  },
  {
    validity: 'no-right-iopc-led',
    rule: 'R1.4',
    condition: 'The complaint was investigated by the IOPC, or by the force under the direction of the IOPC.',
    consequence: 'There is no right to a review: tell the applicant to ask the IOPC.',
    applies: (facts) => isIopcLed(facts),
    reasons: ({ investigationBy }) => [
      {
        rule: 'R1.4',
        text: `The investigation was ${investigationBy === 'iopc-directed' ? 'directed' : 'carried out'} by the IOPC. The right to a review is given only where the force investigated on its own behalf.`,
      },
    ],
  },
  {
    validity: 'premature',
    rule: 'R1.8',
    condition: 'The force has not finished, or has not yet written to the complainant with the outcome.',
    consequence: 'Hold the application, and tell the applicant to ask the force’s professional standards department.',
    applies: ({ finalised }) => !finalised,
    reasons: () => [
      { rule: 'R1.8', text: 'The force has not yet finished with the complaint and written to the complainant.' },
    ],
  },
  {
    validity: 'not-complainant',
    rule: 'R1.1',
    condition: 'The applicant is neither the complainant nor acts for them.',
    consequence: 'There is no right to a review: only the complainant, or somebody for them, may apply.',
    applies: ({ applicant }) => applicant === 'other',
    reasons: () => [
      {
        rule: 'R1.1',
        text: 'The applicant is neither the complainant nor somebody acting for them. Officers complained about and interested persons may not apply.',
      },
    ],
  },
  {
    validity: 'no-consent',
    rule: 'R1.1',
    condition: 'A representative applies without the complainant’s written consent.',
    consequence: 'Ask the representative for the written consent.',
    applies: ({ applicant, writtenConsent }) => applicant === 'representative' && writtenConsent !== true,
    reasons: () => [
      { rule: 'R1.1', text: 'The representative has not produced the complainant’s written consent to act for them.' },
    ],
  },
  {
    validity: 'wrong-body',
    rule: 'R1.32',
    condition:
      'Any of the seven tests for the relevant review body is answered yes, or cannot be answered: the review is the IOPC’s.',
    consequence:
      'Forward it to the IOPC, and tell the applicant both that the IOPC decides and that it has been forwarded.',
    applies: ({ bodyTests }) => testsMet(bodyTests).length > 0,
    reasons: (facts) => wrongBodyReasons(facts),
  },
  {
    validity: 'out-of-time',
    rule: 'R1.20',
    condition: `The application was received after day ${REVIEW_TIME_LIMIT_DAYS}, the day after the review-rights information was provided being day 1.`,
    consequence: 'Decide whether the special circumstances of the case make it just to extend the time (R1.25).',
    applies: (_facts, { inTime }) => inTime === false,
    reasons: (_facts, time) => [{ rule: 'R1.20', text: lateInWords(time) }],
  },
  {
    validity: 'insufficient-information',
    rule: 'R1.10',
    condition: 'The force, or the day on which the complaint was made, is not stated.',
    consequence: 'Ask for it, or proceed as if it were there (R1.10).',
    applies: (facts) => missingParticulars(facts).length > 0,
    reasons: (facts) => [
      { rule: 'R1.10', text: `The application does not state ${missingParticulars(facts).join(', nor ')}.` },
    ],
  },
];

/** What R1.10 lets the office do without. */
export function missingParticulars(facts: EligibilityFacts): readonly string[] {
  return [
    ...(isStated(facts.force) ? [] : ['the force whose decision is challenged']),
    ...(isStated(facts.complaintMadeOn) ? [] : ['the day on which the complaint was made']),
  ];
}

function isStated(text: string | null): boolean {
  return text !== null && text.trim() !== '';
}

function isIopcLed({ handling, investigationBy }: EligibilityFacts): boolean {
  return handling === 'investigation' && (investigationBy ?? 'authority') !== 'authority';
}

function olderThanReviews({ complaintMadeOn, relatesToEarlierMatterBefore: earlier }: EligibilityFacts): string {
  const began = dayInWords(REVIEWS_BEGAN_ON);
  if (complaintMadeOn !== null && complaintMadeOn < REVIEWS_BEGAN_ON)
    return `The complaint was made on ${dayInWords(complaintMadeOn)}, before reviews began on ${began}. It can only be appealed against, to the chief officer or the IOPC.`;
  return `The complaint relates to a matter of ${dayInWords(earlier ?? REVIEWS_BEGAN_ON)} that was still being handled, and so it is governed as that was, before reviews began on ${began}: by an appeal to the chief officer or the IOPC.`;
}

function wrongBodyReasons({ bodyTests }: EligibilityFacts): readonly RuledText[] {
  return testsMet(bodyTests).map((test) => {
    const known = bodyTests[test] === 'yes';
    const words = `${known ? BODY_TEST_WORDS[test] : `nobody could say whether ${BODY_TEST_WORDS[test]}`}`;
    const what = `Test ${bodyTestNumber(test)} makes the IOPC the relevant review body: ${words}.`;
    return {
      rule: test === 'anyPart' ? 'R1.33' : 'R1.32',
      text: known ? what : `${what} What is not known counts as yes.`,
    };
  });
}

function lateInWords({ count }: TimeLimit): string {
  const days = count.daysLate === 1 ? '1 day' : `${count.daysLate} days`;
  const received =
    count.excludedFrom === null
      ? `It was received on ${dayInWords(count.testedOn)}`
      : `Another body received it on ${dayInWords(count.testedOn)}, and the days there are left out`;
  const last = count.lastDay === null ? '' : `, the last day was ${dayInWords(count.lastDay)}`;
  return `${received}${last}: ${days} late.`;
}
