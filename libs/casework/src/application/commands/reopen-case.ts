import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CaseChanges, type CaseTarget } from '../case-changes';

/** Takes a case up again; its reply clock starts anew today. */
export class ReopenCase extends Command<string> {
  constructor(
    readonly target: CaseTarget,
    readonly because: string,
  ) {
    super();
  }
}

@CommandHandler(ReopenCase)
export class ReopenCaseHandler implements ICommandHandler<ReopenCase> {
  constructor(private readonly changes: CaseChanges) {}

  execute({ target, because }: ReopenCase): Promise<string> {
    return this.changes.byReference(target, async (caseFile, { clocks, counter, newId, now }) =>
      caseFile.reopen(because, await clocks(), counter, newId, now),
    );
  }
}
