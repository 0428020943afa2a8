import type { Pause } from '@app/kernel';

/** A recommendation to the force and what became of it. */
export interface RecommendationFacts {
  readonly id: string;
  readonly type: string;
  readonly madeOn: string;
  readonly responseDueOn: string | null;
  readonly response: 'accepted' | 'part' | 'rejected' | null;
  readonly respondedOn: string | null;
  readonly implementedOn: string | null;
  /** Nothing more is waited for: rejected, implemented, or taken back. */
  readonly settledOn: string | null;
}

/** What is known of one review for its figures, at one time. Ids, codes and London days only. */
export interface ReviewFacts {
  readonly caseId: string;
  readonly office: string;
  readonly reference: string;
  readonly receivedOn: string;
  readonly channel: string;
  /** False: of spam until it is released, or of a case that goes on in another: in no figure. */
  readonly counted: boolean;
  readonly acknowledgeBy: string | null;
  readonly acknowledgedOn: string | null;
  readonly stage: string;
  readonly handling: string | null;
  readonly validity: string | null;
  readonly validityDecidedOn: string | null;
  readonly timeExtendedOn: string | null;
  readonly forwardedTo: string | null;
  readonly forwardedOn: string | null;
  readonly withdrawnOn: string | null;
  readonly papersRequestedOn: string | null;
  /** The last known day; null while a pause is open. */
  readonly papersDueOn: string | null;
  /** When the last paper came. */
  readonly papersReceivedOn: string | null;
  readonly decideBy: string | null;
  readonly pauses: readonly (Pause & { readonly because: string })[];
  readonly allegations: readonly { readonly id: string; readonly category: string; readonly finding: string | null }[];
  /** Days on which a second person found it sound, and on which they sent it back. */
  readonly checkedOn: readonly string[];
  readonly sentBackOn: readonly string[];
  readonly outcome: string | null;
  readonly decidedOn: string | null;
  readonly issuedOn: string | null;
  readonly closedOn: string | null;
  readonly recommendations: readonly RecommendationFacts[];
  readonly learning: readonly { readonly id: string; readonly theme: string; readonly on: string }[];
}

/** It turned out to be no application, or goes on elsewhere: no figure counts it. */
export function isCounted({ counted, stage }: ReviewFacts): boolean {
  return counted && stage !== 'returned';
}

/** The day on which the application was done with: decided, refused, sent on or withdrawn. Null: it is open. */
export function endedOn(review: ReviewFacts): string | null {
  const { decidedOn, withdrawnOn, forwardedOn, validity, validityDecidedOn } = review;
  const refusedOn = validity === null || validity === 'valid' || validity === 'wrong-body' ? null : validityDecidedOn;
  return decidedOn ?? withdrawnOn ?? forwardedOn ?? refusedOn;
}

/** Whether the application was open at the end of a day. */
export function isOpenOn(review: ReviewFacts, day: string): boolean {
  const ended = endedOn(review);
  return isCounted(review) && review.receivedOn <= day && (ended === null || ended > day);
}

/** Whether a pause lay on a day. */
export function isPausedOn({ pauses }: ReviewFacts, day: string): boolean {
  return pauses.some(({ from, to }) => from <= day && (to === null || to > day));
}

/** The last day that it speaks of, where nothing more is waited for: figures of later periods need not look at it. */
export function quietSince(review: ReviewFacts): string | null {
  const isDone = review.stage === 'returned' || (endedOn(review) !== null && isTold(review));
  if (!isDone || review.recommendations.some(({ settledOn }) => settledOn === null)) return null;
  const days = JSON.stringify(review).match(/(?<=")\d{4}-\d{2}-\d{2}(?=")/g) ?? [];
  return days.sort().at(-1) ?? null;
}

function isTold({ decidedOn, issuedOn }: ReviewFacts): boolean {
  return decidedOn === null || issuedOn !== null;
}
