import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CaseChanges, type CaseTarget } from '../case-changes';

/** The sender says that it was not answered. */
export class RecordDissatisfaction extends Command<string> {
  constructor(readonly target: CaseTarget) {
    super();
  }
}

@CommandHandler(RecordDissatisfaction)
export class RecordDissatisfactionHandler implements ICommandHandler<RecordDissatisfaction> {
  constructor(private readonly changes: CaseChanges) {}

  execute({ target }: RecordDissatisfaction): Promise<string> {
    return this.changes.byReference(target, async (caseFile, { clocks, counter, newId, now }) =>
      caseFile.senderNotSatisfied(await clocks(), counter, newId, now),
    );
  }
}
