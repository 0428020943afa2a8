export { InvalidEligibilityFacts } from './domain/eligibility/check-facts';
export {
  reviewDecisionTable,
  VALID_EXAMPLE,
  type DecisionRow,
  type DecisionTable,
  type WorkedExample,
} from './domain/eligibility/decision-table';
export { checkEligibility, type Eligibility } from './domain/eligibility/eligibility';
export {
  APPLICANTS,
  BODY_TEST_ANSWERS,
  BODY_TESTS,
  HANDLINGS,
  INVESTIGATORS,
  nonWorkingDays,
  type ApplicantRole,
  type BodyTest,
  type BodyTestAnswer,
  type BodyTestAnswers,
  type EligibilityFacts,
  type EligibilitySettings,
  type Handling,
  type Investigator,
} from './domain/eligibility/eligibility-facts';
export { BODY_TEST_WORDS, bodyTestNumber, type RelevantBody } from './domain/eligibility/relevant-body';
export { RULES_VERSIONS, rulesVersion, type RulesVersion } from './domain/eligibility/rules-version';
export { REVIEW_TIME_LIMIT_DAYS, type ReviewClock, type ReviewDayCount } from './domain/eligibility/time-limit';
export { VALIDITIES, type Obstacle, type Validity } from './domain/eligibility/validity';
export { VALIDITY_TESTS, type RuledText, type ValidityTest } from './domain/eligibility/validity-tests';
export { assessParticulars, Assessments, type UnknownParticular } from './application/assessments';
export { ActOnReview } from './application/commands/act-on-review';
export { OpenReview, REVIEW_CATEGORY } from './application/commands/open-review';
export { type ReviewAct, type TestNote } from './application/review-act';
export { ReviewRepository, columnsOf, REVIEW_COLUMNS, reviewStream } from './application/review-repository';
export { ReviewSettings, type Delegation, type NamedChoice, type ReviewStandard } from './application/review-settings';
export {
  ActOnRecommendation,
  type RecommendationAct,
  type RecommendationTarget,
} from './application/commands/act-on-recommendation';
export { MakeRecommendation, type RecommendationInput } from './application/commands/make-recommendation';
export { NoteLearningFeedback } from './application/commands/note-learning-feedback';
export { SuggestLearning } from './application/commands/suggest-learning';
export {
  GetMeetingPack,
  type MeetingPack,
  type PackCount,
  type PackOpenReview,
  type PackRecommendation,
} from './application/queries/get-meeting-pack';
export { IMPORT_FIELDS, type ImportField, type ImportMapping } from './application/import/import-fields';
export { MOST_IMPORT_ROWS } from './application/import/read-sheet';
export {
  ReviewImports,
  type ImportLine,
  type ImportOutcome,
  type ReviewImportView,
} from './application/import/review-imports';
export { GetReviewRecommendations } from './application/queries/get-review-recommendations';
export {
  ListRecommendations,
  type RecommendationFilter,
  type RecommendationLine,
  type RecommendationPage,
  type RecommendationPlace,
} from './application/queries/list-recommendations';
export {
  type LearningView,
  type RecommendationView,
  type ReviewRecommendations,
} from './application/queries/recommendation-view';
export {
  RecommendationSettings,
  type RecommendationTypeChoice,
} from './application/recommendations/recommendation-settings';
export {
  RECOMMENDATION_COLUMNS,
  RecommendationRepository,
  learningStream,
  recommendationColumnsOf,
  recommendationStream,
} from './application/recommendations/recommendation-repository';
export { Learning, type LearningState } from './domain/learning';
export { Recommendation, type RecommendationMaking, type RecommendationType } from './domain/recommendation';
export {
  RECOMMENDATION_ACTIONS,
  RECOMMENDATION_STATUSES,
  RESPONSES,
  type RecommendationAction,
  type RecommendationState,
  type RecommendationStatus,
  type Response,
} from './domain/recommendation-state';
export {
  DraftDecisionLetters,
  IssueDecision,
  ListDecisionLetters,
} from './application/decisions/decision-letter-messages';
export { isReadyLetter, type DecisionLetter } from './application/decisions/decision-letters';
export { CountReviews, type ReviewCounts } from './application/queries/count-reviews';
export { GetReview } from './application/queries/get-review';
export { ListReviewers, type Reviewer, type ReviewerBlock } from './application/queries/list-reviewers';
export {
  ListReviews,
  type ReviewFilter,
  type ReviewLine,
  type ReviewPage,
  type ReviewPlace,
} from './application/queries/list-reviews';
export {
  type AllegationView,
  type PaperView,
  type PartyView,
  type ReviewClockView,
  type ReviewView,
} from './application/queries/review-view';
export { elapsedDays, type ElapsedDays } from './domain/elapsed-days';
export { emptyOpening, Review, type ReviewOpening } from './domain/review';
export { type DayCounter, type HandlingClock } from './domain/review-clock';
export {
  REVIEW_ACTIONS,
  REVIEW_STAGES,
  isReviewEnded,
  type ReviewAction,
  type ReviewStage,
} from './domain/review-stage';
export {
  FINDINGS,
  NO_PARTICULARS,
  OUTCOMES,
  PARTY_ROLES,
  PAUSE_REASONS,
  type Assessment,
  type Evidence,
  type Finding,
  type IssuedLetter,
  type KeptWords,
  type Outcome,
  type Particulars,
  type PartyRole,
  type PauseReason,
  type ReviewState,
} from './domain/review-state';
export { InvalidReviewInput, ReviewNotFound, ReviewRuleRefused, ReviewerNotIndependent } from './domain/review.errors';
export { type ReviewEventData, type ReviewEventType } from './domain/review.events';
export { ReviewsModule, reviewsContext } from './reviews.module';
export { CountEqualityAnswers, type EqualityCount } from './application/applications/count-equality-answers';
export { GetApplicantStatement } from './application/applications/get-applicant-statement';
export {
  NAMED_BODIES,
  ReviewApplications,
  type ApplicantStatement,
  type NamedBody,
  type ReviewApplication,
  type SentApplication,
} from './application/applications/review-applications';
export { SendDraftLink } from './application/applications/send-draft-link';
export { reviewApplicationsContext, ReviewApplicationsModule } from './applications.module';
export {
  EQUALITY_QUESTIONS,
  equalityAnswers,
  SMALLEST_SHOWN,
  type EqualityAnswers,
  type EqualityQuestion,
} from './domain/equality-questions';
