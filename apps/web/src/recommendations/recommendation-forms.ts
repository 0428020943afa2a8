import type { Command } from '@nestjs/cqrs';
import { isDay } from '@app/kernel';
import {
  ActOnRecommendation,
  MakeRecommendation,
  NoteLearningFeedback,
  RESPONSES,
  SuggestLearning,
  type RecommendationAct,
  type RecommendationAction,
  type Response,
  type ReviewRecommendations,
} from '@app/reviews';
import type { Fields } from '../case/form-fields';
import { RESPONSE_WORDS } from './recommendation-words';

export interface Choice {
  readonly value: string;
  readonly text: string;
  readonly hint?: { readonly text: string };
}

export interface FormField {
  readonly name: string;
  readonly kind: 'long' | 'day' | 'radios' | 'select';
  readonly label: string;
  readonly hint?: string;
  readonly items?: readonly Choice[];
  /** What is said where nothing was given; none where it may be left out. */
  readonly missing?: string;
}

/** A form of this part: what it asks, and the command that it becomes. */
export interface RecommendationForm {
  readonly title: string;
  readonly button: string;
  readonly intro?: string;
  readonly isWarning?: boolean;
  readonly notice: string;
  readonly fields: (review: ReviewRecommendations) => readonly FormField[];
}

interface ActForm extends RecommendationForm {
  readonly act: (fields: Fields) => RecommendationAct;
}

const reason = (label: string, missing: string, hint?: string): FormField => ({
  name: 'reason',
  kind: 'long',
  label,
  missing,
  ...(hint === undefined ? {} : { hint }),
});

const day = (name: string, label: string, missing?: string, hint?: string): FormField => ({
  ...{ name, kind: 'day', label },
  ...(missing === undefined ? {} : { missing }),
  ...(hint === undefined ? {} : { hint }),
});

export const MAKE_FORM: RecommendationForm = {
  title: 'Make a recommendation',
  button: 'Make the recommendation',
  intro:
    'The force must answer in writing, to you and to the applicant. It does not have to accept what you recommend.',
  notice: 'recommendation-made',
  fields: ({ types, allegations }) => [
    {
      name: 'type',
      kind: 'radios',
      label: 'What do you recommend?',
      hint: 'Only what the law allows for the way in which this complaint was handled.',
      items: types.map(({ key, name, law }) => ({ value: key, text: name, hint: { text: law } })),
      missing: 'Choose what you recommend',
    },
    {
      name: 'allegation',
      kind: 'select',
      label: 'Which allegation is it about?',
      items: [{ value: '', text: 'The complaint as a whole' }, ...allegations.map(toChoice)],
    },
    { name: 'text', kind: 'long', label: 'The recommendation in words', missing: 'Write what you recommend' },
  ],
};

export const SUGGEST_FORM: RecommendationForm = {
  title: 'Suggest learning',
  button: 'Suggest it',
  intro: 'What the force could learn from this review. It does not have to answer.',
  notice: 'learning-suggested',
  fields: ({ themes }) => [
    {
      name: 'theme',
      kind: 'select',
      label: 'Theme',
      items: [{ value: '', text: 'Choose' }, ...themes.map(toChoice)],
      missing: 'Choose a theme',
    },
    { name: 'text', kind: 'long', label: 'What could be learnt?', missing: 'Write what could be learnt' },
  ],
};

export const FEEDBACK_FORM: RecommendationForm = {
  title: 'Note what the force said',
  button: 'Note it',
  notice: 'learning-feedback-noted',
  fields: () => [
    day('on', 'When did it say so?', 'Enter the day'),
    { name: 'text', kind: 'long', label: 'What did it say?', missing: 'Write what the force said' },
  ],
};

export const ACT_FORMS: Readonly<Record<RecommendationAction, ActForm>> = {
  'record-response': {
    title: 'Record the response of the force',
    button: 'Record the response',
    notice: 'response-recorded',
    fields: () => [
      {
        name: 'response',
        kind: 'radios',
        label: 'What does the force say?',
        items: RESPONSES.map((value) => ({ value, text: RESPONSE_WORDS[value] ?? value })),
        missing: 'Choose what the force says',
      },
      day('on', 'When did the response come?', 'Enter the day on which it came'),
      {
        name: 'text',
        kind: 'long',
        label: 'The steps that it will take, or its reasons for not accepting',
        missing: 'Write the steps, or the reasons',
      },
      day('sentToApplicantOn', 'When was it sent to the applicant?', undefined, 'Leave empty if you do not know yet.'),
    ],
    act: ({ response = '', on = '', text = '', sentToApplicantOn = '' }) => ({
      do: 'record-response',
      response: response as Response,
      on,
      text,
      sentToApplicantOn: sentToApplicantOn === '' ? null : sentToApplicantOn,
    }),
  },
  'record-sent-to-applicant': {
    title: 'Record that the applicant has the response',
    button: 'Record it',
    notice: 'response-sent-recorded',
    fields: () => [day('on', 'When was it sent to the applicant?', 'Enter the day on which it was sent')],
    act: ({ on = '' }) => ({ do: 'record-sent-to-applicant', on }),
  },
  extend: {
    title: 'Give more time for the response',
    button: 'Give more time',
    notice: 'response-extended',
    fields: () => [
      day('to', 'New last day for the response', 'Enter the new last day'),
      reason('Why does the force get more time?', 'Say why it gets more time'),
    ],
    act: ({ to = '', reason: why = '' }) => ({ do: 'extend', to, reason: why }),
  },
  chase: {
    title: 'Remind the force of its response',
    button: 'Send the reminder',
    intro: 'A letter goes to the Professional Standards Department by email.',
    notice: 'force-reminded',
    fields: () => [],
    act: () => ({ do: 'chase' }),
  },
  'record-implementation': {
    title: 'Record that it was implemented',
    button: 'Record it',
    notice: 'implementation-recorded',
    fields: () => [
      day('on', 'When was it done?', 'Enter the day on which it was done'),
      {
        name: 'evidence',
        kind: 'long',
        label: 'What shows that it was done?',
        missing: 'Say what shows that it was done',
      },
    ],
    act: ({ on = '', evidence = '' }) => ({ do: 'record-implementation', on, evidence }),
  },
  'record-not-implemented': {
    title: 'Record that it will not be implemented',
    button: 'Record it',
    notice: 'implementation-recorded',
    fields: () => [reason('Why will it not be done?', 'Say why it will not be done')],
    act: ({ reason: why = '' }) => ({ do: 'record-not-implemented', reason: why }),
  },
  withdraw: {
    title: 'Withdraw the recommendation',
    button: 'Withdraw it',
    isWarning: true,
    notice: 'recommendation-withdrawn',
    fields: () => [reason('Why is it withdrawn?', 'Say why it is withdrawn')],
    act: ({ reason: why = '' }) => ({ do: 'withdraw', reason: why }),
  },
};

/** The links to the forms, in the order in which they are shown. */
export const ACT_LABELS: Readonly<Record<RecommendationAction, string>> = {
  'record-response': 'Record the response',
  'record-sent-to-applicant': 'Record that the applicant has it',
  extend: 'Give more time',
  chase: 'Remind the force',
  'record-implementation': 'Record that it was implemented',
  'record-not-implemented': 'Record that it will not be implemented',
  withdraw: 'Withdraw it',
};

export function isAct(action: string): action is RecommendationAction {
  return Object.hasOwn(ACT_FORMS, action);
}

/** What the form itself can see to be wrong: what is missing, and days that are none. */
export function checkForm(fields: readonly FormField[], values: Fields): (readonly [field: string, text: string])[] {
  return fields.flatMap(({ name, kind, missing, items }) => {
    const value = (values[name] ?? '').trim();
    if (value === '') return missing === undefined ? [] : [[name, missing] as const];
    if (kind === 'day' && !isDay(value)) return [[name, 'Enter a real day, for example 24 November 2026'] as const];
    if (items !== undefined && !items.some((item) => item.value === value)) {
      return [[name, missing ?? 'Choose one of the list'] as const];
    }
    return value.length > 20_000 ? [[name, 'It must be 20,000 characters or fewer'] as const] : [];
  });
}

export function makeCommand(reference: string, { type = '', text = '', allegation = '' }: Fields): Command<string> {
  return new MakeRecommendation(reference, { type, text, allegation: allegation === '' ? null : allegation });
}

export function suggestCommand(reference: string, { theme = '', text = '' }: Fields): Command<string> {
  return new SuggestLearning(reference, { theme, text });
}

export function feedbackCommand(reference: string, id: string, { on = '', text = '' }: Fields): Command<string> {
  return new NoteLearningFeedback({ reference, id }, { on, text });
}

export function actCommand(
  action: RecommendationAction,
  target: { readonly reference: string; readonly id: string; readonly ifVersion: number | null },
  fields: Fields,
): Command<string> {
  return new ActOnRecommendation(target, ACT_FORMS[action].act(fields));
}

function toChoice({ key, name }: { readonly key: string; readonly name: string }): Choice {
  return { value: key, text: name.length > 120 ? `${name.slice(0, 119)}…` : name };
}
