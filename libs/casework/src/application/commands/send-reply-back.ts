import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CaseChanges, type CaseTarget } from '../case-changes';
import { CaseTexts } from '../case-texts';

/** Returns a submitted or approved reply to its author, saying why. */
export class SendReplyBack extends Command<string> {
  constructor(
    readonly target: CaseTarget,
    readonly reason: string,
  ) {
    super();
  }
}

@CommandHandler(SendReplyBack)
export class SendReplyBackHandler implements ICommandHandler<SendReplyBack> {
  constructor(
    private readonly changes: CaseChanges,
    private readonly texts: CaseTexts,
  ) {}

  execute({ target, reason }: SendReplyBack): Promise<string> {
    return this.changes.byReference(target, async (caseFile, { actor, now }) => {
      const kept = await this.texts.keep(caseFile.snapshot().office, caseFile.id, reason);
      caseFile.sendBack(actor, kept, now);
    });
  }
}
