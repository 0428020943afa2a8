import { reasonField } from '../case/case-action-forms';
import { FINDINGS, OUTCOMES, type AllegationView, type Finding, type Outcome, type TestNote } from '@app/reviews';
import type { Fields } from '../case/form-fields';
import { rowsOf, type ReviewField, type RowsField } from './form-field';
import { LONGEST_TEXT, saidOrNull, type ReviewForm, type ReviewFormContext } from './review-form';
import { FINDING_WORDS, OUTCOME_WORDS } from './review-words';

/** Steps of a claim for judicial review, which happens outside; codes, as they stand in the history. */
export const JUDICIAL_REVIEW_STEPS: Readonly<Record<string, string>> = {
  'letter-before-claim': 'Letter before a claim',
  'claim-issued': 'Claim issued',
  'permission-granted': 'Permission granted',
  'permission-refused': 'Permission refused',
  'decision-quashed': 'Decision quashed',
  'claim-dismissed': 'Claim dismissed',
  'claim-settled': 'Claim settled or withdrawn',
};

/** From the allegations to the decision and what comes after it. By the last part of the page's address. */
export const DECIDING_FORMS: Readonly<Record<string, ReviewForm>> = {
  'add-allegation': {
    action: 'add-allegation',
    title: 'Add an allegation',
    button: 'Add the allegation',
    part: 'findings',
    notice: 'review-allegation-added',
    intro: () => 'One separable concern at a time: each gets a finding of its own (R1.61).',
    fields: ({ view }) => [
      {
        name: 'category',
        label: 'Category',
        kind: 'select',
        items: [
          { value: '', text: 'Choose a category' },
          ...view.allegationCategories.map(({ key, name }) => ({ value: key, text: name })),
        ],
        required: 'Choose a category',
      },
      {
        name: 'text',
        label: 'What the complainant says happened',
        kind: 'long',
        hint: 'As the decision letters will say it',
        required: 'Say what the allegation is',
        longest: LONGEST_TEXT,
      },
    ],
    act: ({ category = '', text = '' }) => ({ do: 'add-allegation', category, text }),
  },
  'record-finding': {
    action: 'record-finding',
    title: 'Record a finding',
    button: 'Record the finding',
    part: 'findings',
    notice: 'review-finding-recorded',
    intro: (context) => {
      const allegation = allegationOf(context.asked, context);
      return allegation === null ? 'No allegation is recorded yet.' : `${allegation.category}: “${allegation.text}”`;
    },
    fields: (context) => {
      const allegation = allegationOf(context.asked, context);
      return [
        { name: 'allegation', label: 'Allegation', kind: 'hidden', value: allegation?.id ?? '' },
        {
          name: 'finding',
          label: 'Was the outcome, and how it was reached, reasonable and proportionate?',
          hint: 'It says nothing of what an officer did wrong (R1.60)',
          kind: 'radios',
          items: FINDINGS.map((finding) => ({ value: finding, text: FINDING_WORDS[finding] })),
          value: allegation?.finding ?? '',
          required: 'Choose what you find',
        },
        {
          name: 'reasons',
          label: 'Why',
          kind: 'long',
          hint: 'What the force did and found about it, and why that was or was not reasonable. The decision letters say it in these words.',
          value: allegation?.reasons ?? '',
          required: 'Give your reasons',
          longest: LONGEST_TEXT,
        },
        evidenceRows(context, allegation),
      ];
    },
    act: (values, context) => ({
      do: 'record-finding',
      allegation: values.allegation ?? '',
      finding: (values.finding ?? '') as Finding,
      reasons: values.reasons ?? '',
      evidence: rowsOf(evidenceRows(context, null), values).map(({ paper = '', page }) => ({
        paper,
        page: saidOrNull(page),
      })),
    }),
  },
  'note-test': {
    action: 'note-test',
    title: 'The reasonable and proportionate test',
    button: 'Keep the note',
    part: 'findings',
    notice: 'review-test-noted',
    intro: () =>
      'Reasonable and proportionate is what is appropriate in the circumstances, taking account of the facts and context and of the law and guidance (R1.60).',
    fields: ({ view: { test } }) => [
      long('complaint', 'What the complainant said had happened, and wanted', 'Say what the complaint was', test),
      long('handling', 'What the force did about it, and what it found', 'Say how it was handled', test),
      long('lawAndGuidance', 'The law and guidance that apply', 'Name the law and guidance that apply', test),
      long('conclusion', 'Why it was, or was not, reasonable and proportionate', 'Give your conclusion', test),
    ],
    act: ({ complaint = '', handling = '', lawAndGuidance = '', conclusion = '' }) => ({
      do: 'note-test',
      note: { complaint, handling, lawAndGuidance, conclusion },
    }),
  },
  'submit-for-quality-check': {
    action: 'submit-for-quality-check',
    title: 'Hand in for the quality check',
    button: 'Hand in',
    part: 'decision',
    notice: 'review-submitted',
    shows: 'findings',
    intro: () => 'A second person reads it before it is decided.',
    fields: (context) => [
      {
        name: 'outcome',
        label: 'Outcome',
        kind: 'radios',
        items: OUTCOMES.map((outcome) => ({ value: outcome, text: OUTCOME_WORDS[outcome] })),
        value: suggestedOutcome(context.view.allegations),
        hint: 'Upheld when any finding says that it was not reasonable and proportionate',
        required: 'Choose the outcome',
      },
      observationRows(context),
    ],
    act: (values, context) => ({
      do: 'submit-for-quality-check',
      outcome: (values.outcome ?? '') as Outcome,
      observations: rowsOf(observationRows(context), values).map(({ text = '' }) => text),
    }),
  },
  decide: {
    action: 'decide',
    title: 'Make the decision',
    button: 'Make the decision',
    part: 'decision',
    notice: 'review-decided',
    shows: 'findings',
    intro: ({ view: { delegation } }) =>
      delegation === null
        ? 'No instrument of delegation is recorded for this office: the commissioner decides.'
        : `You decide by delegation: ${delegation.instrument}. Decided by: ${delegation.decidedBy}.`,
    fields: () => [],
    act: () => ({ do: 'decide' }),
  },
  'record-judicial-review': {
    action: 'record-judicial-review',
    title: 'Record a step of judicial review',
    button: 'Record it',
    part: 'decision',
    notice: 'review-judicial-review',
    intro: () => 'The only challenge to a decision. It happens in court and is recorded here.',
    fields: ({ today }) => [
      {
        name: 'step',
        label: 'What happened?',
        kind: 'radios',
        items: Object.entries(JUDICIAL_REVIEW_STEPS).map(([value, text]) => ({ value, text })),
        required: 'Choose what happened',
      },
      { name: 'on', label: 'When?', kind: 'day', value: today, required: 'Enter the day' },
      { name: 'reason', label: 'More about it', kind: 'long', longest: LONGEST_TEXT },
    ],
    act: ({ step = '', on = '', reason }) => ({ do: 'record-judicial-review', step, on, reason: saidOrNull(reason) }),
  },
  close: {
    action: 'close',
    title: 'Close the review',
    button: 'Close the review',
    part: '',
    notice: 'review-closed',
    intro: () => 'The case is closed with it.',
    fields: () => [],
    act: () => ({ do: 'close' }),
  },
};

/** The second person's; behind a permission of their own. */
export const CHECKING_FORMS: Readonly<Record<string, ReviewForm>> = {
  'pass-quality-check': {
    action: 'pass-quality-check',
    title: 'Check the quality',
    button: 'It is sound: pass it',
    part: 'decision',
    notice: 'review-check-passed',
    shows: 'findings',
    intro: () => 'You say that the findings are reasoned, rest on the papers and agree with the outcome.',
    fields: () => [],
    act: () => ({ do: 'pass-quality-check' }),
  },
  'send-back': {
    action: 'send-back',
    title: 'Send it back to the reviewer',
    button: 'Send it back',
    part: 'decision',
    notice: 'review-sent-back',
    fields: () => [reasonField('What should be changed?', 'Say what should be changed')],
    act: ({ reason = '' }) => ({ do: 'send-back', reason }),
  },
};

const long = (name: keyof TestNote, label: string, required: string, test: TestNote | null): ReviewField => ({
  name,
  label,
  kind: 'long',
  value: test?.[name] ?? '',
  required,
  longest: LONGEST_TEXT,
});

/** The allegation that was asked for, else the first without a finding, else the first. */
function allegationOf({ allegation: id }: Fields, { view: { allegations } }: ReviewFormContext): AllegationView | null {
  return (
    allegations.find((each) => each.id === id) ??
    allegations.find(({ finding }) => finding === null) ??
    allegations[0] ??
    null
  );
}

function evidenceRows({ view: { papers } }: ReviewFormContext, allegation: AllegationView | null): RowsField {
  const items = papers.map(({ paper, name }) => ({ value: paper, text: name }));
  return {
    name: 'evidence',
    label: 'Where it can be seen in the papers',
    kind: 'rows',
    one: 'Evidence',
    columns: [
      { name: 'paper', label: 'Paper', kind: 'select', items: [{ value: '', text: 'Choose a paper' }, ...items] },
      { name: 'page', label: 'Page', kind: 'text' },
    ],
    rows: (allegation?.evidence ?? []).map(({ paper, page }) => ({ paper, page: page ?? '' })),
  };
}

function observationRows({ view: { observations } }: ReviewFormContext): RowsField {
  return {
    name: 'observations',
    label: 'Feedback to the force',
    hint: 'Whatever the outcome is (R1.62). Needed for “not upheld, with feedback”.',
    kind: 'rows',
    one: 'Observation',
    columns: [{ name: 'text', label: 'Observation', kind: 'long' }],
    rows: observations.map((text) => ({ text })),
  };
}

function suggestedOutcome(allegations: readonly AllegationView[]): Outcome {
  return allegations.some(({ finding }) => finding === 'not-reasonable-and-proportionate') ? 'upheld' : 'not-upheld';
}
