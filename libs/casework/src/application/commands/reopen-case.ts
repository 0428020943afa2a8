import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CaseChanges, type CaseTarget } from '../case-changes';
import { CaseTexts } from '../case-texts';

/** Takes a case up again for a reason, a code or words; its reply clock starts anew today. */
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
  constructor(
    private readonly changes: CaseChanges,
    private readonly texts: CaseTexts,
  ) {}

  execute({ target, because }: ReopenCase): Promise<string> {
    return this.changes.byReference(target, async (caseFile, { clocks, counter, newId, now }) => {
      const { code, words } = await this.texts.codeOrWords(caseFile.snapshot().office, caseFile.id, because);
      caseFile.reopen(code, await clocks(), counter, newId, now, words);
    });
  }
}
