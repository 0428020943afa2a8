import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CaseChanges, type CaseTarget } from '../case-changes';

/** Gives a case to a person, named by id. */
export class AllocateCase extends Command<string> {
  constructor(
    readonly target: CaseTarget,
    readonly assignee: string,
  ) {
    super();
  }
}

@CommandHandler(AllocateCase)
export class AllocateCaseHandler implements ICommandHandler<AllocateCase> {
  constructor(private readonly changes: CaseChanges) {}

  execute({ target, assignee }: AllocateCase): Promise<string> {
    return this.changes.byReference(target, (caseFile, { now }) => caseFile.allocate(assignee, now));
  }
}
