import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { DeadlineUnit, HolidayRegion } from '@app/kernel';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsString } from 'class-validator';

const UNITS: readonly DeadlineUnit[] = ['working-days', 'calendar-days', 'calendar-months'];
const REGIONS: readonly HolidayRegion[] = ['england-and-wales', 'any-uk'];

export class DeadlineQuery {
  @ApiProperty({ format: 'date', example: '2026-04-02', description: 'Day 0: the day of receipt, in London' })
  @IsString()
  from!: string;

  @ApiProperty({ type: 'integer', minimum: 0, example: 20 })
  @Type(() => Number)
  @IsInt()
  count!: number;

  @ApiPropertyOptional({ enum: UNITS, default: 'working-days' })
  @IsIn(UNITS)
  unit: DeadlineUnit = 'working-days';

  @ApiPropertyOptional({
    enum: REGIONS,
    default: 'england-and-wales',
    description: 'Whose bank holidays are not worked. Freedom of information counts those of any part of the UK.',
  })
  @IsIn(REGIONS)
  region: HolidayRegion = 'england-and-wales';
}

export class DeadlineAnswer {
  @ApiProperty({ format: 'date', example: '2026-05-05' })
  deadline!: string;

  @ApiProperty({ type: [String], description: 'The days that were counted, in order' })
  days!: readonly string[];

  @ApiProperty({ type: [String], description: 'The counting in words, a sentence each' })
  steps!: readonly string[];

  @ApiProperty({ type: 'integer', description: 'The version of the bank holidays that was used' })
  calendarVersion!: number;
}
