import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AccessModule } from '@app/access';
import { CaseworkModule } from '@app/casework';
import { OfficesModule } from '@app/offices';
import type { ContextDeclaration } from '@app/platform';
import { Assessments } from './application/assessments';
import { ActOnReview, ActOnReviewHandler } from './application/commands/act-on-review';
import { OpenReview, OpenReviewHandler } from './application/commands/open-review';
import { FollowTriage } from './application/consumers/follow-triage';
import { RecountReviewClocks } from './application/consumers/recount-review-clocks';
import { GetReview, GetReviewHandler } from './application/queries/get-review';
import { ListReviews, ListReviewsHandler } from './application/queries/list-reviews';
import { ReviewLetters } from './application/review-letters';
import { ReviewRepository } from './application/review-repository';
import { ReviewSettings } from './application/review-settings';
import { ReviewTools } from './application/review-tools';
import { REVIEW_EVENT_VERSIONS } from './domain/review.events';

export const reviewsContext: ContextDeclaration = {
  events: Object.fromEntries(
    Object.entries(REVIEW_EVENT_VERSIONS).map(([type, schemaVersion]) => [type, { schemaVersion }]),
  ),
  messages: [ActOnReview, OpenReview, GetReview, ListReviews],
  entities: [],
};

/** Reviews of the outcome of complaints: the statutory work of a local policing body. */
@Module({
  imports: [CqrsModule, AccessModule, CaseworkModule, OfficesModule],
  providers: [
    ActOnReviewHandler,
    OpenReviewHandler,
    GetReviewHandler,
    ListReviewsHandler,
    FollowTriage,
    RecountReviewClocks,
    Assessments,
    ReviewLetters,
    ReviewRepository,
    ReviewSettings,
    ReviewTools,
  ],
  exports: [ReviewRepository, ReviewSettings],
})
export class ReviewsModule {}
