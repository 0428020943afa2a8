import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CaseChanges, type CaseTarget } from '../case-changes';

/** Approves the draft as it is; only an approved reply can be sent in writing. */
export class ApproveReply extends Command<string> {
  constructor(readonly target: CaseTarget) {
    super();
  }
}

@CommandHandler(ApproveReply)
export class ApproveReplyHandler implements ICommandHandler<ApproveReply> {
  constructor(private readonly changes: CaseChanges) {}

  execute({ target }: ApproveReply): Promise<string> {
    return this.changes.byReference(target, (caseFile, { actor, now }) => caseFile.approve(actor, now));
  }
}
