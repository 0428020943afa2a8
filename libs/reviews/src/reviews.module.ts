import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AccessModule } from '@app/access';
import { CaseworkModule } from '@app/casework';
import { IntakeModule } from '@app/intake';
import { OfficesModule } from '@app/offices';
import type { ContextDeclaration } from '@app/platform';
import { ReviewApplicationsModule } from './applications.module';
import { Assessments } from './application/assessments';
import { ActOnRecommendation, ActOnRecommendationHandler } from './application/commands/act-on-recommendation';
import { ActOnReview, ActOnReviewHandler } from './application/commands/act-on-review';
import { MakeRecommendation, MakeRecommendationHandler } from './application/commands/make-recommendation';
import { NoteLearningFeedback, NoteLearningFeedbackHandler } from './application/commands/note-learning-feedback';
import { OpenReview, OpenReviewHandler } from './application/commands/open-review';
import { SuggestLearning, SuggestLearningHandler } from './application/commands/suggest-learning';
import { FollowTriage } from './application/consumers/follow-triage';
import { RecountRecommendations } from './application/consumers/recount-recommendations';
import { RunReviewImport } from './application/consumers/run-review-import';
import { REVIEW_IMPORT_EVENTS } from './application/import/review-import.events';
import { ReviewImporter } from './application/import/review-importer';
import { ReviewImports } from './application/import/review-imports';
import { RecountReviewClocks } from './application/consumers/recount-review-clocks';
import { CountReviews, CountReviewsHandler } from './application/queries/count-reviews';
import { GetMeetingPack, GetMeetingPackHandler } from './application/queries/get-meeting-pack';
import { GetReview, GetReviewHandler } from './application/queries/get-review';
import {
  GetReviewRecommendations,
  GetReviewRecommendationsHandler,
} from './application/queries/get-review-recommendations';
import { ListRecommendations, ListRecommendationsHandler } from './application/queries/list-recommendations';
import { ListReviewers, ListReviewersHandler } from './application/queries/list-reviewers';
import { ListReviews, ListReviewsHandler } from './application/queries/list-reviews';
import { RecommendationRepository } from './application/recommendations/recommendation-repository';
import { RecommendationSettings } from './application/recommendations/recommendation-settings';
import { ReviewLetters } from './application/review-letters';
import { ReviewRepository } from './application/review-repository';
import { ReviewSettings } from './application/review-settings';
import { ReviewTools } from './application/review-tools';
import {
  DraftDecisionLetters,
  DraftDecisionLettersHandler,
  IssueDecision,
  IssueDecisionHandler,
  ListDecisionLetters,
  ListDecisionLettersHandler,
} from './application/decisions/decision-letter-messages';
import { DecisionLetters } from './application/decisions/decision-letters';
import { LEARNING_EVENT_VERSIONS } from './domain/learning';
import { RECOMMENDATION_EVENT_VERSIONS } from './domain/recommendation.events';
import { REVIEW_EVENT_VERSIONS } from './domain/review.events';

export const reviewsContext: ContextDeclaration = {
  events: {
    ...REVIEW_IMPORT_EVENTS,
    ...Object.fromEntries(
      Object.entries({ ...REVIEW_EVENT_VERSIONS, ...RECOMMENDATION_EVENT_VERSIONS, ...LEARNING_EVENT_VERSIONS }).map(
        ([type, schemaVersion]) => [type, { schemaVersion }],
      ),
    ),
  },
  messages: [
    ActOnReview,
    OpenReview,
    CountReviews,
    DraftDecisionLetters,
    IssueDecision,
    ListDecisionLetters,
    GetReview,
    ListReviewers,
    ListReviews,
    MakeRecommendation,
    ActOnRecommendation,
    SuggestLearning,
    NoteLearningFeedback,
    GetReviewRecommendations,
    ListRecommendations,
    GetMeetingPack,
  ],
  entities: [],
};

/** Reviews of the outcome of complaints: the statutory work of a local policing body. */
@Module({
  imports: [CqrsModule, AccessModule, CaseworkModule, IntakeModule, OfficesModule, ReviewApplicationsModule],
  providers: [
    ActOnReviewHandler,
    OpenReviewHandler,
    CountReviewsHandler,
    DecisionLetters,
    DraftDecisionLettersHandler,
    IssueDecisionHandler,
    ListDecisionLettersHandler,
    GetReviewHandler,
    ListReviewersHandler,
    ListReviewsHandler,
    MakeRecommendationHandler,
    ActOnRecommendationHandler,
    SuggestLearningHandler,
    NoteLearningFeedbackHandler,
    GetReviewRecommendationsHandler,
    ListRecommendationsHandler,
    GetMeetingPackHandler,
    RecommendationRepository,
    RecommendationSettings,
    RecountRecommendations,
    ReviewImporter,
    ReviewImports,
    RunReviewImport,
    FollowTriage,
    RecountReviewClocks,
    Assessments,
    ReviewLetters,
    ReviewRepository,
    ReviewSettings,
    ReviewTools,
  ],
  exports: [ReviewImports, ReviewRepository, ReviewSettings],
})
export class ReviewsModule {}
