import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CaseChanges, type CaseTarget } from '../case-changes';
import { CaseTexts } from '../case-texts';

/** Closes a case with a reason: a code such as answered, forwarded or no-reply-needed, or words. */
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
  constructor(
    private readonly changes: CaseChanges,
    private readonly texts: CaseTexts,
  ) {}

  execute({ target, reason }: CloseCase): Promise<string> {
    return this.changes.byReference(target, async (caseFile, { now }) => {
      const { code, words } = await this.texts.codeOrWords(caseFile.snapshot().office, caseFile.id, reason);
      caseFile.close(code, now, words);
    });
  }
}
