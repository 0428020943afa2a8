import { Aggregate, londonDate, type DeadlinePolicy } from '@app/kernel';
import type { Handling } from './eligibility/eligibility-facts';
import type { DayCounter } from './review-clock';
import { RecommendationActionNotAllowed } from './recommendation.errors';
import {
  RECOMMENDATION_EVENT_VERSIONS,
  type RecommendationEvent,
  type RecommendationEventData,
  type RecommendationEventType,
} from './recommendation.events';
import {
  allowedRecommendationActions,
  responseDueOn,
  type RecommendationAction,
  type RecommendationState,
  type Response,
} from './recommendation-state';
import { InvalidReviewInput, ReviewRuleRefused } from './review.errors';
import { HANDLINGS } from './eligibility/eligibility-facts';
import type { KeptWords, ReviewState } from './review-state';

/** A configured type of recommendation: for which handling of the complaint the law allows it. */
export interface RecommendationType {
  readonly key: string;
  readonly handlings: readonly Handling[];
}

export interface RecommendationMaking {
  readonly id: string;
  readonly type: RecommendationType;
  readonly allegation: string | null;
  readonly by: string;
  readonly policy: DeadlinePolicy;
  readonly words: KeptWords;
}

/**
 * What the local policing body recommends to the force where it upholds a review (domain rules 1.8, 1.9). The force
 * answers and need not follow (R1.84); it is followed to the end (R1.85).
 */
export class Recommendation extends Aggregate<RecommendationEvent> {
  private constructor(private state: RecommendationState) {
    super(state.id, state.version);
  }

  /** @throws ReviewRuleRefused, InvalidReviewInput */
  static make(
    review: ReviewState,
    { id, type, allegation, by, policy, words }: RecommendationMaking,
    counter: DayCounter,
    now: Date,
  ): Recommendation {
    requireUpheld(review);
    if (!isTypeAllowed(type, review.particulars.handling)) {
      throw new InvalidReviewInput(
        '/type',
        `the law does not allow it ${handlingInWords(review.particulars.handling)} (R1.8)`,
      );
    }
    if (allegation !== null && !review.allegations.some((each) => each.id === allegation)) {
      throw new InvalidReviewInput('/allegation', 'is not an allegation of this review');
    }
    const on = londonDate(now);
    const dueOn = counter.dueOn(policy, on, []) ?? on;
    const { calendarVersion } = counter;
    const force = review.particulars.force ?? review.office;
    const made = new Recommendation({
      ...{ id, caseId: review.id, office: review.office, force, type: type.key, allegation },
      ...{ textId: words.textId, madeOn: on, madeBy: by, chasedOn: [], response: null, implemented: null },
      clock: { policy, fromDay: on, countedTo: dueOn, calendarVersion, extensions: [] },
      ...{ notImplemented: null, withdrawn: null, settledOn: null, version: 0 },
    });
    made.happened(
      'reviews.recommendation-made',
      {
        ...{ recommendationId: id, caseId: review.id, force, type: type.key, allegation, by, on, dueOn },
        ...{ rule: policy.rule, calendarVersion, ...words },
      },
      now,
      {},
    );
    return made;
  }

  static restore(state: RecommendationState): Recommendation {
    return new Recommendation(state);
  }

  snapshot(): RecommendationState {
    return this.state;
  }

  /** R1.82: the review body may extend the time; never shorten it. What was counted stays to be seen. */
  extend(to: string, reason: KeptWords, now: Date): void {
    this.require('extend');
    const from = responseDueOn(this.state.clock);
    if (to <= from) throw new InvalidReviewInput('/to', `must be later than ${from}`);
    const on = londonDate(now);
    const { clock } = this.state;
    this.happened('reviews.recommendation-extended', { from, to, on, ...reason }, now, {
      clock: { ...clock, extensions: [...clock.extensions, { from, to, on, textId: reason.textId }] },
    });
  }

  /** A new holiday calendar: what is still waited for is counted again; an extension stands as it was given. */
  recount(counter: DayCounter, because: string, now: Date): void {
    const { clock, response, settledOn } = this.state;
    if (response !== null || settledOn !== null || clock.extensions.length > 0) return;
    const dueOn = counter.dueOn(clock.policy, clock.fromDay, []) ?? clock.countedTo;
    if (dueOn === clock.countedTo) return;
    const { calendarVersion } = counter;
    this.happened('reviews.recommendation-recounted', { because, dueOn, calendarVersion }, now, {
      clock: { ...clock, countedTo: dueOn, calendarVersion },
    });
  }

  /** `byMail`: whether the letter could go by mail; otherwise somebody sends it another way. */
  chase(byMail: boolean, now: Date): void {
    this.require('chase');
    const on = londonDate(now);
    this.happened('reviews.recommendation-chased', { on, byMail }, now, { chasedOn: [...this.state.chasedOn, on] });
  }

  /** R1.80, R1.81: in writing, with the steps or the reasons, on the day it came. A rejection settles it. */
  recordResponse(response: Response, on: string, sentToApplicantOn: string | null, words: KeptWords, now: Date): void {
    this.require('record-response');
    this.requireDay('/on', on, this.state.madeOn, now);
    if (sentToApplicantOn !== null) this.requireDay('/sentToApplicantOn', sentToApplicantOn, this.state.madeOn, now);
    this.happened('reviews.recommendation-answered', { response, on, sentToApplicantOn, ...words }, now, {
      response: { response, on, sentToApplicantOn, textId: words.textId },
      settledOn: response === 'rejected' ? londonDate(now) : null,
    });
  }

  /** R1.80 */
  recordSentToApplicant(on: string, now: Date): void {
    this.require('record-sent-to-applicant');
    this.requireDay('/on', on, this.state.madeOn, now);
    const { response } = this.state;
    this.happened('reviews.recommendation-sent-to-applicant', { on }, now, {
      response: response && { ...response, sentToApplicantOn: on },
    });
  }

  /** R1.85: with what shows that it was done. */
  recordImplementation(on: string, evidence: KeptWords, now: Date): void {
    this.require('record-implementation');
    this.requireDay('/on', on, this.state.madeOn, now);
    this.happened('reviews.recommendation-implemented', { on, ...evidence }, now, {
      implemented: { on, textId: evidence.textId },
      settledOn: londonDate(now),
    });
  }

  /** It was accepted, and yet will not be done. */
  recordNotImplemented(reason: KeptWords, now: Date): void {
    this.require('record-not-implemented');
    const on = londonDate(now);
    this.happened('reviews.recommendation-not-implemented', { on, ...reason }, now, {
      notImplemented: { on, textId: reason.textId },
      settledOn: on,
    });
  }

  withdraw(reason: KeptWords, now: Date): void {
    this.require('withdraw');
    const on = londonDate(now);
    this.happened('reviews.recommendation-withdrawn', { on, ...reason }, now, {
      withdrawn: { on, textId: reason.textId },
      settledOn: on,
    });
  }

  allowed(): readonly RecommendationAction[] {
    return allowedRecommendationActions(this.state);
  }

  private require(action: RecommendationAction): void {
    if (!this.allowed().includes(action)) throw new RecommendationActionNotAllowed(action);
  }

  private requireDay(pointer: string, day: string, earliest: string, now: Date): void {
    if (day > londonDate(now)) throw new InvalidReviewInput(pointer, 'must not be in the future');
    if (day < earliest) throw new InvalidReviewInput(pointer, `must not be before ${earliest}, when it was made`);
  }

  private happened<T extends RecommendationEventType>(
    type: T,
    data: RecommendationEventData[T],
    now: Date,
    changes: Partial<RecommendationState>,
  ): void {
    const schemaVersion = RECOMMENDATION_EVENT_VERSIONS[type];
    this.record({ type, schemaVersion, data, effectiveAt: now } as RecommendationEvent);
    this.state = { ...this.state, ...changes, version: this.state.version + 1 };
  }
}

/** R1.8: only what is upheld, once it is decided. @throws ReviewRuleRefused */
function requireUpheld(review: ReviewState): void {
  if (mayRecommend(review)) return;
  if (review.outcome !== 'upheld') {
    throw new ReviewRuleRefused('Only a review that is upheld can recommend something (R1.8).');
  } else {
    throw new ReviewRuleRefused('Recommendations are made once the review is decided, and before it is closed (R1.8).');
  }
}

/** Whether the review has come to where something may be recommended. */
export function mayRecommend({ outcome, stage }: Pick<ReviewState, 'outcome' | 'stage'>): boolean {
  return outcome === 'upheld' && (stage === 'decided' || stage === 'issued');
}

/** R1.8: while nobody knows how the complaint was handled, only what every handling allows. */
export function isTypeAllowed({ handlings }: RecommendationType, handling: Handling | null): boolean {
  return handling === null ? HANDLINGS.every((each) => handlings.includes(each)) : handlings.includes(handling);
}

function handlingInWords(handling: Handling | null): string {
  if (handling === null) return 'while it is not known how the complaint was handled';
  return handling === 'investigation'
    ? 'where the complaint was investigated'
    : 'where the complaint was handled otherwise than by investigation';
}
