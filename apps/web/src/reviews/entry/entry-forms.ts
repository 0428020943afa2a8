import {
  APPLICANTS,
  BODY_TESTS,
  BODY_TEST_WORDS,
  HANDLINGS,
  INVESTIGATORS,
  NO_PARTICULARS,
  type ApplicantRole,
  type BodyTest,
  type BodyTestAnswer,
  type Handling,
  type Investigator,
  type Particulars,
  type ReviewView,
  type Validity,
} from '@app/reviews';
import type { Choice } from '../../case/case-action-forms';
import type { Fields } from '../../case/form-fields';
import { officeInWords } from '../../worklist/worklist-choices';
import type { ReviewField } from '../form-field';
import type { ReviewForm } from '../review-form';
import { HANDLING_WORDS, validityInWords } from '../review-words';

type EntryAction = 'record-particulars' | 'extend-time' | 'decide-validity' | 'return-to-correspondence';

const FORCES = ['west-mercia', 'west-midlands', 'warwickshire', 'staffordshire'];
const UNKNOWN: Choice = { value: '', text: 'Not known' };
const YES_NO: readonly Choice[] = [UNKNOWN, { value: 'yes', text: 'Yes' }, { value: 'no', text: 'No' }];
const TESTS: readonly Choice[] = [
  { value: 'no', text: 'No' },
  { value: 'yes', text: 'Yes' },
  { value: 'unknown', text: 'Not known: counts as yes' },
];
const INVESTIGATOR_WORDS: Readonly<Record<Investigator, string>> = {
  authority: 'The force itself',
  'iopc-directed': 'The force, directed by the IOPC',
  'iopc-independent': 'The IOPC',
};
const APPLICANT_WORDS: Readonly<Record<ApplicantRole, string>> = {
  complainant: 'The complainant',
  representative: 'Somebody who acts for the complainant',
  other: 'Somebody else',
};
/** What a person can decide; the others follow from the law's tests alone. */
const DECIDABLE: readonly Validity[] = ['valid', 'insufficient-information'];

/** The forms of an application: what it states, and whether it is dealt with on its merits. */
export const ENTRY_FORMS: Readonly<Record<EntryAction, ReviewForm>> = {
  'record-particulars': {
    action: 'record-particulars',
    title: 'What the application states',
    button: 'Save and test it against the law',
    part: 'eligibility',
    notice: 'review-particulars',
    intro: () =>
      'Leave what you do not know: it is taken in favour of the applicant, and you can go on without it (R1.10).',
    fields: ({ view }) => particularsFields(view),
    act: (values) => ({ do: 'record-particulars', particulars: particularsOf(values) }),
  },
  'extend-time': {
    action: 'extend-time',
    title: 'Extend the time for special circumstances',
    button: 'Extend the time',
    part: 'eligibility',
    notice: 'review-time-extended',
    intro: () =>
      'The 28 days may be extended where the special circumstances of the case make it just (R1.25). Weigh how late it ' +
      'is and why, illness or vulnerability, a late or misleading outcome letter, a wrong body named in it, and how ' +
      'serious the matter is (R1.26). You are recorded as the one who decided.',
    fields: () => [
      {
        name: 'reason',
        label: 'What are the special circumstances, and why is it just?',
        kind: 'long',
        longest: 5000,
        required: 'Say what the special circumstances are',
      },
    ],
    act: ({ reason = '' }) => ({ do: 'extend-time', reason }),
  },
  'decide-validity': {
    action: 'decide-validity',
    title: 'Decide whether it is valid',
    button: 'Decide',
    part: 'eligibility',
    notice: 'review-validity-decided',
    intro: ({ view }) => inWordsOf(view),
    fields: ({ view }) => [
      {
        name: 'validity',
        label: 'The application is',
        kind: 'radios',
        items: decisionsOf(view).map((each) => ({ value: each, text: validityInWords(each) })),
        required: 'Choose what it is',
      },
      {
        name: 'reason',
        label: 'Why',
        kind: 'long',
        longest: 5000,
        hint: 'Needed where you go on although something is missing, or where something is missing',
      },
    ],
    act: ({ validity = '', reason = '' }) => ({
      do: 'decide-validity',
      validity: validity as Validity,
      reason: reason.trim() === '' ? null : reason,
    }),
  },
  'return-to-correspondence': {
    action: 'return-to-correspondence',
    title: 'It is no application for a review',
    button: 'Go on with it as an ordinary case',
    part: '',
    notice: 'review-returned',
    intro: () => 'It goes on as an ordinary case. Its clocks still count from its first receipt.',
    fields: ({ choices }) => [
      {
        name: 'category',
        label: 'What is it?',
        kind: 'select',
        items: [
          { value: '', text: 'Choose a category' },
          ...choices.categories.map(({ key, name }) => ({ value: key, text: name })),
        ],
        required: 'Choose what it is',
      },
      { name: 'reason', label: 'Why?', kind: 'long', longest: 2000, required: 'Say why it is no application' },
    ],
    act: ({ category = '', reason = '' }) => ({ do: 'return-to-correspondence', category, reason }),
  },
};

/** The decisions that the law's tests and the discretions leave. Another body's is forwarded, not decided. */
function decisionsOf({ eligibility }: ReviewView): Validity[] {
  const found = (eligibility?.obstacles ?? []).filter((each) => each !== 'wrong-body');
  return [...new Set([...DECIDABLE, ...found])];
}

function inWordsOf({ eligibility }: ReviewView): string {
  if (eligibility === null) return 'The particulars contradict each other: put them right first.';
  return `The law’s tests say: ${validityInWords(eligibility.validity)}.`;
}

function particularsFields({ state }: ReviewView): ReviewField[] {
  const { particulars: p } = state;
  const day = (name: keyof Particulars & string, label: string, hint?: string): ReviewField => ({
    name,
    label,
    kind: 'day',
    value: (p[name] as string | null) ?? '',
    ...(hint === undefined ? {} : { hint }),
  });
  const choice = (
    name: keyof Particulars & string,
    label: string,
    items: readonly Choice[],
    hint?: string,
  ): ReviewField => ({
    name,
    label,
    kind: 'select',
    items,
    value: typeof p[name] === 'boolean' ? (p[name] ? 'yes' : 'no') : ((p[name] as string | null) ?? ''),
    ...(hint === undefined ? {} : { hint }),
  });
  return [
    {
      name: 'force',
      label: 'Whose decision is challenged?',
      kind: 'select',
      items: [
        UNKNOWN,
        ...FORCES.map((each) => ({ value: each, text: `${officeInWords(each)} Police` })),
        { value: 'another-force', text: 'Another force' },
      ],
      value: p.force ?? '',
    },
    {
      name: 'forceReference',
      label: 'The force’s number of the complaint',
      kind: 'text',
      longest: 80,
      value: p.forceReference ?? '',
    },
    day('complaintMadeOn', 'When was the complaint made?'),
    choice('applicant', 'Who applies? (R1.1)', [
      UNKNOWN,
      ...APPLICANTS.map((each) => ({ value: each, text: APPLICANT_WORDS[each] })),
    ]),
    choice('writtenConsent', 'If somebody acts for the complainant: have we their written consent?', YES_NO),
    choice('recordedUnderSchedule3', 'Was the complaint recorded under Schedule 3? (R1.2)', YES_NO),
    choice('handling', 'How was it handled?', [
      UNKNOWN,
      ...HANDLINGS.map((each) => ({ value: each, text: HANDLING_WORDS[each] ?? each })),
    ]),
    choice('investigationBy', 'If it was investigated: by whom? (R1.4)', [
      UNKNOWN,
      ...INVESTIGATORS.map((each) => ({ value: each, text: INVESTIGATOR_WORDS[each] })),
    ]),
    choice('finalised', 'Has the force finished and written to the complainant? (R1.8)', YES_NO),
    day('letterDatedOn', 'The date on the outcome letter'),
    day(
      'reviewRightsNotifiedOn',
      'When was the information on the right to a review given?',
      'The 28 days count from the day after it (R1.20). Leave empty if it was never given: then no time runs.',
    ),
    day(
      'receivedByWrongBodyOn',
      'If another review body had it first: when did it get it?',
      'The IOPC or another commissioner (R1.24, R1.41)',
    ),
    day('forwardedOn', 'When did that body send it on to us?'),
    day('sentToForceOn', 'If it was sent to the force instead of a review body: when? (R1.43)'),
    day(
      'relatesToEarlierMatterBefore',
      'If it is about an earlier matter that was still being handled: the date of that (R1.6, R1.7)',
    ),
    choice('acceleratedProcedure', 'Did the investigator report early under the accelerated procedure? (R1.5)', YES_NO),
    ...BODY_TESTS.map((test, index): ReviewField => ({
      name: test,
      label: `Test ${String(index + 1)} of 7 (R1.30): ${BODY_TEST_WORDS[test]}`,
      kind: 'select',
      items: TESTS,
      value: p.bodyTests[test],
    })),
  ];
}

/** The particulars that a form states; what is left empty is not known. */
export function particularsOf(values: Fields): Particulars {
  const text = (name: string): string | null => values[name]?.trim() || null;
  const yesNo = (name: string): boolean | null =>
    values[name] === 'yes' ? true : values[name] === 'no' ? false : null;
  const tests = BODY_TESTS.map((test): [BodyTest, BodyTestAnswer] => [test, answerOf(values[test])]);
  return {
    ...NO_PARTICULARS,
    force: text('force'),
    forceReference: text('forceReference'),
    complaintMadeOn: text('complaintMadeOn'),
    recordedUnderSchedule3: yesNo('recordedUnderSchedule3'),
    handling: oneOf<Handling>(HANDLINGS, values.handling),
    investigationBy: oneOf<Investigator>(INVESTIGATORS, values.investigationBy),
    finalised: yesNo('finalised'),
    letterDatedOn: text('letterDatedOn'),
    reviewRightsNotifiedOn: text('reviewRightsNotifiedOn'),
    receivedByWrongBodyOn: text('receivedByWrongBodyOn'),
    forwardedOn: text('forwardedOn'),
    sentToForceOn: text('sentToForceOn'),
    applicant: oneOf<ApplicantRole>(APPLICANTS, values.applicant),
    writtenConsent: yesNo('writtenConsent'),
    bodyTests: Object.fromEntries(tests) as Particulars['bodyTests'],
    relatesToEarlierMatterBefore: text('relatesToEarlierMatterBefore'),
    acceleratedProcedure: yesNo('acceleratedProcedure'),
  };
}

function answerOf(value: string | undefined): BodyTestAnswer {
  return value === 'yes' || value === 'no' ? value : 'unknown';
}

function oneOf<T extends string>(values: readonly T[], value: string | undefined): T | null {
  return values.find((each) => each === value) ?? null;
}
