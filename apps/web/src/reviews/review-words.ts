import type { Finding, Outcome, PauseReason, ReviewerBlock, ReviewStage } from '@app/reviews';

export interface TagWords {
  readonly text: string;
  readonly classes: string;
}

const STAGES: Readonly<Record<ReviewStage, TagWords>> = {
  received: { text: 'Received', classes: 'govuk-tag--blue' },
  valid: { text: 'Valid', classes: 'govuk-tag--blue' },
  'papers-requested': { text: 'Papers requested', classes: 'govuk-tag--yellow' },
  'papers-received': { text: 'Papers received', classes: 'govuk-tag--teal' },
  'in-review': { text: 'In review', classes: 'govuk-tag--teal' },
  'quality-check': { text: 'Quality check', classes: 'govuk-tag--purple' },
  checked: { text: 'Checked', classes: 'govuk-tag--purple' },
  decided: { text: 'Decided', classes: 'govuk-tag--orange' },
  issued: { text: 'Decision issued', classes: 'govuk-tag--green' },
  closed: { text: 'Closed', classes: 'govuk-tag--grey' },
  invalid: { text: 'Not valid', classes: 'govuk-tag--grey' },
  forwarded: { text: 'Forwarded', classes: 'govuk-tag--grey' },
  withdrawn: { text: 'Withdrawn', classes: 'govuk-tag--grey' },
  returned: { text: 'Back to correspondence', classes: 'govuk-tag--grey' },
};

export function stageTag(stage: ReviewStage): TagWords {
  return STAGES[stage];
}

/** Stages that belong together, for the filter of the queue. */
export const STAGE_GROUPS = {
  application: { text: 'Application: is it valid?', stages: ['received'] },
  papers: { text: 'Waiting for papers', stages: ['valid', 'papers-requested'] },
  review: { text: 'In review', stages: ['papers-received', 'in-review'] },
  check: { text: 'Quality check', stages: ['quality-check'] },
  decision: { text: 'To decide or to issue', stages: ['checked', 'decided'] },
  after: { text: 'After the decision', stages: ['issued'] },
} as const satisfies Record<string, { text: string; stages: readonly ReviewStage[] }>;

export const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  upheld: 'Upheld',
  'not-upheld': 'Not upheld',
  'not-upheld-with-feedback': 'Not upheld, with feedback to the force',
};

export const FINDING_WORDS: Readonly<Record<Finding, string>> = {
  'reasonable-and-proportionate': 'Reasonable and proportionate',
  'not-reasonable-and-proportionate': 'Not reasonable and proportionate',
};

export const PAUSE_WORDS: Readonly<Record<PauseReason, string>> = {
  'waiting-on-force': 'Waiting for the force',
  'waiting-on-applicant': 'Waiting for the applicant',
  'criminal-proceedings': 'Criminal proceedings',
  'civil-proceedings': 'Civil proceedings',
  'judicial-review': 'Judicial review',
};

export const PARTY_WORDS: Readonly<Record<string, string>> = {
  'interested-person': 'Interested person',
  'person-complained-against': 'Person complained against',
};

export const HANDLING_WORDS: Readonly<Record<string, string>> = {
  investigation: 'Investigation',
  'otherwise-than-by-investigation': 'Otherwise than by investigation',
};

const VALIDITY_WORDS: Readonly<Record<string, string>> = {
  valid: 'Valid',
  'out-of-time': 'Out of time',
  'no-right-outside-schedule-3': 'No right of review: handled outside Schedule 3',
  'no-right-iopc-led': 'No right of review: led by the IOPC',
  'not-complainant': 'The applicant is not the complainant',
  'no-consent': 'No written consent of the complainant',
  'insufficient-information': 'Too little information',
  premature: 'Premature: the force has not finished',
  'pre-2020-appeal': 'An appeal under the rules before 1 February 2020',
  'wrong-body': 'Another body must decide it',
  withdrawn: 'Withdrawn',
};

/** A code that is not known here is still readable. */
export function validityInWords(validity: string): string {
  return VALIDITY_WORDS[validity] ?? validity.charAt(0).toUpperCase() + validity.slice(1).replaceAll('-', ' ');
}

/** Said where somebody must not review, after their name. */
export function blockInWords(block: ReviewerBlock, isCaller: boolean): string {
  const they = isCaller ? 'you' : 'they';
  return block === 'declared'
    ? `${they} have declared a connection with the matter`
    : `${they} dealt with the complaint before`;
}

/** "1 day", "12 days". */
export function daysInWords(days: number): string {
  return days === 1 ? '1 day' : `${days.toLocaleString('en-GB')} days`;
}
