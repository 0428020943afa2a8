import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CaseChanges, type CaseTarget } from '../case-changes';

/** Puts a case into quarantine, from which a person can release it. */
export class MarkAsSpam extends Command<string> {
  constructor(readonly target: CaseTarget) {
    super();
  }
}

@CommandHandler(MarkAsSpam)
export class MarkAsSpamHandler implements ICommandHandler<MarkAsSpam> {
  constructor(private readonly changes: CaseChanges) {}

  execute({ target }: MarkAsSpam): Promise<string> {
    return this.changes.byReference(target, (caseFile, { now }) => caseFile.quarantine(100, now));
  }
}
