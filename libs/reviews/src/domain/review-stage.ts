/** How far a review has come (domain rules 1.13). A pause stops the clocks at any stage and is kept beside it. */
export const REVIEW_STAGES = [
  'received',
  'valid',
  'papers-requested',
  'papers-received',
  'in-review',
  'quality-check',
  'checked',
  'decided',
  'issued',
  'closed',
  'invalid',
  'forwarded',
  'withdrawn',
  'returned',
] as const;
export type ReviewStage = (typeof REVIEW_STAGES)[number];

/** What people do with a review: the actions of the API, by name. */
export const REVIEW_ACTIONS = [
  'record-particulars',
  'extend-time',
  'decide-validity',
  'forward',
  'reconsider',
  'return-to-correspondence',
  'assign-reviewer',
  'declare-independence',
  'add-party',
  'notify-parties',
  'request-papers',
  'chase-papers',
  'record-papers',
  'pause',
  'resume',
  'add-allegation',
  'record-finding',
  'note-test',
  'submit-for-quality-check',
  'pass-quality-check',
  'send-back',
  'decide',
  'issue-decision',
  'withdraw',
  'record-judicial-review',
  'close',
] as const;
export type ReviewAction = (typeof REVIEW_ACTIONS)[number];

const ALWAYS: readonly ReviewAction[] = ['assign-reviewer', 'declare-independence', 'add-party'];
const CLOCKS: readonly ReviewAction[] = ['pause', 'resume'];
const HANDLING: readonly ReviewAction[] = [
  ...ALWAYS,
  ...CLOCKS,
  'record-particulars',
  'notify-parties',
  'request-papers',
  'chase-papers',
  'record-papers',
  'add-allegation',
  'note-test',
  'withdraw',
];

/** The one table of allowed actions: rules check it, and what is shown to people is read from it. */
const ALLOWED: Readonly<Record<ReviewStage, readonly ReviewAction[]>> = {
  received: [
    ...ALWAYS,
    ...CLOCKS,
    'record-particulars',
    'notify-parties',
    'extend-time',
    'decide-validity',
    'forward',
    'return-to-correspondence',
    'withdraw',
  ],
  valid: [...HANDLING, 'forward', 'reconsider'],
  'papers-requested': [...HANDLING, 'forward', 'reconsider'],
  'papers-received': [...HANDLING, 'record-finding', 'forward', 'reconsider'],
  'in-review': [...HANDLING, 'record-finding', 'submit-for-quality-check'],
  'quality-check': [...ALWAYS, ...CLOCKS, 'pass-quality-check', 'send-back', 'withdraw'],
  checked: [...ALWAYS, ...CLOCKS, 'decide', 'send-back', 'withdraw'],
  decided: [...ALWAYS, 'issue-decision', 'record-judicial-review'],
  issued: ['record-judicial-review', 'close'],
  closed: ['record-judicial-review'],
  invalid: ['reconsider', 'record-judicial-review', 'close'],
  forwarded: ['reconsider'],
  withdrawn: ['reconsider'],
  returned: ['reconsider'],
};

const ENDED: readonly ReviewStage[] = ['closed', 'invalid', 'forwarded', 'withdrawn', 'returned'];

export function allowedReviewActions(stage: ReviewStage, isPaused: boolean): readonly ReviewAction[] {
  return ALLOWED[stage].filter((action) => (isPaused ? action !== 'pause' : action !== 'resume'));
}

/** Nothing more is waited for. */
export function isReviewEnded(stage: ReviewStage): boolean {
  return ENDED.includes(stage);
}
