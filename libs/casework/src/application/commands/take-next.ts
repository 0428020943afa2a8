import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DomainError } from '@app/kernel';
import { UnitOfWork, currentCaller } from '@app/platform';
import { CaseChanges } from '../case-changes';

export class QueueEmpty extends DomainError {
  readonly code = 'casework.queue-empty';
  readonly kind = 'not-found';
  constructor() {
    super('Nothing is waiting in this queue.');
  }
}

/** The caller gets the next case of a queue by priority and due day. Two callers never get the same one. */
export class TakeNext extends Command<string> {
  constructor(readonly queue: string) {
    super();
  }
}

@CommandHandler(TakeNext)
export class TakeNextHandler implements ICommandHandler<TakeNext> {
  constructor(
    private readonly changes: CaseChanges,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  execute({ queue }: TakeNext): Promise<string> {
    return this.unitOfWork.run(async (manager) => {
      const { offices } = currentCaller();
      // A case that another caller is taking is locked: it is skipped, not waited for.
      const [next]: { id: string; reference: string }[] = await manager.query(
        `SELECT id, reference FROM case_file
          WHERE office = ANY($1) AND queue = $2 AND assignee IS NULL AND closed_at IS NULL
            AND status IN ('received', 'triaged', 'reopened', 'in-progress', 'drafted', 'approved', 'forwarded')
          ORDER BY array_position(ARRAY['urgent', 'high', 'normal', 'low'], priority), next_deadline NULLS LAST, received_at, id
          LIMIT 1 FOR UPDATE SKIP LOCKED`,
        [offices, queue],
      );
      if (!next) throw new QueueEmpty();
      await this.changes.byId(next.id, (caseFile, { actor, now }) => caseFile.take(actor, now));
      return next.reference;
    });
  }
}
