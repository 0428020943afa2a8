import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ListCaseDeadlines, ListCaseEvents, ListCaseMessages, type CaseEventView } from '@app/casework';
import { decodeCursor, encodeCursor, pageOf, Requires } from '@app/http';
import { PageQuery } from '../paging/page-query';
import {
  CaseEventPage,
  DeadlinePageAnswer,
  MessagePageAnswer,
  type ActorAnswer,
  type CaseEventAnswer,
} from './case-part.answers';

/** PostgreSQL's integer. */
const LARGEST_VERSION = 2_147_483_647;

/** What belongs to a case. Each query records the reading, with the case that was read. */
@ApiTags('Cases')
@Controller('api/v1/cases/:reference')
export class CasePartsController {
  constructor(private readonly queries: QueryBus) {}

  @Get('events')
  @Requires('case:read', { audit: null })
  @ApiOperation({ summary: 'The history of a case: what happened, when, by whom and why; oldest first' })
  @ApiOkResponse({ type: CaseEventPage })
  async events(@Param('reference') reference: string, @Query() { limit, cursor }: PageQuery): Promise<CaseEventPage> {
    const [after = 0] = decodeCursor(cursor, ['integer']) ?? [];
    const version = Math.min(Math.max(Number(after), 0), LARGEST_VERSION);
    const found = await this.queries.execute(new ListCaseEvents(reference, version, limit + 1));
    const { items, nextCursor } = pageOf(found, limit, ({ version }) => [version]);
    return { items: items.map(toAnswer), nextCursor };
  }

  @Get('messages')
  @Requires('case:read', { audit: null })
  @ApiOperation({ summary: 'The thread of a case, what came in and what went out; oldest first' })
  @ApiOkResponse({ type: MessagePageAnswer })
  async messages(
    @Param('reference') reference: string,
    @Query() { limit, cursor }: PageQuery,
  ): Promise<MessagePageAnswer> {
    const after = decodeCursor(cursor, ['instant', 'uuid']) as [string, string] | null;
    const { items, next } = await this.queries.execute(new ListCaseMessages(reference, limit, after));
    const shown = items.map((message) => ({
      ...message,
      attachments: message.attachments.map((file) => ({
        ...file,
        href: `/api/v1/cases/${encodeURIComponent(reference)}/attachments/${file.id}`,
      })),
    }));
    return { items: shown, nextCursor: next === null ? null : encodeCursor(next) };
  }

  @Get('deadlines')
  @Requires('case:read', { audit: null })
  @ApiOperation({ summary: 'Each deadline of a case with its rule, its calendar and how it was counted' })
  @ApiOkResponse({ type: DeadlinePageAnswer })
  async deadlines(@Param('reference') reference: string): Promise<DeadlinePageAnswer> {
    return { items: await this.queries.execute(new ListCaseDeadlines(reference)), nextCursor: null };
  }
}

function toAnswer(event: CaseEventView): CaseEventAnswer {
  return {
    id: event.id,
    type: event.type,
    version: event.version,
    at: event.effectiveAt.toISOString(),
    recordedAt: event.recordedAt.toISOString(),
    actor: event.metadata.actor as unknown as ActorAnswer,
    reason: event.reason,
    data: event.data,
  };
}
