import { Body, Controller, UseInterceptors } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ApproveReply,
  DraftReply,
  SendHoldingUpdate,
  SendReply,
  SendReplyBack,
  SubmitReply,
  type CaseDetail,
} from '@app/casework';
import { OptionalBody } from '../input/optional-body.interceptor';
import { Call, type ActionCall } from './action-call';
import { DraftBody, HoldUpdateBody, SendBackBody, SendBody } from './answering.bodies';
import { ActionRoute } from './case-action.decorator';
import { CaseActions } from './case-actions';
import { CaseTag } from './case-tag.interceptor';

/** What the correspondent is told. */
@ApiTags('Cases: answering')
@Controller('api/v1/cases/:reference')
@UseInterceptors(OptionalBody, CaseTag)
export class AnsweringController {
  constructor(private readonly actions: CaseActions) {}

  @ActionRoute('draft', {
    summary: 'Write or rewrite the reply',
    description: 'From a template, from your own words, or both. An approved reply must then be approved again.',
  })
  draft(@Call() call: ActionCall, @Body() body: DraftBody): Promise<CaseDetail> {
    const { template = null, subject = null, body: text = null } = body;
    const input = { template, subject, body: text, channel: body.channel ?? 'email' };
    return this.actions.run('draft', call, (target) => new DraftReply(target, input));
  }

  @ActionRoute('submit', { summary: 'Hand the draft to the person who approves it' })
  submit(@Call() call: ActionCall): Promise<CaseDetail> {
    return this.actions.run('submit', call, (target) => new SubmitReply(target));
  }

  @ActionRoute('approve', { summary: 'Approve the draft as it is', permission: 'case:approve' })
  approve(@Call() call: ActionCall): Promise<CaseDetail> {
    return this.actions.run('approve', call, (target) => new ApproveReply(target));
  }

  @ActionRoute('send-back', { summary: 'Return a submitted or approved reply to its author, saying why' })
  sendBack(@Call() call: ActionCall, @Body() { reason }: SendBackBody): Promise<CaseDetail> {
    return this.actions.run('send-back', call, (target) => new SendReplyBack(target, reason));
  }

  @ActionRoute('send', {
    summary: 'Send the approved reply, once; or record an answer given in conversation',
  })
  send(
    @Call() call: ActionCall,
    @Body() { channel = null, text = null, cautionRead = null }: SendBody,
  ): Promise<CaseDetail> {
    return this.actions.run(
      'send',
      call,
      (target) => new SendReply(target, { channel, text, cautionRead: cautionRead === true, undoable: false }),
    );
  }

  @ActionRoute('hold-update', {
    summary: 'Tell the correspondent how things stand',
    description: 'The next update counts from today.',
  })
  holdUpdate(
    @Call() call: ActionCall,
    @Body() { text = null, cautionRead = null }: HoldUpdateBody,
  ): Promise<CaseDetail> {
    return this.actions.run('hold-update', call, (target) => new SendHoldingUpdate(target, text, cautionRead === true));
  }
}
