import { Aggregate, londonDate, type DomainEvent, type JsonObject } from '@app/kernel';
import { InvalidReviewInput, ReviewRuleRefused } from './review.errors';
import type { ReviewStage } from './review-stage';
import type { KeptWords, ReviewState } from './review-state';

type Words = Pick<KeptWords, 'textId' | 'textCommitment'>;

export interface LearningEventData {
  'reviews.learning-suggested': { learningId: string; caseId: string; theme: string; by: string; on: string } & Words;
  'reviews.learning-feedback-noted': { on: string } & Words;
}
export type LearningEventType = keyof LearningEventData;
export type LearningEvent = {
  [T in LearningEventType]: DomainEvent<T, LearningEventData[T] & JsonObject>;
}[LearningEventType];

export const LEARNING_EVENT_VERSIONS: Readonly<Record<LearningEventType, number>> = {
  'reviews.learning-suggested': 1,
  'reviews.learning-feedback-noted': 1,
};

export interface LearningState {
  readonly id: string;
  readonly caseId: string;
  readonly office: string;
  readonly theme: string;
  readonly suggestedOn: string;
  readonly suggestedBy: string;
  readonly textId: string;
  readonly feedback: readonly { readonly on: string; readonly textId: string }[];
  readonly version: number;
}

/** Before anybody knows that it is a review at all, or where it never was one, there is nothing to learn from it. */
const TOO_EARLY: readonly ReviewStage[] = ['received', 'invalid', 'forwarded', 'returned'];

export function maySuggestLearning({ stage }: Pick<ReviewState, 'stage'>): boolean {
  return !TOO_EARLY.includes(stage);
}

/** R1.70: what the force could learn. It owes no answer; what it says all the same is noted. */
export class Learning extends Aggregate<LearningEvent> {
  private constructor(private state: LearningState) {
    super(state.id, state.version);
  }

  /** @throws ReviewRuleRefused */
  static suggest(
    review: ReviewState,
    { id, theme, by, words }: { id: string; theme: string; by: string; words: KeptWords },
    now: Date,
  ): Learning {
    if (!maySuggestLearning(review)) {
      throw new ReviewRuleRefused('Learning is suggested on a review that is dealt with on its merits (R1.70).');
    }
    const on = londonDate(now);
    const about = { caseId: review.id, office: review.office, theme, suggestedOn: on, suggestedBy: by };
    const learning = new Learning({ id, ...about, textId: words.textId, feedback: [], version: 0 });
    const facts = { learningId: id, caseId: review.id, theme, by, on, ...words };
    learning.happened('reviews.learning-suggested', facts, now, {});
    return learning;
  }

  static restore(state: LearningState): Learning {
    return new Learning(state);
  }

  snapshot(): LearningState {
    return this.state;
  }

  noteFeedback(on: string, words: KeptWords, now: Date): void {
    if (on > londonDate(now)) throw new InvalidReviewInput('/on', 'must not be in the future');
    if (on < this.state.suggestedOn) {
      throw new InvalidReviewInput('/on', `must not be before ${this.state.suggestedOn}, when it was suggested`);
    }
    this.happened('reviews.learning-feedback-noted', { on, ...words }, now, {
      feedback: [...this.state.feedback, { on, textId: words.textId }],
    });
  }

  private happened<T extends LearningEventType>(
    type: T,
    data: LearningEventData[T],
    now: Date,
    changes: Partial<LearningState>,
  ): void {
    this.record({ type, schemaVersion: LEARNING_EVENT_VERSIONS[type], data, effectiveAt: now } as LearningEvent);
    this.state = { ...this.state, ...changes, version: this.state.version + 1 };
  }
}
