import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { REVIEW_BREAKDOWNS, type ReviewBreakdown } from '@app/review-figures';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { IsCalendarDay, IsInstant } from '../input/field-checks';
import { OfficeParameter } from '../input/office-parameter';
import { PageQuery } from '../paging/page-query';

const FROM = { format: 'date', description: 'First day of the period (London)', example: '2026-04-01' };
const TO = { format: 'date', description: 'Last day of the period (London)', example: '2026-06-30' };
const AS_OF = { format: 'date-time', description: 'As it was recorded at this instant. Without it: now.' };
const PARTS = ['numerator', 'denominator'] as const;

/** For which period, offices and groups figures of reviews are asked. */
export class ReviewFiguresQuery {
  @ApiProperty(FROM)
  @IsCalendarDay()
  from!: string;

  @ApiProperty(TO)
  @IsCalendarDay()
  to!: string;

  @OfficeParameter()
  office?: string[];

  @ApiPropertyOptional({ enum: REVIEW_BREAKDOWNS, description: 'The figures of each group too' })
  @IsOptional()
  @IsIn(REVIEW_BREAKDOWNS)
  by?: ReviewBreakdown;

  @ApiPropertyOptional(AS_OF)
  @IsOptional()
  @IsInstant()
  asOf?: string;
}

/** Which reviews behind a figure; the links of a figure say it all. */
export class CountedReviewsQuery extends PageQuery {
  @ApiProperty({ example: 'upheld' })
  @IsString()
  @MaxLength(100)
  figure!: string;

  @ApiPropertyOptional({ enum: PARTS, default: 'numerator' })
  @IsOptional()
  @IsIn(PARTS)
  part: (typeof PARTS)[number] = 'numerator';

  @ApiProperty(FROM)
  @IsCalendarDay()
  from!: string;

  @ApiProperty(TO)
  @IsCalendarDay()
  to!: string;

  @OfficeParameter()
  office?: string[];

  @ApiPropertyOptional({ enum: REVIEW_BREAKDOWNS })
  @IsOptional()
  @IsIn(REVIEW_BREAKDOWNS)
  by?: ReviewBreakdown;

  @ApiPropertyOptional({ description: 'Only with `by`', example: 'investigation' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  group?: string;

  @ApiPropertyOptional(AS_OF)
  @IsOptional()
  @IsInstant()
  asOf?: string;
}

/** For which offices work is to be foreseen. */
export class ReviewForecastQuery {
  @OfficeParameter()
  office?: string[];

  @ApiPropertyOptional(AS_OF)
  @IsOptional()
  @IsInstant()
  asOf?: string;
}
