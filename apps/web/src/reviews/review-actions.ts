import { can } from '@app/access';
import type { ReviewAction, ReviewView } from '@app/reviews';
import { reviewPath } from './review-path';

export interface ShownAction {
  readonly action: ReviewAction;
  readonly text: string;
  readonly href: string;
  /** Done by a button, without a page that asks. */
  readonly isAtOnce: boolean;
}

/** What this person may do with the review now, by the part of the page where it belongs. */
export interface ReviewActions {
  readonly all: readonly ShownAction[];
  readonly overview: readonly ShownAction[];
  readonly application: readonly ShownAction[];
  readonly papers: readonly ShownAction[];
  readonly findings: readonly ShownAction[];
  readonly decision: readonly ShownAction[];
}

type Part = Exclude<keyof ReviewActions, 'all'> | 'entry';

const CHECKS: readonly ReviewAction[] = ['pass-quality-check', 'send-back'];
const AT_ONCE: readonly ReviewAction[] = ['resume', 'chase-papers'];

/** `entry`: done on a page of its own. */
const SHOWN: Readonly<Record<ReviewAction, readonly [part: Part, text: string]>> = {
  'record-particulars': ['application', 'Record what it states'],
  'extend-time': ['application', 'Extend the time'],
  'decide-validity': ['application', 'Decide whether it is valid'],
  'return-to-correspondence': ['application', 'It is no application'],
  'assign-reviewer': ['overview', 'Name the reviewer'],
  'declare-independence': ['overview', 'Declare your independence'],
  'add-party': ['overview', 'Add somebody who must be told'],
  'notify-parties': ['overview', 'Notify the force and the parties'],
  pause: ['overview', 'Pause'],
  resume: ['overview', 'Resume: the clocks run on'],
  forward: ['overview', 'Forward to another body'],
  reconsider: ['overview', 'Look at the application again'],
  withdraw: ['overview', 'Record that it was withdrawn'],
  close: ['overview', 'Close'],
  'request-papers': ['papers', 'Request papers'],
  'chase-papers': ['papers', 'Chase the missing papers'],
  'record-papers': ['papers', 'Record papers received'],
  'add-allegation': ['findings', 'Add an allegation'],
  'record-finding': ['findings', 'Record a finding'],
  'note-test': ['findings', 'Note the test'],
  'submit-for-quality-check': ['decision', 'Hand in for the quality check'],
  'pass-quality-check': ['decision', 'Pass the quality check'],
  'send-back': ['decision', 'Send it back to the reviewer'],
  decide: ['decision', 'Make the decision'],
  'issue-decision': ['entry', ''],
  'record-judicial-review': ['decision', 'Record a step of judicial review'],
};

/** What the state of the review allows and the role permits. */
export function actionsOf({ state, allowedActions, papers }: ReviewView, role: string): ReviewActions {
  const isUseful = (action: ReviewAction): boolean => {
    if (action === 'chase-papers') return papers.some((each) => each.requestedOn !== null && each.receivedOn === null);
    if (action === 'request-papers') return papers.some(({ requestedOn }) => requestedOn === null);
    return action !== 'record-papers' || papers.some(({ receivedOn }) => receivedOn === null);
  };
  const all = allowedActions
    .filter((action) => can(role, CHECKS.includes(action) ? 'review:check' : 'review:write') && isUseful(action))
    .map((action) => ({
      action,
      text: action === 'assign-reviewer' && state.reviewer !== null ? 'Change the reviewer' : SHOWN[action][1],
      href: reviewPath(state, `${CHECKS.includes(action) ? 'check' : 'do'}/${action}`),
      isAtOnce: AT_ONCE.includes(action),
    }))
    .filter(({ text }) => text !== '');
  const of = (part: Part): ShownAction[] => all.filter(({ action }) => SHOWN[action][0] === part);
  return {
    all,
    overview: of('overview'),
    application: of('application'),
    papers: of('papers'),
    findings: of('findings'),
    decision: of('decision'),
  };
}
