import { ApiPropertyOptional } from '@nestjs/swagger';
import { RECOMMENDATION_STATUSES, type RecommendationFilter } from '@app/reviews';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { IsCalendarDay } from '../input/field-checks';
import { OfficeParameter } from '../input/office-parameter';
import { PageQuery } from '../paging/page-query';

export const LISTED_STATUSES = ['overdue', 'open', ...RECOMMENDATION_STATUSES] as const;

export class RecommendationListQuery extends PageQuery {
  @OfficeParameter()
  office?: string[];

  @ApiPropertyOptional({ enum: LISTED_STATUSES, description: '`open`: not settled. `overdue`: no answer in time.' })
  @IsOptional()
  @IsIn(LISTED_STATUSES)
  status?: NonNullable<RecommendationFilter['status']>;

  @ApiPropertyOptional({ description: 'The force: the key of its local policing body' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  force?: string;

  @ApiPropertyOptional({ format: 'date', description: 'Made on this day or later' })
  @IsOptional()
  @IsCalendarDay()
  from?: string;

  @ApiPropertyOptional({ format: 'date', description: 'Made on this day or earlier' })
  @IsOptional()
  @IsCalendarDay()
  to?: string;
}
