import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CaseChanges, type CaseTarget } from '../case-changes';

/** Ends a pause: the clocks go on and say how long they stood. */
export class ResumeCase extends Command<string> {
  constructor(readonly target: CaseTarget) {
    super();
  }
}

@CommandHandler(ResumeCase)
export class ResumeCaseHandler implements ICommandHandler<ResumeCase> {
  constructor(private readonly changes: CaseChanges) {}

  execute({ target }: ResumeCase): Promise<string> {
    return this.changes.byReference(target, (caseFile, { counter, now }) => caseFile.resume(counter, now));
  }
}
