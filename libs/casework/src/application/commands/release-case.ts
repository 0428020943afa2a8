import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CaseChanges, type CaseTarget } from '../case-changes';

/** Releases a case from quarantine; its clocks count from receipt. */
export class ReleaseCase extends Command<string> {
  constructor(readonly target: CaseTarget) {
    super();
  }
}

@CommandHandler(ReleaseCase)
export class ReleaseCaseHandler implements ICommandHandler<ReleaseCase> {
  constructor(private readonly changes: CaseChanges) {}

  execute({ target }: ReleaseCase): Promise<string> {
    return this.changes.byReference(target, async (caseFile, { clocks, counter, newId, now }) =>
      caseFile.release(await clocks(), counter, newId, now),
    );
  }
}
