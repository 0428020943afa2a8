import { Body, Controller, UseInterceptors } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  AddNote,
  CloseCase,
  ConfirmRisk,
  ConfirmSender,
  ExtendDeadline,
  PauseCase,
  ReopenCase,
  RestrictCase,
  ResumeCase,
  UnrestrictCase,
  type CaseDetail,
} from '@app/casework';
import { OptionalBody } from '../input/optional-body.interceptor';
import { Call, type ActionCall } from './action-call';
import { ActionRoute } from './case-action.decorator';
import { CaseActions } from './case-actions';
import { CaseTag } from './case-tag.interceptor';
import { ConfirmSenderBody, EndingBody, ExtendBody, NoteBody, ReasonBody, RestrictBody } from './keeping.bodies';

/** Its time, its end, and what people note about it. */
@ApiTags('Cases: time, end and notes')
@Controller('api/v1/cases/:reference')
@UseInterceptors(OptionalBody, CaseTag)
export class KeepingController {
  constructor(private readonly actions: CaseActions) {}

  @ActionRoute('pause', { summary: 'Stop the clocks, all but the acknowledgement' })
  pause(@Call() call: ActionCall, @Body() { reason }: ReasonBody): Promise<CaseDetail> {
    return this.actions.run('pause', call, (target) => new PauseCase(target, reason));
  }

  @ActionRoute('resume', { summary: 'Let the clocks go on' })
  resume(@Call() call: ActionCall): Promise<CaseDetail> {
    return this.actions.run('resume', call, (target) => new ResumeCase(target));
  }

  @ActionRoute('extend', { summary: 'Move a deadline later, never earlier' })
  extend(@Call() call: ActionCall, @Body() { clock, dueOn, reason }: ExtendBody): Promise<CaseDetail> {
    return this.actions.run('extend', call, (target) => new ExtendDeadline(target, clock, dueOn, reason));
  }

  @ActionRoute('close', { summary: 'Close a case' })
  close(@Call() call: ActionCall, @Body() { reason }: EndingBody): Promise<CaseDetail> {
    return this.actions.run('close', call, (target) => new CloseCase(target, reason));
  }

  @ActionRoute('reopen', { summary: 'Take a case up again', description: 'Its reply clock starts anew today.' })
  reopen(@Call() call: ActionCall, @Body() { reason }: EndingBody): Promise<CaseDetail> {
    return this.actions.run('reopen', call, (target) => new ReopenCase(target, reason));
  }

  @ActionRoute('note', { summary: 'Note something for colleagues', description: 'Never part of what is sent.' })
  note(@Call() call: ActionCall, @Body() { text }: NoteBody): Promise<CaseDetail> {
    return this.actions.run('note', call, (target) => new AddNote(target, text));
  }

  @ActionRoute('restrict', {
    summary: 'Let only the people named see a case',
    description: 'Everybody else gets 404, managers too. The person it is allocated to must be among them.',
  })
  restrict(@Call() call: ActionCall, @Body() { people, reason }: RestrictBody): Promise<CaseDetail> {
    return this.actions.run('restrict', call, (target) => new RestrictCase(target, people, reason));
  }

  @ActionRoute('unrestrict', { summary: 'Let the whole office see a restricted case again' })
  unrestrict(@Call() call: ActionCall, @Body() { reason }: ReasonBody): Promise<CaseDetail> {
    return this.actions.run('unrestrict', call, (target) => new UnrestrictCase(target, reason));
  }

  @ActionRoute('confirm-risk', { summary: 'Take on the risk alert of a case' })
  confirmRisk(@Call() call: ActionCall): Promise<CaseDetail> {
    return this.actions.run('confirm-risk', call, (target) => new ConfirmRisk(target));
  }

  @ActionRoute('confirm-sender', {
    summary: 'Confirm that an unknown sender belongs to the case',
    description: 'Until then nothing goes out to that sender.',
  })
  confirmSender(@Call() call: ActionCall, @Body() { messageId }: ConfirmSenderBody): Promise<CaseDetail> {
    return this.actions.run('confirm-sender', call, (target) => new ConfirmSender(target, messageId));
  }
}
