import type { Review } from '../../domain/review';
import type { ActOf, ReviewAct } from '../review-act';
import type { ReviewTools } from '../review-tools';

/** Carries out one kind of act on a loaded review, in the open transaction. */
export type ActHandlers<K extends ReviewAct['do']> = {
  readonly [A in K]: (review: Review, act: ActOf<A>, tools: ReviewTools) => Promise<void> | void;
};
