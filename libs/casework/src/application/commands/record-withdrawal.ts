import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CaseChanges, type CaseTarget } from '../case-changes';

/** The sender withdraws what they asked. */
export class RecordWithdrawal extends Command<string> {
  constructor(readonly target: CaseTarget) {
    super();
  }
}

@CommandHandler(RecordWithdrawal)
export class RecordWithdrawalHandler implements ICommandHandler<RecordWithdrawal> {
  constructor(private readonly changes: CaseChanges) {}

  execute({ target }: RecordWithdrawal): Promise<string> {
    return this.changes.byReference(target, (caseFile, { now }) => caseFile.senderWithdrew(now));
  }
}
