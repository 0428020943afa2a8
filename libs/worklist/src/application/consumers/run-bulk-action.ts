import { CommandBus } from '@nestjs/cqrs';
import { AllocateCase, CloseCase, LinkCases, TransferCase } from '@app/casework';
import { Clock, DomainError, type Actor, type JsonValue } from '@app/kernel';
import { Consumer, Consumes, EventStore, UnitOfWork, runAs, type Caller, type ConsumedMessage } from '@app/platform';
import type { BulkKind } from '../../domain/bulk-action';
import { bulkActionStream } from '../../domain/worklist.events';

interface BulkRow {
  id: string;
  kind: BulkKind;
  argument: string;
  actor_kind: Actor['kind'];
  actor: string;
  role: string;
  offices: string[];
}

/**
 * Does to each case what was asked, as the person who asked. A case and its outcome commit together, so after a crash the
 * work goes on with the first case that has no outcome. What a rule refuses is noted with its reason; what fails
 * otherwise is tried again with the whole job.
 */
@Consumes({ name: 'worklist.run-bulk-action', queue: 'deadlines', events: ['worklist.bulk-action-started'] })
export class RunBulkAction extends Consumer {
  constructor(
    private readonly commands: CommandBus,
    private readonly unitOfWork: UnitOfWork,
    private readonly store: EventStore,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async prepare({ id: causationId, data, metadata }: ConsumedMessage): Promise<undefined> {
    const [bulk] = await this.unitOfWork.run((manager): Promise<BulkRow[]> =>
      manager.query(`SELECT id, kind, argument, actor_kind, actor, role, offices FROM bulk_action WHERE id = $1`, [
        data.bulkActionId,
      ]),
    );
    if (!bulk) throw new Error('The action is not there');
    const person: Caller = {
      actor: { kind: bulk.actor_kind, id: bulk.actor },
      role: bulk.role,
      offices: bulk.offices,
      system: false,
      correlationId: textOf(metadata.correlationId),
      causationId,
    };
    let goesOn = true;
    while (goesOn) goesOn = await runAs(person, () => this.settleNext(bulk));
    return undefined;
  }

  async handle({ data }: ConsumedMessage): Promise<void> {
    const { manager } = this.unitOfWork;
    const id = textOf(data.bulkActionId);
    const [counts]: { waiting: number; done: number; refused: number; office: string | null }[] = await manager.query(
      `SELECT (count(*) FILTER (WHERE c.outcome IS NULL))::int AS waiting,
              (count(*) FILTER (WHERE c.outcome = 'done'))::int AS done,
              (count(*) FILTER (WHERE c.outcome = 'refused'))::int AS refused,
              (SELECT CASE WHEN cardinality(offices) = 1 THEN offices[1] END FROM bulk_action WHERE id = $1) AS office
         FROM bulk_action_case c WHERE c.bulk_action_id = $1`,
      [id],
    );
    const { waiting = 0, done = 0, refused = 0, office = null } = counts ?? {};
    // A repeat of this job, after a crash that was none, may still be at one of them.
    if (waiting > 0) throw new Error(`${String(waiting)} cases are still being worked on`);
    const now = this.clock.now();
    await manager.query(`UPDATE bulk_action SET finished_at = $2 WHERE id = $1`, [id, now]);
    const type = 'worklist.bulk-action-finished';
    const event = { type, schemaVersion: 1, data: { bulkActionId: id, done, refused }, effectiveAt: now };
    await this.store.append([{ stream: bulkActionStream(id), office, expectedVersion: 1, events: [event] }]);
  }

  /** The next case without an outcome; false when none is left. */
  private async settleNext(bulk: BulkRow): Promise<boolean> {
    let n: number | null = null;
    try {
      return await this.unitOfWork.run(async (manager) => {
        const [next]: { n: number; reference: string }[] = await manager.query(
          `SELECT n, reference FROM bulk_action_case WHERE bulk_action_id = $1 AND outcome IS NULL
            ORDER BY n LIMIT 1 FOR UPDATE SKIP LOCKED`,
          [bulk.id],
        );
        if (!next) return false;
        n = next.n;
        await this.act(bulk, next.reference);
        await this.note(bulk.id, next.n, 'done', null);
        return true;
      });
    } catch (error) {
      if (n === null || !(error instanceof DomainError)) throw error;
      const refused = n;
      await this.unitOfWork.run(() => this.note(bulk.id, refused, 'refused', error.message));
      return true;
    }
  }

  private act({ kind, argument }: BulkRow, reference: string): Promise<string> {
    const target = { reference, ifVersion: null };
    switch (kind) {
      case 'allocate':
        return this.commands.execute(new AllocateCase(target, argument));
      case 'transfer':
        return this.commands.execute(new TransferCase(target, argument));
      case 'close':
        return this.commands.execute(new CloseCase(target, argument));
      case 'link':
        return this.commands.execute(new LinkCases(target, argument));
    }
  }

  private async note(id: string, n: number, outcome: 'done' | 'refused', message: string | null): Promise<void> {
    await this.unitOfWork.manager.query(
      `UPDATE bulk_action_case SET outcome = $3, message = $4, settled_at = clock_timestamp()
        WHERE bulk_action_id = $1 AND n = $2 AND outcome IS NULL`,
      [id, n, outcome, message],
    );
  }
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
