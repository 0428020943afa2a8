import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Clock, parseReference } from '@app/kernel';
import { EventStore, UnitOfWork, currentCaller } from '@app/platform';
import { MOST_BULK_CASES, type BulkKind } from '../../domain/bulk-action';
import { InvalidWorklistInput } from '../../domain/worklist.errors';
import { bulkActionStream } from '../../domain/worklist.events';

/**
 * Has the same done to many cases, one after the other behind the scenes, each on the caller's authority. The id is the
 * caller's: the same one given twice starts once.
 */
export class StartBulkAction extends Command<string> {
  constructor(
    readonly id: string,
    readonly action: BulkKind,
    /** A person's id, a queue, a reason for closing, or the reference of the case to link to. */
    readonly argument: string,
    readonly references: readonly string[],
  ) {
    super();
  }
}

@CommandHandler(StartBulkAction)
export class StartBulkActionHandler implements ICommandHandler<StartBulkAction> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: EventStore,
    private readonly clock: Clock,
  ) {}

  execute({ id, action, argument, references }: StartBulkAction): Promise<string> {
    const chosen = [...new Set(references.map((each) => parseReference(each)?.reference ?? each))];
    const main = action === 'link' ? parseReference(argument)?.reference : undefined;
    if (action === 'link' && main === undefined) {
      throw new InvalidWorklistInput('/argument', 'must be the reference of a case');
    }
    const cases = chosen.filter((reference) => reference !== main);
    if (cases.length === 0) throw new InvalidWorklistInput('/references', 'must name a case');
    if (cases.length > MOST_BULK_CASES) {
      throw new InvalidWorklistInput('/references', `must not be more than ${String(MOST_BULK_CASES)} cases`);
    }
    const { actor, role, offices } = currentCaller();
    const now = this.clock.now();
    return this.unitOfWork.run(async (manager) => {
      const added: unknown[] = await manager.query(
        `INSERT INTO bulk_action (id, kind, argument, actor_kind, actor, role, offices, total, started_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING RETURNING 1`,
        [id, action, main ?? argument, actor.kind, actor.id, role, offices, cases.length, now],
      );
      if (added.length === 0) return id;
      await manager.query(
        `INSERT INTO bulk_action_case (bulk_action_id, n, reference)
         SELECT $1, n, reference FROM unnest($2::text[]) WITH ORDINALITY AS each_case (reference, n)`,
        [id, cases],
      );
      const data = { bulkActionId: id, kind: action, cases: cases.length };
      const event = { type: 'worklist.bulk-action-started', schemaVersion: 1, data, effectiveAt: now };
      const office = offices.length === 1 ? (offices[0] ?? null) : null;
      await this.store.append([{ stream: bulkActionStream(id), office, expectedVersion: 0, events: [event] }]);
      return id;
    });
  }
}
