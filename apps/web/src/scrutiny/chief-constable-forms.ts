import {
  CONDUCT_OF,
  HANDLING_ROUTES,
  OUTCOMES,
  RECORDING_DECISIONS,
  REFERRAL_DECISIONS,
  type ChiefConstableAct,
  type ScrutinyChoices,
} from '@app/scrutiny';
import type { Fields } from '../case/form-fields';
import { orNull, type FormField } from './scrutiny-form';
import { choicesOf } from './scrutiny-words';

export interface ChiefConstableStepForm {
  readonly title: string;
  readonly button: string;
  readonly intro?: string;
  readonly notice: string;
  readonly fields: (criteria: ScrutinyChoices['referralCriteria']) => readonly FormField[];
  readonly act: (values: Fields, criteria: ScrutinyChoices['referralCriteria']) => ChiefConstableAct;
}

const ON: FormField = { kind: 'day', name: 'on', label: 'Day' };
const REASONS: FormField = { kind: 'long', name: 'reasons', label: 'Reasons' };
const ANSWERS = [
  { value: 'yes', text: 'Yes' },
  { value: 'no', text: 'No' },
  { value: 'unknown', text: 'Cannot be excluded' },
];

function chosen(values: Fields, key: string): 'yes' | 'no' | 'unknown' | undefined {
  const answer = values[`criteria-${key}`];
  return answer === 'yes' || answer === 'no' || answer === 'unknown' ? answer : undefined;
}

/** The steps of a complaint about the chief constable, by the end of their address. */
export const CHIEF_CONSTABLE_STEPS: Readonly<Record<string, ChiefConstableStepForm>> = {
  assess: {
    title: 'Whose acts is the complaint about?',
    intro:
      'The office deals only with what the chief constable did in person. Acts of officers under command are the professional standards department’s.',
    button: 'Save',
    notice: 'saved',
    fields: () => [
      { kind: 'radios', name: 'conduct', label: 'It is about', items: choicesOf(CONDUCT_OF) },
      ON,
      REASONS,
    ],
    act: ({ conduct = '' }) => ({ what: 'assess', conduct }),
  },
  recording: {
    title: 'Decide on recording',
    button: 'Save the decision',
    notice: 'saved',
    fields: () => [
      { kind: 'radios', name: 'decision', label: 'Decision', items: choicesOf(RECORDING_DECISIONS) },
      ON,
      REASONS,
    ],
    act: ({ decision = '' }) => ({ what: 'decide-recording', decision }),
  },
  referral: {
    title: 'The test for referral to the IOPC',
    intro: 'What cannot be excluded from the complaint alone counts as met.',
    button: 'Save the test',
    notice: 'saved',
    fields: (criteria) => [
      ...criteria.map(({ key, text }): FormField => ({
        kind: 'radios',
        name: `criteria-${key}`,
        label: text,
        items: ANSWERS,
      })),
      { kind: 'radios', name: 'decision', label: 'Decision', items: choicesOf(REFERRAL_DECISIONS) },
      { kind: 'day', name: 'sentOn', label: 'When it was sent to the IOPC', hint: 'Empty where it is not referred.' },
      ON,
      REASONS,
    ],
    act: (values, criteria) => ({
      what: 'test-referral',
      criteria: Object.fromEntries(
        criteria.flatMap(({ key }) => {
          const answer = chosen(values, key);
          return answer === undefined ? [] : [[key, answer]];
        }),
      ),
      decision: values.decision ?? '',
      sentOn: orNull(values.sentOn),
    }),
  },
  route: {
    title: 'Choose how it is handled',
    button: 'Save',
    notice: 'saved',
    fields: () => [
      { kind: 'radios', name: 'route', label: 'It is handled by', items: choicesOf(HANDLING_ROUTES) },
      ON,
      REASONS,
    ],
    act: ({ route = '' }) => ({ what: 'choose-route', route }),
  },
  update: {
    title: 'Update to the complainant',
    intro: 'The next update is counted from this day.',
    button: 'Record the update',
    notice: 'update-recorded',
    fields: () => [ON, { ...REASONS, label: 'What the complainant was told' }],
    act: () => ({ what: 'give-update' }),
  },
  outcome: {
    title: 'Record the outcome',
    intro:
      'The right of review lies with the IOPC. Its 28 days run only from the day on which the complainant was told of it.',
    button: 'Record the outcome',
    notice: 'saved',
    fields: () => [
      { kind: 'radios', name: 'outcome', label: 'Outcome', items: choicesOf(OUTCOMES) },
      ON,
      {
        kind: 'day',
        name: 'reviewRightsOn',
        label: 'When review-rights information was given',
        hint: 'Needed where the complaint is recorded.',
      },
      REASONS,
    ],
    act: ({ outcome = '', reviewRightsOn }) => ({
      what: 'record-outcome',
      outcome,
      reviewRightsOn: orNull(reviewRightsOn),
    }),
  },
};
