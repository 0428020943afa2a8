import { DomainError } from '@app/kernel';
import type { ReviewAction, ReviewStage } from './review-stage';

/** Also for what the caller may not know of. */
export class ReviewNotFound extends DomainError {
  readonly code = 'reviews.not-found';
  readonly kind = 'not-found';
  constructor() {
    super('There is no such review.');
  }
}

export class ReviewActionNotAllowed extends DomainError {
  readonly code = 'reviews.action-not-allowed';
  readonly kind = 'conflict';
  constructor(action: ReviewAction, stage: ReviewStage) {
    super(`“${action}” cannot be done while the review is ${stage.replaceAll('-', ' ')}.`);
  }
}

/** The review is at the right stage, but something the action needs is missing or already done. */
export class ReviewRuleRefused extends DomainError {
  readonly code = 'reviews.rule-refused';
  readonly kind = 'conflict';
}

/** Somebody who touched the matter before, or is connected with it, must not work on its review. */
export class ReviewerNotIndependent extends DomainError {
  readonly code = 'reviews.reviewer-not-independent';
  readonly kind = 'conflict';
}

/** An input of an action is wrong. */
export class InvalidReviewInput extends DomainError {
  readonly code = 'reviews.invalid-input';
  readonly kind = 'invalid';
  constructor(pointer: string, message: string) {
    super(message, { errors: [{ pointer, message }] });
  }
}

/** It was changed after the version that the caller saw. */
export class ReviewVersionStale extends DomainError {
  readonly code = 'reviews.version-stale';
  readonly kind = 'stale';
  constructor() {
    super('The review was changed after the version you saw. Look again and repeat.');
  }
}
