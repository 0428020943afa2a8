import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CaseChanges, type CaseTarget } from '../case-changes';
import { CaseTexts } from '../case-texts';

/** Stops the clocks but the acknowledgement, for a reason that is kept. */
export class PauseCase extends Command<string> {
  constructor(
    readonly target: CaseTarget,
    readonly reason: string,
  ) {
    super();
  }
}

@CommandHandler(PauseCase)
export class PauseCaseHandler implements ICommandHandler<PauseCase> {
  constructor(
    private readonly changes: CaseChanges,
    private readonly texts: CaseTexts,
  ) {}

  execute({ target, reason }: PauseCase): Promise<string> {
    return this.changes.byReference(target, async (caseFile, { counter, now }) => {
      const kept = await this.texts.keep(caseFile.snapshot().office, caseFile.id, reason);
      caseFile.pause(kept, counter, now);
    });
  }
}
