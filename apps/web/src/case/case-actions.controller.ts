import { Controller, Get, NotFoundException, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import {
  ApproveReply,
  ConfirmRisk,
  ConfirmSender,
  RecallReply,
  ReleaseCase,
  ResumeCase,
  SubmitReply,
  TakeCase,
  UnlinkCases,
  type CaseTarget,
} from '@app/casework';
import { Requires } from '@app/http';
import type { Command } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ACTION_FORMS, SEND_BACK, type ActionForm } from './case-action-forms';
import { CaseActs } from './case-acts';
import { formFields, type Fields } from './form-fields';
import { RESTRICTION_FORMS } from './restriction-forms';

interface AtOnce {
  readonly notice: string;
  readonly command: (target: CaseTarget, values: Fields) => Command<string>;
}

/** Actions that ask nothing: a button on the page of the case. */
const AT_ONCE: Readonly<Record<string, AtOnce>> = {
  take: { notice: 'case-taken', command: (target) => new TakeCase(target) },
  resume: { notice: 'case-resumed', command: (target) => new ResumeCase(target) },
  release: { notice: 'case-released', command: (target) => new ReleaseCase(target) },
  submit: { notice: 'reply-submitted', command: (target) => new SubmitReply(target) },
  'confirm-risk': { notice: 'risk-confirmed', command: (target) => new ConfirmRisk(target) },
  'confirm-sender': {
    notice: 'sender-confirmed',
    command: (target, { message = '' }) => new ConfirmSender(target, message),
  },
  unlink: { notice: 'case-unlinked', command: (target, { other = '' }) => new UnlinkCases(target, other) },
  'take-back': { notice: 'reply-recalled', command: ({ reference }) => new RecallReply(reference) },
};

/** What can be done with a case. Which of it may be done now is the rules' to say, not the pages'. */
@ApiExcludeController()
@Controller('staff/cases/:reference')
export class CaseActionsController {
  constructor(private readonly acts: CaseActs) {}

  @Post('approve')
  @Requires('case:approve', { audit: 'case-read' })
  approve(
    @Param('reference') reference: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const command = (target: CaseTarget): ApproveReply => new ApproveReply(target);
    return this.acts.atOnce(reply, reference, formFields(request), 'reply-approved', command, '/reply/preview');
  }

  @Get('send-back')
  @Requires('case:approve', { audit: null })
  showSendBack(@Param('reference') reference: string, @Res() reply: FastifyReply): Promise<void> {
    return this.acts.show(reply, reference, 'send-back', SEND_BACK);
  }

  @Post('send-back')
  @Requires('case:approve', { audit: null })
  sendBack(
    @Param('reference') reference: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.acts.carryOut(reply, reference, 'send-back', SEND_BACK, formFields(request));
  }

  @Get(':action')
  @Requires('case:write', { audit: null })
  show(
    @Param('reference') reference: string,
    @Param('action') action: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.acts.show(reply, reference, action, formOf(action));
  }

  @Post(':action')
  @Requires('case:write', { audit: null })
  act(
    @Param('reference') reference: string,
    @Param('action') action: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const values = formFields(request);
    const atOnce = Object.hasOwn(AT_ONCE, action) ? AT_ONCE[action] : undefined;
    if (!atOnce) return this.acts.carryOut(reply, reference, action, formOf(action), values);
    return this.acts.atOnce(reply, reference, values, atOnce.notice, (target) => atOnce.command(target, values));
  }
}

const FORMS: Readonly<Record<string, ActionForm>> = { ...ACTION_FORMS, ...RESTRICTION_FORMS };

/** @throws NotFoundException for what is no action. */
function formOf(action: string): ActionForm {
  const form = Object.hasOwn(FORMS, action) ? FORMS[action] : undefined;
  if (!form) throw new NotFoundException();
  return form;
}
