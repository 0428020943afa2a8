import { Body, Controller, UseInterceptors } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  AllocateCase,
  ForwardCase,
  LinkCases,
  MarkAsSpam,
  ReleaseCase,
  TakeCase,
  TransferCase,
  TriageCase,
  type CaseDetail,
} from '@app/casework';
import { OptionalBody } from '../input/optional-body.interceptor';
import { Call, type ActionCall } from './action-call';
import { ActionRoute } from './case-action.decorator';
import { CaseActions } from './case-actions';
import { CaseTag } from './case-tag.interceptor';
import { AllocateBody, ForwardBody, LinkBody, TransferBody, TriageBody } from './sorting.bodies';

/** Where a case belongs and who has it. */
@ApiTags('Cases: sorting and passing on')
@Controller('api/v1/cases/:reference')
@UseInterceptors(OptionalBody, CaseTag)
export class SortingController {
  constructor(private readonly actions: CaseActions) {}

  @ActionRoute('triage', {
    summary: 'Sort a case otherwise than the rules did',
    description: 'Category, priority and queue; the clocks become those of the category.',
  })
  triage(@Call() call: ActionCall, @Body() body: TriageBody): Promise<CaseDetail> {
    const { category, priority = null, queue = null, reason = null } = body;
    return this.actions.run('triage', call, (target) => new TriageCase(target, { category, priority, queue, reason }));
  }

  @ActionRoute('allocate', { summary: 'Give a case to a person' })
  allocate(@Call() call: ActionCall, @Body() { assignee }: AllocateBody): Promise<CaseDetail> {
    return this.actions.run('allocate', call, (target) => new AllocateCase(target, assignee));
  }

  @ActionRoute('take', { summary: 'Take a case that nobody else has' })
  take(@Call() call: ActionCall): Promise<CaseDetail> {
    return this.actions.run('take', call, (target) => new TakeCase(target));
  }

  @ActionRoute('transfer', {
    summary: 'Move a case to another queue',
    description: 'Nobody has it until somebody there takes it.',
  })
  transfer(@Call() call: ActionCall, @Body() { queue }: TransferBody): Promise<CaseDetail> {
    return this.actions.run('transfer', call, (target) => new TransferCase(target, queue));
  }

  @ActionRoute('forward', {
    summary: 'Pass a case on to whom it concerns',
    description:
      'The item goes to the destination as it was received and the sender is told, in one act. What the sender asked ' +
      'for by way of adjustments stays behind.',
  })
  forward(@Call() call: ActionCall, @Body() body: ForwardBody): Promise<CaseDetail> {
    const { destination = null, reason, lawfulBasis = null } = body;
    const input = {
      destination,
      reason,
      lawfulBasis,
      consent: body.consent ?? false,
      notifySender: body.notifySender ?? true,
      cautionRead: body.cautionRead ?? false,
    };
    return this.actions.run('forward', call, (target) => new ForwardCase(target, input));
  }

  @ActionRoute('link', { summary: 'Say that two cases belong together', description: 'Shown on both.' })
  link(@Call() call: ActionCall, @Body() { reference }: LinkBody): Promise<CaseDetail> {
    return this.actions.run('link', call, (target) => new LinkCases(target, reference));
  }

  @ActionRoute('mark-spam', { summary: 'Put a case into quarantine' })
  markSpam(@Call() call: ActionCall): Promise<CaseDetail> {
    return this.actions.run('mark-spam', call, (target) => new MarkAsSpam(target));
  }

  @ActionRoute('release', {
    summary: 'Release a case from quarantine',
    description: 'Its clocks count from receipt, as if it had never been held.',
  })
  release(@Call() call: ActionCall): Promise<CaseDetail> {
    return this.actions.run('release', call, (target) => new ReleaseCase(target));
  }
}
