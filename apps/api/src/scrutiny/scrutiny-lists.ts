import { decodeCursor, encodeCursor, type Page } from '@app/http';
import type { RecordListRequest, RecordPage } from '@app/scrutiny';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { callerOffices } from '../input/caller-offices';
import { OfficeParameter } from '../input/office-parameter';
import { PageQuery } from '../paging/page-query';

const STATES = ['open', 'closed'] as const;

/** Which records of a kind, page by page; what is overdue comes first. */
export class RecordsQuery extends PageQuery {
  @OfficeParameter()
  office?: string[];

  @ApiPropertyOptional({ enum: STATES, default: 'open' })
  @IsOptional()
  @IsIn(STATES)
  state: (typeof STATES)[number] = 'open';
}

export function listRequest({ limit, cursor, office, state }: RecordsQuery): RecordListRequest {
  const after = decodeCursor(cursor, ['day', 'uuid']) as [string, string] | null;
  return { offices: callerOffices(office), isOpen: state === 'open', limit, after };
}

export function toPage<T>({ items, next }: RecordPage<T>): Page<T> {
  return { items, nextCursor: next === null ? null : encodeCursor(next) };
}
