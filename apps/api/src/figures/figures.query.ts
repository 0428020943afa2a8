import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { BREAKDOWNS, FIGURES, type Breakdown } from '@app/timeliness';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { IsCalendarDay, IsInstant } from '../input/field-checks';
import { OfficeParameter } from '../input/office-parameter';
import { PageQuery } from '../paging/page-query';

const FROM = { format: 'date', description: 'First day of the period (London)', example: '2026-04-01' };
const TO = { format: 'date', description: 'Last day of the period (London)', example: '2026-04-30' };
const AS_OF = { format: 'date-time', description: 'As it was recorded at this instant. Without it: now.' };

/** For which period, offices and groups figures are asked. */
export class FiguresQuery {
  @ApiProperty(FROM)
  @IsCalendarDay()
  from!: string;

  @ApiProperty(TO)
  @IsCalendarDay()
  to!: string;

  @OfficeParameter()
  office?: string[];

  @ApiPropertyOptional({ enum: BREAKDOWNS, description: 'The figures of each group too' })
  @IsOptional()
  @IsIn(BREAKDOWNS)
  by?: Breakdown;

  @ApiPropertyOptional(AS_OF)
  @IsOptional()
  @IsInstant()
  asOf?: string;
}

const GROUPINGS = [...BREAKDOWNS, 'week'] as const;
const PARTS = ['numerator', 'denominator'] as const;

/** Which cases behind a figure; the links of a figure say it all. */
export class CountedCasesQuery extends PageQuery {
  @ApiProperty({ enum: Object.keys(FIGURES), example: 'answered-in-time' })
  @IsIn(Object.keys(FIGURES))
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

  @ApiPropertyOptional({ enum: GROUPINGS })
  @IsOptional()
  @IsIn(GROUPINGS)
  by?: (typeof GROUPINGS)[number];

  @ApiPropertyOptional({ description: 'Only with `by`; empty for the cases that have none', example: 'casework' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  group?: string;

  @ApiPropertyOptional(AS_OF)
  @IsOptional()
  @IsInstant()
  asOf?: string;
}
