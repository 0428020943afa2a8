import { Module } from '@nestjs/common';
import { OfficesModule } from '@app/offices';
import type { ContextDeclaration } from '@app/platform';
import { GetReviewFigures, GetReviewFiguresHandler } from './application/get-review-figures';
import { GetReviewForecast, GetReviewForecastHandler } from './application/get-review-forecast';
import { ListCountedReviews, ListCountedReviewsHandler } from './application/list-counted-reviews';
import { ReviewFactsStore } from './application/review-facts-store';
import { ReviewFigureFrames } from './application/review-figure-frames';
import { ReviewFiguresProjection } from './projections/review-figures-projection';

export const reviewFiguresContext: ContextDeclaration = {
  events: {},
  messages: [GetReviewFigures, ListCountedReviews, GetReviewForecast],
  entities: [],
};

/** Counts what became of reviews. Needs the platform, the offices and the CQRS module. */
@Module({
  imports: [OfficesModule],
  providers: [
    ReviewFiguresProjection,
    ReviewFactsStore,
    ReviewFigureFrames,
    GetReviewFiguresHandler,
    ListCountedReviewsHandler,
    GetReviewForecastHandler,
  ],
})
export class ReviewFiguresModule {}
