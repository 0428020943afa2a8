import { EQUALITY_QUESTIONS, type EqualityQuestion } from '@app/reviews';

/** Answers of the form by the name of their field, as typed. */
export type ReviewAnswers = Readonly<Record<string, string>>;

export type ReviewField =
  | {
      readonly kind: 'radios';
      readonly name: string;
      readonly options: readonly string[];
      readonly isOptional?: boolean;
    }
  | { readonly kind: 'boxes'; readonly name: string; readonly options: readonly string[] }
  | { readonly kind: 'day'; readonly name: string; readonly isOptional?: boolean }
  | {
      readonly kind: 'text';
      readonly name: string;
      readonly most: number;
      readonly autocomplete?: string;
      readonly isOptional?: boolean;
    }
  | {
      readonly kind: 'long';
      readonly name: string;
      readonly most: number;
      readonly rows: number;
      readonly isOptional?: boolean;
    };

/** What of the answers and their test decides which pages come. */
export interface ReviewCircumstances {
  readonly answers: ReviewAnswers;
  /** Later than the 28 days, as far as the answers say. */
  readonly isLate: boolean;
}

export interface ReviewStep {
  readonly step: string;
  readonly fields: readonly ReviewField[];
  /** Without it: always. */
  readonly isAsked?: (circumstances: ReviewCircumstances) => boolean;
  /** Pages of their own: neither of these is made from its fields. */
  readonly page?: 'files' | 'result' | 'contact';
}

export const LATE_REASONS = ['health', 'misled', 'letter-late', 'sent-elsewhere', 'not-told', 'another'] as const;
const LONGEST_TEXT = 20_000;
const hasLetter = ({ answers }: ReviewCircumstances): boolean => answers.outcome === 'yes';

/** The pages of the application in their order: first what the law asks, then what the review is about. */
export const REVIEW_STEPS: readonly ReviewStep[] = [
  // The offices are added from the configuration.
  { step: 'force', fields: [{ kind: 'radios', name: 'force', options: [] }] },
  {
    step: 'other-force',
    fields: [
      { kind: 'text', name: 'otherForce', most: 100 },
      { kind: 'radios', name: 'office', options: [] },
    ],
    isAsked: ({ answers }) => answers.force === 'other',
  },
  { step: 'who', fields: [{ kind: 'radios', name: 'who', options: ['complainant', 'representative', 'other'] }] },
  {
    step: 'consent',
    fields: [{ kind: 'radios', name: 'consent', options: ['yes', 'no'] }],
    isAsked: ({ answers }) => answers.who === 'representative',
    page: 'files',
  },
  { step: 'outcome', fields: [{ kind: 'radios', name: 'outcome', options: ['yes', 'no'] }] },
  { step: 'recorded', fields: [{ kind: 'radios', name: 'recorded', options: ['yes', 'no', 'unsure'] }] },
  {
    step: 'handling',
    fields: [
      {
        kind: 'radios',
        name: 'handling',
        options: ['otherwise', 'authority', 'iopc-directed', 'iopc-independent', 'unsure'],
      },
    ],
  },
  { step: 'letter', fields: [{ kind: 'day', name: 'letterOn' }], isAsked: hasLetter },
  {
    step: 'rights',
    fields: [
      { kind: 'radios', name: 'told', options: ['letter', 'later', 'never'] },
      { kind: 'day', name: 'toldOn', isOptional: true },
    ],
    isAsked: hasLetter,
  },
  {
    step: 'body',
    fields: [{ kind: 'radios', name: 'named', options: ['office', 'iopc', 'other', 'unsure'] }],
    isAsked: hasLetter,
  },
  { step: 'made', fields: [{ kind: 'day', name: 'madeOn', isOptional: true }] },
  {
    step: 'sent',
    fields: [
      { kind: 'radios', name: 'sentTo', options: ['no', 'force', 'iopc', 'commissioner'] },
      { kind: 'day', name: 'sentOn', isOptional: true },
    ],
  },
  {
    step: 'late',
    fields: [
      { kind: 'boxes', name: 'lateReasons', options: LATE_REASONS },
      { kind: 'long', name: 'lateBecause', most: 5000, rows: 6, isOptional: true },
    ],
    isAsked: ({ isLate }) => isLate,
  },
  { step: 'result', fields: [], page: 'result' },
  { step: 'complaint', fields: [{ kind: 'long', name: 'complaint', most: LONGEST_TEXT, rows: 8 }] },
  { step: 'grounds', fields: [{ kind: 'long', name: 'grounds', most: LONGEST_TEXT, rows: 8, isOptional: true }] },
  { step: 'wanted', fields: [{ kind: 'long', name: 'wanted', most: 5000, rows: 5, isOptional: true }] },
  { step: 'files', fields: [], page: 'files' },
  {
    step: 'complainant',
    fields: [{ kind: 'text', name: 'complainantName', most: 200 }],
    isAsked: ({ answers }) => answers.who === 'representative',
  },
  { step: 'reply', fields: [], page: 'contact' },
  { step: 'details', fields: [], page: 'contact' },
  { step: 'adjustments', fields: [], page: 'contact' },
  { step: 'safe', fields: [{ kind: 'long', name: 'safeContact', most: 1000, rows: 4, isOptional: true }] },
  {
    step: 'equality',
    fields: Object.keys(EQUALITY_QUESTIONS).map((question) => ({
      kind: 'radios',
      name: `equality-${question}`,
      options: [...EQUALITY_QUESTIONS[question as EqualityQuestion], 'no-answer'],
      isOptional: true,
    })),
  },
];

export function reviewStep(name: string): ReviewStep | null {
  return REVIEW_STEPS.find(({ step }) => step === name) ?? null;
}

/** The pages that this applicant is asked. */
export function stepsAsked(circumstances: ReviewCircumstances): readonly ReviewStep[] {
  return REVIEW_STEPS.filter(({ isAsked }) => isAsked?.(circumstances) ?? true);
}

/** The pages that are done once this one is: whoever changes what the law asks sees again what it says. */
export function doneAfter(done: readonly string[], name: string): readonly string[] {
  const at = REVIEW_STEPS.findIndex(({ step }) => step === name);
  const result = REVIEW_STEPS.findIndex(({ page }) => page === 'result');
  const kept = at < result ? done.filter((each) => each !== 'result') : done;
  return [...new Set([...kept, name])];
}
