import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CaseChanges, type CaseTarget } from '../case-changes';
import { CaseSettings } from '../case-settings';

/** Moves a case to another queue; nobody owns it until somebody there takes it. */
export class TransferCase extends Command<string> {
  constructor(
    readonly target: CaseTarget,
    readonly queue: string,
  ) {
    super();
  }
}

@CommandHandler(TransferCase)
export class TransferCaseHandler implements ICommandHandler<TransferCase> {
  constructor(
    private readonly changes: CaseChanges,
    private readonly settings: CaseSettings,
  ) {}

  execute({ target, queue }: TransferCase): Promise<string> {
    return this.changes.byReference(target, async (caseFile, { now }) => {
      await this.settings.queue(queue, caseFile.snapshot().office);
      caseFile.transfer(queue, now);
    });
  }
}
