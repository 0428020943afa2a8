import { addDays, londonDate, type DeadlinePolicy } from '@app/kernel';
import type { DayCounter } from '../../domain/review-clock';
import { Review } from '../../domain/review';
import type { Assessment, KeptWords } from '../../domain/review-state';
import type { PlannedReview } from './plan-row';

/** What the review is built with, besides what the list says. */
export interface RebuildParts {
  readonly case: { readonly id: string; readonly office: string; readonly reference: string };
  readonly assessment: Assessment;
  readonly by: string;
  readonly reviewerTouched: boolean;
  readonly papers: readonly string[];
  readonly policies: { readonly papers: DeadlinePolicy; readonly decide: DeadlinePolicy };
  readonly counter: DayCounter;
  readonly grounds: KeptWords | null;
  /** Says that it was decided before it was taken over. */
  readonly because: KeptWords;
  readonly now: Date;
}

interface Step {
  readonly on: string;
  /** Of steps of one day: what must have been done before. */
  readonly rank: number;
  readonly take: (review: Review, at: Date) => void;
}

/**
 * Lives the review again as the list tells it, each step with the day on which it was done as its effective day: clocks
 * count from the original days. Nothing is sent. @throws what the review's own rules refuse.
 */
export function rebuildReview(planned: PlannedReview, parts: RebuildParts): Review {
  const { particulars, receivedOn } = planned;
  const opening = { ...parts.case, receivedOn, particulars, grounds: parts.grounds };
  const review = Review.open(opening, instantOf(receivedOn, parts.now));
  const steps = stepsOf(planned, parts).sort((a, b) => (a.on === b.on ? a.rank - b.rank : a.on < b.on ? -1 : 1));
  for (const { on, take } of steps) take(review, instantOf(on, parts.now));
  return review;
}

function stepsOf(planned: PlannedReview, parts: RebuildParts): Step[] {
  const { validOn, timeExtendedOn, forceNotifiedOn, papersRequestedOn, papersReceivedOn, reviewer, pauses } = planned;
  const { assessment, by, because, counter, papers, policies } = parts;
  const steps: Step[] = [];
  const add = (on: string | null, rank: number, take: Step['take']): void => {
    if (on !== null) steps.push({ on, rank, take });
  };
  // The extension comes first, or the review could not have been found valid.
  const extendedOn = timeExtendedOn !== null && validOn !== null && timeExtendedOn > validOn ? validOn : timeExtendedOn;
  add(extendedOn, 1, (review, at) => review.extendTime(by, assessment, because, at));
  add(validOn, 2, (review, at) => review.decideValidity('valid', assessment, by, because, at));
  add(forceNotifiedOn, 3, (review, at) => review.notifyParties(true, [], at));
  if (reviewer !== null) {
    add(validOn ?? planned.receivedOn, 4, (review, at) => review.assign(reviewer, parts.reviewerTouched, at));
  }
  add(papersRequestedOn, 5, (review, at) => review.requestPapers(papers, policies.papers, counter, at));
  for (const { from, to, because: reason } of pauses) {
    add(from, 7, (review, at) => review.pause(reason, null, counter, at));
    // A pause that ends on the day on which another begins ends first.
    add(to, to === from ? 9 : 6, (review, at) => review.resume(counter, at));
  }
  add(papersReceivedOn, 8, (review, at) => {
    review.recordPapers(papers, londonDate(at), true, policies.decide, counter, at);
  });
  return steps;
}

/** Noon of the day in London or so; never later than now. */
function instantOf(day: string, now: Date): Date {
  return day < londonDate(now)
    ? new Date(`${day}T12:00:00Z`)
    : day === londonDate(now)
      ? now
      : instantOf(addDays(day, -1), now);
}
