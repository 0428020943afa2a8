import { ApiPropertyOptional } from '@nestjs/swagger';
import { CASE_SORTS, CASE_STATUSES, OPEN_CASES, type CaseFilter, type CaseSort } from '@app/casework';
import { currentCaller } from '@app/platform';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { IsCalendarDay, ListParameter } from '../input/field-checks';
import { callerOffices } from '../input/caller-offices';
import { OfficeParameter } from '../input/office-parameter';
import { PageQuery } from '../paging/page-query';

const RISKS = ['none', 'medium', 'high', 'critical'] as const;

/** Which cases a worklist shows; everything may be combined. */
export class CaseListQuery extends PageQuery {
  @OfficeParameter()
  office?: string[];

  @ApiPropertyOptional({
    enum: CASE_STATUSES,
    isArray: true,
    description: 'Without status and `q`: all that are open.',
  })
  @IsOptional()
  @ListParameter()
  @IsIn(CASE_STATUSES, { each: true })
  status?: string[];

  @ApiPropertyOptional({ example: 'casework' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  queue?: string;

  @ApiPropertyOptional({ description: 'The id of a person, `me`, or `none` for cases that nobody has', example: 'me' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  assignee?: string;

  @ApiPropertyOptional({ example: 'foi-request' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  category?: string;

  @ApiPropertyOptional({ example: 'correspondence' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  kind?: string;

  @ApiPropertyOptional({ enum: RISKS })
  @IsOptional()
  @IsIn(RISKS)
  risk?: string;

  @ApiPropertyOptional({ format: 'date', description: 'Something is owed before this day', example: '2026-05-01' })
  @IsOptional()
  @IsCalendarDay()
  dueBefore?: string;

  @ApiPropertyOptional({ format: 'date', description: 'Received on this day (London) or later', example: '2026-04-01' })
  @IsOptional()
  @IsCalendarDay()
  receivedFrom?: string;

  @ApiPropertyOptional({ format: 'date', description: 'Received on this day (London) or earlier' })
  @IsOptional()
  @IsCalendarDay()
  receivedTo?: string;

  @ApiPropertyOptional({
    description:
      'Words of any message (as in a web search), a reference, or the name or address of the correspondent. Finds ' +
      'answered, closed and quarantined cases too, unless `status` narrows it.',
    example: 'speeding "orchard lane"',
  })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  q?: string;

  @ApiPropertyOptional({ enum: CASE_SORTS, default: 'next-deadline' })
  @IsOptional()
  @IsIn(CASE_SORTS)
  sort: CaseSort = 'next-deadline';
}

const one = (value: string | undefined): readonly string[] => (value === undefined ? [] : [value]);

/** The filter that the parameters mean for the caller. */
export function toCaseFilter(query: CaseListQuery): CaseFilter {
  const q = query.q === undefined || query.q.trim() === '' ? null : query.q;
  return {
    ...OPEN_CASES,
    offices: callerOffices(query.office),
    scope: q === null ? 'open' : 'all',
    status: query.status ?? [],
    queues: one(query.queue),
    assignees: one(query.assignee === 'me' ? currentCaller().actor.id : query.assignee),
    categories: one(query.category),
    kinds: one(query.kind),
    risks: one(query.risk),
    dueBefore: query.dueBefore ?? null,
    receivedFrom: query.receivedFrom ?? null,
    receivedTo: query.receivedTo ?? null,
    q,
  };
}
