import { decodeCursor, encodeCursor } from '@app/http';
import type { ReviewFilter, ReviewPlace } from '@app/reviews';
import { STAGE_GROUPS } from './review-words';

/** What the address of the queue says: codes only. */
export interface QueueState {
  readonly office: string;
  readonly stage: string;
  readonly reviewer: string;
  /** Empty, `any`, `papers`, `decide` or `response`. */
  readonly late: string;
  readonly recommendations: boolean;
}

export const NO_FILTER: QueueState = { office: '', stage: '', reviewer: '', late: '', recommendations: false };

export const LATE_CHOICES: Readonly<Record<string, string>> = {
  any: 'Anything overdue',
  papers: 'Papers overdue',
  decide: 'Decision overdue',
  response: 'Response to a recommendation overdue',
};

const LONGEST = 100;

/** What makes no sense in an address is left out: it can be made up. */
export function readQueue(query: Readonly<Record<string, unknown>>): QueueState {
  const text = (name: string): string => {
    const value = query[name];
    return typeof value === 'string' && value.length <= LONGEST && !value.includes('\0') ? value : '';
  };
  const stage = text('stage');
  const late = text('late');
  return {
    office: text('office'),
    stage: Object.hasOwn(STAGE_GROUPS, stage) || stage === 'ended' ? stage : '',
    reviewer: text('reviewer'),
    late: Object.hasOwn(LATE_CHOICES, late) ? late : '',
    recommendations: text('recommendations') === 'open',
  };
}

export function queueHref(state: QueueState, changes: Partial<QueueState> = {}, after: string | null = null): string {
  const { office, stage, reviewer, late, recommendations } = { ...state, ...changes };
  const parameters = new URLSearchParams(
    Object.entries({ office, stage, reviewer, late }).filter(([, value]) => value !== ''),
  );
  if (recommendations) parameters.set('recommendations', 'open');
  if (after !== null) parameters.set('after', after);
  const text = parameters.toString();
  return `/staff/reviews${text === '' ? '' : `?${text}`}`;
}

/** `me` and `others` are the caller's; anything else is a person's id. */
export function toReviewFilter(
  { office, stage, reviewer, late, recommendations }: QueueState,
  me: string,
): ReviewFilter {
  const group = Object.hasOwn(STAGE_GROUPS, stage) ? STAGE_GROUPS[stage as keyof typeof STAGE_GROUPS] : null;
  // A recommendation lives on when its review is closed.
  const stages =
    group?.stages ?? (stage === 'ended' ? 'ended' : recommendations || late === 'response' ? null : 'open');
  return {
    office: office === '' ? null : office,
    stages,
    reviewer: reviewer === '' || reviewer === 'others' ? null : reviewer === 'me' ? me : reviewer,
    notReviewer: reviewer === 'others' ? me : null,
    overdue: late === 'any',
    late: late === 'papers' || late === 'decide' || late === 'response' ? late : null,
    withOpenRecommendations: recommendations,
  };
}

/** The place that an address names. @throws InvalidRequest for one that is none. */
export function readPlace(after: unknown): ReviewPlace | null {
  const place = decodeCursor(typeof after === 'string' ? after : null, ['day?', 'day', 'text']);
  if (place === null) return null;
  const [due, receivedOn, reference] = place as [string | null, string, string];
  return { due, receivedOn, reference };
}

export function placeText({ due, receivedOn, reference }: ReviewPlace): string {
  return encodeCursor([due, receivedOn, reference]);
}
