import { checkEligibility, type Eligibility } from './eligibility';
import { BODY_TESTS, type BodyTest, type EligibilityFacts, type EligibilitySettings } from './eligibility-facts';
import { BODY_TEST_WORDS, bodyTestNumber } from './relevant-body';
import type { Obstacle, Validity } from './validity';
import { VALIDITY_TESTS } from './validity-tests';

/** An application that nothing stands against; every example below is this one, changed. */
export const VALID_EXAMPLE: EligibilityFacts = {
  force: 'West Mercia Police',
  complaintMadeOn: '2025-01-15',
  recordedUnderSchedule3: true,
  handling: 'otherwise-than-by-investigation',
  finalised: true,
  reviewRightsNotifiedOn: '2025-04-01',
  receivedOn: '2025-04-25',
  applicant: 'complainant',
  bodyTests: {
    authorityIsLocalPolicingBody: 'no',
    seniorOfficer: 'no',
    cannotExcludeSeriousMatter: 'no',
    referredOrMustBe: 'no',
    treatedAsReferred: 'no',
    sameIncident: 'no',
    anyPart: 'no',
  },
};

/** An example and what the engine answers to it now. */
export interface WorkedExample {
  readonly rule: string;
  readonly title: string;
  /** Where it differs from `VALID_EXAMPLE`. */
  readonly changes: Partial<EligibilityFacts>;
  readonly answer: Eligibility;
}

/** One possible answer, in order of precedence. */
export interface DecisionRow extends WorkedExample {
  readonly validity: Validity;
  readonly condition: string;
  readonly consequence: string;
}

export interface DecisionTable {
  readonly validities: readonly DecisionRow[];
  /** The worked dates of R1.20 to R1.23. */
  readonly dates: readonly WorkedExample[];
  /** R1.24: days at another body. */
  readonly transit: readonly WorkedExample[];
  /** R1.30 to R1.33: all no, then each test alone as yes and as unknown. */
  readonly bodies: readonly WorkedExample[];
  /** R1.6 and R1.7: which regulations govern. */
  readonly versions: readonly WorkedExample[];
  /** Several obstacles at once, and what stays to be decided. */
  readonly together: readonly WorkedExample[];
}

type Example = readonly [rule: string, title: string, changes: Partial<EligibilityFacts>];

const OBSTACLE_EXAMPLES: Readonly<Record<Obstacle, Partial<EligibilityFacts>>> = {
  'pre-2020-appeal': { complaintMadeOn: '2020-01-31' },
  'no-right-outside-schedule-3': { recordedUnderSchedule3: false },
  'no-right-iopc-led': { handling: 'investigation', investigationBy: 'iopc-directed' },
  premature: { finalised: false, reviewRightsNotifiedOn: null },
  'not-complainant': { applicant: 'other' },
  'no-consent': { applicant: 'representative', writtenConsent: false },
  'wrong-body': { bodyTests: { ...VALID_EXAMPLE.bodyTests, seniorOfficer: 'yes' } },
  'out-of-time': { receivedOn: '2025-04-30' },
  'insufficient-information': { complaintMadeOn: null },
};

const DATES: readonly Example[] = [
  ['R1.21', 'Provided on Tuesday 1 April 2025, received on the last day', { receivedOn: '2025-04-29' }],
  ['R1.22', 'The same, posted in time but received a day later', { receivedOn: '2025-04-30' }],
  [
    'R1.23',
    'The last day is a bank holiday (New Year’s Day)',
    { reviewRightsNotifiedOn: '2025-12-04', receivedOn: '2026-01-01' },
  ],
  [
    'R1.23',
    'The last day is a bank holiday (Good Friday), received on the next working day',
    { reviewRightsNotifiedOn: '2026-03-06', receivedOn: '2026-04-07' },
  ],
  [
    'R1.21',
    'The last day is 29 February of a leap year',
    { complaintMadeOn: '2023-11-06', reviewRightsNotifiedOn: '2024-02-01', receivedOn: '2024-02-29' },
  ],
  [
    'R1.27',
    'The letter of 1 April lacked the review rights, a corrected one came on 14 April',
    { letterDatedOn: '2025-04-01', reviewRightsNotifiedOn: '2025-04-14', receivedOn: '2025-05-12' },
  ],
  [
    'R1.20',
    'No review-rights information was ever given, received a year later',
    { reviewRightsNotifiedOn: null, receivedOn: '2026-04-25' },
  ],
];

const TRANSIT: readonly Example[] = [
  [
    'R1.24',
    'With another body from 25 April to 12 May 2025',
    { receivedByWrongBodyOn: '2025-04-25', forwardedOn: '2025-05-12', receivedOn: '2025-05-12' },
  ],
  [
    'R1.24',
    'First received by the other body on 30 April, a day after the last',
    { receivedByWrongBodyOn: '2025-04-30', forwardedOn: '2025-05-12', receivedOn: '2025-05-12' },
  ],
  [
    'R1.43',
    'Sent to the force on 25 April, which passed it on on 6 May',
    { sentToForceOn: '2025-04-25', receivedOn: '2025-05-06' },
  ],
];

const VERSIONS: readonly Example[] = [
  ['R1.6', 'Complaint of 31 January 2020', { complaintMadeOn: '2020-01-31' }],
  ['R1.6', 'Complaint of 1 February 2020', { complaintMadeOn: '2020-02-01' }],
  [
    'R1.6',
    'Complaint of March 2020 about a matter of January 2020 that was still being handled',
    { complaintMadeOn: '2020-03-02', relatesToEarlierMatterBefore: '2020-01-15' },
  ],
  ['R1.7', 'Complaint of 27 May 2025', { complaintMadeOn: '2025-05-27', ...of2025() }],
  ['R1.7', 'Complaint of 28 May 2025', { complaintMadeOn: '2025-05-28', ...of2025() }],
  [
    'R1.7',
    'Complaint of June 2025 about a matter of May 2025 that was still being handled',
    { complaintMadeOn: '2025-06-02', relatesToEarlierMatterBefore: '2025-05-01', ...of2025() },
  ],
];

const TOGETHER: readonly Example[] = [
  ['R1.10', 'Neither the force nor the day of the complaint is stated', { force: null, complaintMadeOn: null }],
  [
    'R1.40',
    'For the IOPC, and late: forwarded, because the IOPC decides on the time too',
    { bodyTests: { ...VALID_EXAMPLE.bodyTests, anyPart: 'yes' }, receivedOn: '2025-05-06' },
  ],
  [
    'R1.3',
    'Outside Schedule 3, for the IOPC, late, and by somebody who may not apply',
    {
      recordedUnderSchedule3: false,
      applicant: 'other',
      receivedOn: '2025-05-06',
      bodyTests: { ...VALID_EXAMPLE.bodyTests, referredOrMustBe: 'unknown' },
    },
  ],
];

/** The engine asked about every example: so that the rules can be checked without reading code. */
export function reviewDecisionTable(settings: EligibilitySettings = {}): DecisionTable {
  const worked = ([rule, title, changes]: Example): WorkedExample => ({
    rule,
    title,
    changes,
    answer: checkEligibility({ ...VALID_EXAMPLE, ...changes }, settings),
  });
  return {
    validities: [
      ...VALIDITY_TESTS.map(({ validity, rule, condition, consequence }): DecisionRow => ({
        ...worked([rule, condition, OBSTACLE_EXAMPLES[validity]]),
        validity,
        condition,
        consequence,
      })),
      {
        ...worked(['R1.2', 'Nothing of the above applies.', {}]),
        validity: 'valid',
        condition: 'Nothing of the above applies.',
        consequence: 'Notify the force and everybody concerned, ask for the papers, and review.',
      },
    ],
    dates: DATES.map(worked),
    transit: TRANSIT.map(worked),
    bodies: [
      worked(['R1.32', 'All seven tests are no', {}]),
      ...BODY_TESTS.flatMap((test) => [worked(bodyExample(test, 'yes')), worked(bodyExample(test, 'unknown'))]),
    ],
    versions: VERSIONS.map(worked),
    together: TOGETHER.map(worked),
  };
}

function bodyExample(test: BodyTest, answer: 'yes' | 'unknown'): Example {
  const words = `Test ${bodyTestNumber(test)} ${answer}: ${BODY_TEST_WORDS[test]}`;
  const rule = test === 'anyPart' ? 'R1.33' : 'R1.32';
  return [rule, words, { bodyTests: { ...VALID_EXAMPLE.bodyTests, [test]: answer } }];
}

function of2025(): Partial<EligibilityFacts> {
  return { reviewRightsNotifiedOn: '2025-08-04', receivedOn: '2025-08-20' };
}
