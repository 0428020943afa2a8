import { Controller, Get, NotFoundException, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus, type Command } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import { Requires } from '@app/http';
import { DomainError } from '@app/kernel';
import {
  CancelOutgoing,
  GetOutgoing,
  ListOutgoing,
  MarkOutgoingSent,
  OUTGOING_STATUSES,
  ResendOutgoing,
  type OutgoingStatus,
  type OutgoingView,
} from '@app/notifications';
import { currentCaller } from '@app/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { formErrors, formFields, NO_ERRORS, type FormErrors } from '../case/form-fields';
import { refusedBy } from '../case/refusals';
import { showStaffPage } from '../staff/staff-page';
import { isCancellable, kindInWords, outgoingStatus } from './outgoing-words';

const PAGE = 50;
const LONGEST_REASON = 2000;

interface Settling {
  readonly notice: string;
  readonly command: (id: string, reason: string) => Command<void>;
}

const SETTLINGS: Readonly<Record<string, Settling>> = {
  cancel: { notice: 'message-cancelled', command: (id) => new CancelOutgoing(id) },
  resend: { notice: 'message-resent', command: (id) => new ResendOutgoing(id) },
  'mark-sent': { notice: 'message-marked', command: (id, reason) => new MarkOutgoingSent(id, reason) },
};

/** The outbox: what goes out, what went, and what somebody must settle. */
@ApiExcludeController()
@Controller('staff/outgoing')
export class OutgoingPagesController {
  constructor(
    private readonly queries: QueryBus,
    private readonly commands: CommandBus,
  ) {}

  @Get()
  @Requires('outgoing:read', { audit: 'outgoing-read' })
  async list(
    @Query('status') asked: string | undefined,
    @Query('cursor') cursor: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const status = OUTGOING_STATUSES.find((each) => each === asked) ?? null;
    const { offices } = currentCaller();
    const page = await this.queries.execute(new ListOutgoing({ offices, status, limit: PAGE, cursor: cursor ?? null }));
    await showStaffPage(reply, 'outgoing/views/list', {
      pageTitle: 'Outgoing messages',
      isWide: true,
      status,
      statuses: OUTGOING_STATUSES.map((value) => ({ value, text: outgoingStatus(value).text })),
      items: page.items.map(shown),
      nextCursor: page.nextCursor,
    });
  }

  @Get(':id')
  @Requires('outgoing:read', { audit: 'outgoing-read' })
  async show(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    await this.page(reply, id, NO_ERRORS, '');
  }

  @Post(':id/:settling')
  @Requires('case:write', { audit: 'outgoing-read' })
  async settle(
    @Param('id') id: string,
    @Param('settling') settling: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const found = Object.hasOwn(SETTLINGS, settling) ? SETTLINGS[settling] : undefined;
    if (!found) throw new NotFoundException();
    const { reason = '' } = formFields(request);
    if (settling === 'mark-sent' && (reason.trim() === '' || reason.length > LONGEST_REASON)) {
      void reply.status(422);
      return this.page(reply, id, formErrors([['reason', 'Say how you know that it was sent']]), reason);
    }
    try {
      await this.commands.execute(found.command(id, reason.trim()));
    } catch (error) {
      const refused = refusedBy(error);
      if (refused === null || !(error instanceof DomainError)) throw error;
      void reply.status(refused.status);
      return this.page(reply, id, formErrors([['message', error.message]]), reason);
    }
    void reply.redirect(`/staff/outgoing/${id}?notice=${found.notice}`, 303);
  }

  private async page(reply: FastifyReply, id: string, { errors, errorOf }: FormErrors, reason: string): Promise<void> {
    const message = await this.queries.execute(new GetOutgoing(id, currentCaller().offices));
    await showStaffPage(reply, 'outgoing/views/show', {
      pageTitle: message.subject,
      message: shown(message),
      body: message.body,
      isCancellable: isCancellable(message.status),
      isUnsettled: message.status === 'uncertain' || message.status === 'failed',
      errors,
      errorOf,
      reason,
    });
  }
}

function shown(message: OutgoingView): Omit<OutgoingView, 'status' | 'kind'> & {
  readonly status: OutgoingStatus;
  readonly tag: { readonly text: string; readonly classes: string };
  readonly kind: string;
} {
  return { ...message, tag: outgoingStatus(message.status), kind: kindInWords(message.kind) };
}
