import { DomainError } from '@app/kernel';
import type { RecommendationAction } from './recommendation-state';

/** Also for what the caller may not know of. */
export class RecommendationNotFound extends DomainError {
  readonly code = 'reviews.recommendation-not-found';
  readonly kind = 'not-found';
  constructor() {
    super('There is no such recommendation.');
  }
}

export class LearningNotFound extends DomainError {
  readonly code = 'reviews.learning-not-found';
  readonly kind = 'not-found';
  constructor() {
    super('There is no such suggestion.');
  }
}

export class RecommendationActionNotAllowed extends DomainError {
  readonly code = 'reviews.recommendation-action-not-allowed';
  readonly kind = 'conflict';
  constructor(action: RecommendationAction) {
    super(`“${action}” cannot be done as the recommendation stands now.`);
  }
}

/** It was changed after the version that the caller saw. */
export class RecommendationVersionStale extends DomainError {
  readonly code = 'reviews.recommendation-version-stale';
  readonly kind = 'stale';
  constructor() {
    super('The recommendation was changed after the version you saw. Look again and repeat.');
  }
}
