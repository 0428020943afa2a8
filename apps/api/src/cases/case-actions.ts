import { Injectable } from '@nestjs/common';
import { CommandBus, QueryBus, type Command } from '@nestjs/cqrs';
import { CaseNotFound, GetCase, type CaseDetail, type CaseTarget } from '@app/casework';
import { idempotentRequest } from '@app/http';
import { parseReference } from '@app/kernel';
import { Once } from '../input/once';
import type { ActionCall } from './action-call';

/** Carries out an action on a case and answers the case, in one transaction. */
@Injectable()
export class CaseActions {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly once: Once,
  ) {}

  /** The command answers the reference of its case. @throws CaseNotFound and what the action refuses. */
  run(action: string, call: ActionCall, commandOf: (target: CaseTarget) => Command<string>): Promise<CaseDetail> {
    const parsed = parseReference(call.reference);
    if (!parsed) throw new CaseNotFound();
    const { reference } = parsed;
    const request = idempotentRequest(`POST cases/${reference}/${action}`, call.key, call.body);
    return this.once.run(request, async () => {
      await this.commands.execute(commandOf({ reference, ifVersion: call.ifVersion }));
      return this.queries.execute(new GetCase(reference));
    });
  }
}
