import { ApiProperty } from '@nestjs/swagger';
import type {
  CountedReview,
  CountedReviewsPage,
  OfficeForecast,
  ReviewAtRisk,
  ReviewFigure,
  ReviewFigureGroup,
  ReviewFigureReport,
  ReviewForecast,
} from '@app/review-figures';

const VALUE = {
  type: Number,
  nullable: true,
  description: 'A count, a share from 0 to 1, or days; null where there is nothing to measure',
} as const;
const DAY = { type: String, nullable: true, format: 'date' } as const;
const NAME = { type: String, nullable: true } as const;
const REFERENCE = {
  type: String,
  nullable: true,
  example: 'WM-2026-000123-K',
  description: 'Null for a case that is restricted to others: it is counted, and not named',
} as const;
const UNITS = [
  'reviews',
  'allegations',
  'recommendations',
  'learning-points',
  'share',
  'calendar-days',
  'working-days',
] as const;

class ReviewNumbersAnswer {
  @ApiProperty(VALUE) value!: number | null;
  @ApiProperty({ type: 'integer' }) numerator!: number;
  @ApiProperty({ type: 'integer' }) denominator!: number;
  @ApiProperty({ description: 'Lists exactly the reviews of the numerator' }) cases!: string;
  @ApiProperty({ description: 'Lists exactly the reviews of the denominator' }) denominatorCases!: string;
}

export class ReviewFigureGroupAnswer extends ReviewNumbersAnswer implements ReviewFigureGroup {
  @ApiProperty({ description: 'How the complaint was handled, the office, or the month' }) group!: string;
}

/** A figure with its definition, over all reviews asked for and for each group of them. */
export class ReviewFigureAnswer extends ReviewNumbersAnswer implements ReviewFigure {
  @ApiProperty({ example: 'upheld' }) key!: string;
  @ApiProperty({ example: 'Decisions' }) section!: string;
  @ApiProperty({ example: 'Upheld' }) title!: string;
  @ApiProperty() definition!: string;
  @ApiProperty({ enum: UNITS, type: String }) unit!: ReviewFigure['unit'];
  @ApiProperty({ enum: ['count', 'share', 'average', 'median', 'longest'], type: String })
  measure!: ReviewFigure['measure'];
  @ApiProperty({ description: 'How things stood at the end of the period: months do not add up' }) isAtEnd!: boolean;
  @ApiProperty({ type: [ReviewFigureGroupAnswer] }) groups!: readonly ReviewFigureGroupAnswer[];
}

export class ReviewFigureReportAnswer implements ReviewFigureReport {
  @ApiProperty({ format: 'date' }) from!: string;
  @ApiProperty({ format: 'date' }) to!: string;
  @ApiProperty({ format: 'date-time', description: 'Everything recorded until then is counted' }) asOf!: string;
  @ApiProperty(NAME) by!: ReviewFigureReport['by'];
  @ApiProperty({ type: 'integer', description: 'The bank holidays that working days were counted with' })
  calendarVersion!: number;
  @ApiProperty({ type: [ReviewFigureAnswer] }) figures!: readonly ReviewFigureAnswer[];
}

class CountedReviewAnswer implements CountedReview {
  @ApiProperty(REFERENCE) reference!: string | null;
  @ApiProperty({ example: 'west-mercia' }) office!: string;
  @ApiProperty({ format: 'date' }) receivedOn!: string;
  @ApiProperty(NAME) handling!: string | null;
  @ApiProperty() stage!: string;
  @ApiProperty(NAME) validity!: string | null;
  @ApiProperty(NAME) outcome!: string | null;
  @ApiProperty(DAY) decidedOn!: string | null;
  @ApiProperty({ type: 'integer', description: 'How often it was counted' }) times!: number;
  @ApiProperty({ type: 'integer', nullable: true, description: 'What was measured of it' }) days!: number | null;
}

export class CountedReviewsAnswer implements CountedReviewsPage {
  @ApiProperty() title!: string;
  @ApiProperty() definition!: string;
  @ApiProperty({ type: [CountedReviewAnswer] }) items!: readonly CountedReviewAnswer[];
  @ApiProperty({ type: 'integer', description: 'What the figure shows: the sum of `times` over all pages' })
  total!: number;
  @ApiProperty(NAME) nextCursor!: string | null;
}

class ExpectationAnswer {
  @ApiProperty({ type: 'integer' }) weeks!: number;
  @ApiProperty({ description: 'Applications' }) expected!: number;
  @ApiProperty({ type: 'integer' }) low!: number;
  @ApiProperty({ type: 'integer' }) high!: number;
  @ApiProperty({ type: 'integer' }) expectedOpen!: number;
}

class ForecastAnswer {
  @ApiProperty({ type: 'integer' }) openNow!: number;
  @ApiProperty() finishedAWeek!: number;
  @ApiProperty() decidedAWeek!: number;
  @ApiProperty({ type: [ExpectationAnswer] }) ahead!: readonly ExpectationAnswer[];
}

class OfficeForecastAnswer extends ForecastAnswer implements OfficeForecast {
  @ApiProperty({ example: 'west-mercia' }) office!: string;
}

class ReviewAtRiskAnswer implements ReviewAtRisk {
  @ApiProperty(REFERENCE) reference!: string | null;
  @ApiProperty({ example: 'west-mercia' }) office!: string;
  @ApiProperty({ format: 'date' }) decideBy!: string;
  @ApiProperty(DAY) expectedOn!: string | null;
  @ApiProperty() isPast!: boolean;
}

export class ReviewForecastAnswer implements ReviewForecast {
  @ApiProperty({ format: 'date-time' }) asOf!: string;
  @ApiProperty({ type: [String], description: 'How it is counted, in words' }) method!: readonly string[];
  @ApiProperty({ type: [OfficeForecastAnswer] }) offices!: readonly OfficeForecastAnswer[];
  @ApiProperty({ type: ForecastAnswer }) together!: ForecastAnswer;
  @ApiProperty({ type: [ReviewAtRiskAnswer] }) atRisk!: readonly ReviewAtRiskAnswer[];
}
