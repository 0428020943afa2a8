import { daysBetween } from '@app/kernel';
import type { ReviewAction, ReviewView } from '@app/reviews';

/** The one thing that brings a review on, as the page offers it. */
export interface NextStep {
  /** Why it is that. */
  readonly text: string;
  /** Null where nothing can be done but wait, or where somebody else must act. */
  readonly action: ReviewAction | 'eligibility' | 'letters' | 'recommendations' | null;
  readonly label: string;
}

export interface NextStepContext {
  /** Today, a London day. */
  readonly today: string;
  readonly me: string;
  readonly openRecommendations: number;
  /** Nothing stands against the caller as its reviewer. */
  readonly isBlocked: boolean;
  readonly mayCheck: boolean;
}

const step = (text: string, action: NextStep['action'], label: string): NextStep => ({ text, action, label });
const wait = (text: string): NextStep => step(text, null, '');

/** What comes next, in the order of the steps of a review; what the law asks for first. */
export function nextStepOf(view: ReviewView, context: NextStepContext): NextStep {
  const { state } = view;
  if (view.allowedActions.includes('resume')) {
    return step('The review is paused. Resume it when what it waits for has come.', 'resume', 'Resume the review');
  }
  switch (state.stage) {
    case 'received':
      return step('Decide whether the application is valid.', 'eligibility', 'Test the application');
    case 'valid':
    case 'papers-requested':
    case 'papers-received':
    case 'in-review':
      return handling(view, context);
    case 'quality-check':
      return qualityCheck(view, context);
    case 'checked':
      return step('The quality check is passed.', 'decide', 'Make the decision');
    case 'decided':
      return step('The decision is made and nobody has been told yet.', 'letters', 'Write and issue the letters');
    case 'issued':
      return context.openRecommendations > 0
        ? step('The force must answer the recommendations.', 'recommendations', 'Follow the recommendations')
        : step('The decision is issued and no recommendation is open.', 'close', 'Close the review');
    case 'closed':
    case 'invalid':
    case 'forwarded':
    case 'withdrawn':
    case 'returned':
      return wait('Nothing more is waited for.');
  }
}

function handling(view: ReviewView, { me, isBlocked, today }: NextStepContext): NextStep {
  const { state, allegations } = view;
  const { reviewer, declarations } = state;
  if (reviewer === null) return step('Nobody reviews it yet.', 'assign-reviewer', 'Name the reviewer');
  if (!declarations.some(({ person, independent }) => person === reviewer && independent)) {
    return reviewer === me && !isBlocked
      ? step('You have not declared your independence yet.', 'declare-independence', 'Declare your independence')
      : wait('The reviewer has not declared their independence yet.');
  }
  const untold = state.parties.some(({ notifiedOn }) => notifiedOn === null);
  if (state.authorityNotifiedOn === null || untold) {
    return step('Somebody who must be told has not been told yet.', 'notify-parties', 'Notify them');
  }
  if (state.papersRequestedOn === null)
    return step('The papers are not asked for yet.', 'request-papers', 'Request papers');
  if (state.papersReceivedOn === null) return papers(view, today);
  if (allegations.length === 0) return step('No allegation is recorded yet.', 'add-allegation', 'Add an allegation');
  const open = allegations.filter(({ finding }) => finding === null).length;
  if (open > 0) {
    return step(
      open === 1 ? 'One allegation has no finding yet.' : `${String(open)} allegations have no finding yet.`,
      'record-finding',
      'Record a finding',
    );
  }
  if (view.test === null) {
    return step('The reasonable and proportionate test is not noted yet.', 'note-test', 'Note the test');
  }
  return step('Every allegation has its finding.', 'submit-for-quality-check', 'Hand in for the quality check');
}

/** Once a week is enough to ask again. */
const CHASE_AGAIN_AFTER = 7;

function papers({ clocks, state }: ReviewView, today: string): NextStep {
  const dueOn = clocks.find(({ name, metOn }) => name === 'papers' && metOn === null)?.dueOn ?? null;
  const chasedOn = state.papersChasedOn.at(-1) ?? null;
  if (dueOn !== null && dueOn < today) {
    return chasedOn === null || daysBetween(chasedOn, today) >= CHASE_AGAIN_AFTER
      ? step('The papers are overdue.', 'chase-papers', 'Chase the papers')
      : step('The papers are overdue, and the force was reminded.', 'record-papers', 'Record papers received');
  }
  return step('The force has been asked for the papers.', 'record-papers', 'Record papers received');
}

function qualityCheck({ state }: ReviewView, { me, mayCheck, isBlocked }: NextStepContext): NextStep {
  const isOwn = state.qualityCheck?.submittedBy === me || state.reviewer === me;
  if (isOwn) return wait('A second person checks the quality. You handed it in, so it cannot be you.');
  if (!mayCheck || isBlocked) return wait('It waits for the quality check by a second person.');
  return step('It waits for the quality check by a second person.', 'pass-quality-check', 'Check the quality');
}
