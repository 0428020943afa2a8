import { Body, Controller, Get, HttpCode, Param, Post, Query, UseInterceptors } from '@nestjs/common';
import { CommandBus, QueryBus, type Command } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { IdempotencyKey, idempotentRequest, Requires } from '@app/http';
import {
  CancelOutgoing,
  GetOutgoing,
  ListOutgoing,
  MarkOutgoingSent,
  ResendOutgoing,
  type OutgoingView,
} from '@app/notifications';
import { currentCaller } from '@app/platform';
import { callerOffices } from '../input/caller-offices';
import { Once } from '../input/once';
import { OptionalBody } from '../input/optional-body.interceptor';
import { MarkSentBody, OutgoingAnswer, OutgoingListQuery, OutgoingPageAnswer } from './outgoing.answer';

/** What goes out: acknowledgements, replies, forwards and notices. Without SMTP_URL this is where they stay. */
@ApiTags('Outgoing messages')
@Controller('api/v1/outgoing-messages')
@UseInterceptors(OptionalBody)
export class OutgoingController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly once: Once,
  ) {}

  @Get()
  @Requires('outgoing:read', { audit: 'outgoing-read' })
  @ApiOperation({ summary: 'Messages that go out or went, newest first' })
  @ApiOkResponse({ type: OutgoingPageAnswer })
  list(
    @Query() { office, status = undefined, limit, cursor = undefined }: OutgoingListQuery,
  ): Promise<OutgoingPageAnswer> {
    const filter = { offices: callerOffices(office), status: status ?? null, limit, cursor: cursor ?? null };
    return this.queries.execute(new ListOutgoing(filter));
  }

  @Get(':id')
  @Requires('outgoing:read', { audit: 'outgoing-read' })
  @ApiOperation({ summary: 'One message with its text' })
  @ApiOkResponse({ type: OutgoingAnswer })
  read(@Param('id') id: string): Promise<OutgoingView> {
    return this.queries.execute(new GetOutgoing(id, currentCaller().offices));
  }

  @Post(':id/resend')
  @HttpCode(200)
  @Requires('case:write', { audit: 'outgoing-read' })
  @ApiOperation({
    summary: 'Send a message again that failed, or of which nobody knows whether it went',
    description: 'It keeps its Message-ID: where the first copy did arrive, most mail systems show one.',
  })
  @ApiOkResponse({ type: OutgoingAnswer })
  resend(@Param('id') id: string, @IdempotencyKey() key: string | null): Promise<OutgoingView> {
    return this.settle(id, `resend ${id}`, key, {}, new ResendOutgoing(id));
  }

  @Post(':id/mark-sent')
  @HttpCode(200)
  @Requires('case:write', { audit: 'outgoing-read' })
  @ApiOperation({ summary: 'Say that a message did go out of which nobody knew, and how you know' })
  @ApiOkResponse({ type: OutgoingAnswer })
  markSent(
    @Param('id') id: string,
    @IdempotencyKey() key: string | null,
    @Body() body: MarkSentBody,
  ): Promise<OutgoingView> {
    return this.settle(id, `mark-sent ${id}`, key, body, new MarkOutgoingSent(id, body.reason));
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @Requires('case:write', { audit: 'outgoing-read' })
  @ApiOperation({ summary: 'Take a message back that has not begun to go out' })
  @ApiOkResponse({ type: OutgoingAnswer })
  cancel(@Param('id') id: string, @IdempotencyKey() key: string | null): Promise<OutgoingView> {
    return this.settle(id, `cancel ${id}`, key, {}, new CancelOutgoing(id));
  }

  private settle(
    id: string,
    route: string,
    key: string | null,
    body: unknown,
    command: Command<void>,
  ): Promise<OutgoingView> {
    return this.once.run(idempotentRequest(`POST outgoing-messages ${route}`, key, body), async () => {
      await this.commands.execute(command);
      return this.queries.execute(new GetOutgoing(id, currentCaller().offices));
    });
  }
}
