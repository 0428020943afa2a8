import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CaseChanges, type CaseTarget } from '../case-changes';

/** Hands a draft to the person who approves it. */
export class SubmitReply extends Command<string> {
  constructor(readonly target: CaseTarget) {
    super();
  }
}

@CommandHandler(SubmitReply)
export class SubmitReplyHandler implements ICommandHandler<SubmitReply> {
  constructor(private readonly changes: CaseChanges) {}

  execute({ target }: SubmitReply): Promise<string> {
    return this.changes.byReference(target, (caseFile, { actor, now }) => caseFile.submit(actor, now));
  }
}
