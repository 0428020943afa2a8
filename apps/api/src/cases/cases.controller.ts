import { Controller, Get, Param, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { GetCase, ListCases, type CaseCursor, type CaseDetail, type CaseSort } from '@app/casework';
import { decodeCursor, encodeCursor, Requires, type CursorShape } from '@app/http';
import { CaseListQuery, toCaseFilter } from './case-list.query';
import { CaseTag } from './case-tag.interceptor';
import { CaseAnswer, CasePageAnswer } from './case.answer';

const CURSORS: Readonly<Record<CaseSort, CursorShape>> = {
  'next-deadline': ['day?', 'uuid'],
  '-next-deadline': ['day?', 'uuid'],
  received: ['instant', 'uuid'],
  '-received': ['instant', 'uuid'],
  priority: ['integer', 'uuid'],
  '-priority': ['integer', 'uuid'],
  closed: ['instant?', 'uuid'],
  '-closed': ['instant?', 'uuid'],
};

@ApiTags('Cases')
@Controller('api/v1/cases')
export class CasesController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Requires('case:read', { audit: 'case-list-read' })
  @ApiOperation({ summary: 'Cases of your offices: a worklist, or a search of everything' })
  @ApiOkResponse({ type: CasePageAnswer })
  async list(@Query() query: CaseListQuery): Promise<CasePageAnswer> {
    const { sort, limit, cursor } = query;
    const filter = toCaseFilter(query);
    const after = decodeCursor(cursor, CURSORS[sort]) as CaseCursor | null;
    const page = await this.queries.execute(new ListCases(filter, sort, limit, after));
    return { items: page.items, nextCursor: page.next === null ? null : encodeCursor(page.next) };
  }

  // The query itself records the reading, with the case that was read.
  @Get(':reference')
  @UseInterceptors(CaseTag)
  @Requires('case:read', { audit: null })
  @ApiOperation({ summary: 'One case with its draft, notes and links' })
  @ApiHeader({ name: 'If-None-Match', required: false })
  @ApiOkResponse({ type: CaseAnswer, headers: { ETag: { schema: { type: 'string' } } } })
  @ApiResponse({ status: 304, description: 'Not changed since the version in If-None-Match' })
  read(@Param('reference') reference: string): Promise<CaseDetail> {
    return this.queries.execute(new GetCase(reference));
  }
}
