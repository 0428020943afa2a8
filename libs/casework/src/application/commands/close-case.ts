import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CaseChanges, type CaseTarget } from '../case-changes';

/** Closes a case with a reason code such as answered, forwarded or no-reply-needed. */
export class CloseCase extends Command<string> {
  constructor(
    readonly target: CaseTarget,
    readonly reason: string,
  ) {
    super();
  }
}

@CommandHandler(CloseCase)
export class CloseCaseHandler implements ICommandHandler<CloseCase> {
  constructor(private readonly changes: CaseChanges) {}

  execute({ target, reason }: CloseCase): Promise<string> {
    return this.changes.byReference(target, (caseFile, { now }) => caseFile.close(reason, now));
  }
}
