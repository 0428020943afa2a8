import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Requires } from '@app/http';
import {
  GetReviewFigures,
  GetReviewForecast,
  ListCountedReviews,
  type CountedReviewsPage,
  type ReviewFigureReport,
  type ReviewForecast,
} from '@app/review-figures';
import { callerOffices } from '../input/caller-offices';
import { instantOf } from '../input/field-checks';
import { CountedReviewsAnswer, ReviewFigureReportAnswer, ReviewForecastAnswer } from './review-figures.answer';
import { CountedReviewsQuery, ReviewFiguresQuery, ReviewForecastQuery } from './review-figures.query';

@ApiTags('Figures')
@Controller('api/v1/metrics/reviews')
export class ReviewFiguresController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Requires('metrics:read', { audit: 'metrics-read' })
  @ApiOperation({
    summary: 'What came in as applications for a review, and what became of them',
    description:
      'Received, valid and not by reason, sent on, decided and how, days from receipt and from the papers, open by age, ' +
      'papers, recommendations and learning. Each figure has its definition and a link that lists exactly the reviews counted.',
  })
  @ApiOkResponse({ type: ReviewFigureReportAnswer })
  figures(@Query() { from, to, office, by, asOf }: ReviewFiguresQuery): Promise<ReviewFigureReport> {
    const request = { from, to, offices: callerOffices(office), by, asOf: instantOf(asOf) ?? undefined };
    return this.queries.execute(new GetReviewFigures(request));
  }

  @Get('cases')
  @Requires('metrics:read', { audit: 'case-list-read' })
  @ApiOperation({ summary: 'Exactly the reviews that a figure counted: follow its links' })
  @ApiOkResponse({ type: CountedReviewsAnswer })
  counted(@Query() query: CountedReviewsQuery): Promise<CountedReviewsPage> {
    const { figure, part, from, to, office, by, group, limit, cursor } = query;
    const asOf = instantOf(query.asOf) ?? undefined;
    const request = { figure, part, from, to, offices: callerOffices(office), by, group, asOf, limit, cursor };
    return this.queries.execute(new ListCountedReviews(request));
  }

  @Get('forecast')
  @Requires('metrics:read', { audit: 'metrics-read' })
  @ApiOperation({ summary: 'What work is to be expected, and which reviews will pass their day at the present rate' })
  @ApiOkResponse({ type: ReviewForecastAnswer })
  forecast(@Query() { office, asOf }: ReviewForecastQuery): Promise<ReviewForecast> {
    return this.queries.execute(new GetReviewForecast(callerOffices(office), instantOf(asOf) ?? undefined));
  }
}
