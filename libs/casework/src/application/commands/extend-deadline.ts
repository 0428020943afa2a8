import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isDay } from '@app/kernel';
import type { ClockName } from '../../domain/case.events';
import { InvalidCaseInput } from '../../domain/case.errors';
import { CaseChanges, type CaseTarget } from '../case-changes';
import { CaseTexts } from '../case-texts';

/** Moves a deadline later, never earlier, on a person's decision with a reason. */
export class ExtendDeadline extends Command<string> {
  constructor(
    readonly target: CaseTarget,
    readonly clock: ClockName,
    readonly dueOn: string,
    readonly reason: string,
  ) {
    super();
  }
}

@CommandHandler(ExtendDeadline)
export class ExtendDeadlineHandler implements ICommandHandler<ExtendDeadline> {
  constructor(
    private readonly changes: CaseChanges,
    private readonly texts: CaseTexts,
  ) {}

  execute({ target, clock, dueOn, reason }: ExtendDeadline): Promise<string> {
    if (!isDay(dueOn)) throw new InvalidCaseInput('/dueOn', 'must be a day that exists, as YYYY-MM-DD');
    return this.changes.byReference(target, async (caseFile, { now }) => {
      const kept = await this.texts.keep(caseFile.snapshot().office, caseFile.id, reason);
      caseFile.extend(clock, dueOn, kept, now);
    });
  }
}
