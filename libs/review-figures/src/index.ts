export {
  GetReviewFigures,
  type ReviewFigure,
  type ReviewFigureGroup,
  type ReviewFigureReport,
  type ReviewNumbers,
} from './application/get-review-figures';
export {
  FORECAST_WEEKS,
  GetReviewForecast,
  type OfficeForecast,
  type ReviewAtRisk,
  type ReviewForecast,
} from './application/get-review-forecast';
export {
  ListCountedReviews,
  type CountedReview,
  type CountedReviewsPage,
  type CountedReviewsRequest,
} from './application/list-counted-reviews';
export { InvalidReviewFigureRequest, type ReviewFigureRequest } from './application/review-figure-request';
export { type ReviewFigureMeasure, type ReviewFigureUnit } from './domain/review-figure';
export { HANDLING_NOT_KNOWN, REVIEW_BREAKDOWNS, type ReviewBreakdown } from './domain/review-figures';
export { reviewFiguresContext, ReviewFiguresModule } from './review-figures.module';
