import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CaseChanges, type CaseTarget } from '../case-changes';

/** The caller takes a case that nobody else has. */
export class TakeCase extends Command<string> {
  constructor(readonly target: CaseTarget) {
    super();
  }
}

@CommandHandler(TakeCase)
export class TakeCaseHandler implements ICommandHandler<TakeCase> {
  constructor(private readonly changes: CaseChanges) {}

  execute({ target }: TakeCase): Promise<string> {
    return this.changes.byReference(target, (caseFile, { actor, now }) => caseFile.take(actor, now));
  }
}
