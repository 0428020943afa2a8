import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { UnitOfWork, currentCaller } from '@app/platform';
import type { BulkKind } from '../../domain/bulk-action';
import { BulkActionNotFound } from '../../domain/worklist.errors';

/** How far an action on many cases has come. */
export interface BulkActionView {
  readonly id: string;
  readonly action: BulkKind;
  readonly argument: string;
  readonly total: number;
  readonly done: number;
  readonly refused: readonly { readonly reference: string; readonly message: string }[];
  readonly waiting: number;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  /** No retry helped; somebody must look at "needs attention". */
  readonly isStuck: boolean;
}

/** An action that the caller started. */
export class GetBulkAction extends Query<BulkActionView> {
  constructor(readonly id: string) {
    super();
  }
}

interface Row {
  kind: BulkKind;
  argument: string;
  total: number;
  started_at: Date;
  finished_at: Date | null;
  stuck: boolean;
}

@QueryHandler(GetBulkAction)
export class GetBulkActionHandler implements IQueryHandler<GetBulkAction> {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @throws BulkActionNotFound */
  execute({ id }: GetBulkAction): Promise<BulkActionView> {
    return this.unitOfWork.run(async (manager) => {
      const [row]: Row[] = await manager.query(
        `SELECT b.kind, b.argument, b.total, b.started_at, b.finished_at,
                EXISTS (SELECT FROM needs_attention a JOIN event_log e ON e.id = a.message_id
                         WHERE a.consumer = 'worklist.run-bulk-action' AND a.state = 'open' AND e.stream = 'bulk-action-' || b.id) AS stuck
           FROM bulk_action b WHERE b.id::text = $1 AND b.actor = $2`,
        [id, currentCaller().actor.id],
      );
      if (!row) throw new BulkActionNotFound();
      const cases: { reference: string; outcome: string | null; message: string | null }[] = await manager.query(
        `SELECT reference, outcome, message FROM bulk_action_case WHERE bulk_action_id = $1 ORDER BY n`,
        [id],
      );
      const refused = cases.filter(({ outcome }) => outcome === 'refused');
      return {
        id,
        action: row.kind,
        argument: row.argument,
        total: row.total,
        done: cases.filter(({ outcome }) => outcome === 'done').length,
        refused: refused.map(({ reference, message }) => ({ reference, message: message ?? '' })),
        waiting: cases.filter(({ outcome }) => outcome === null).length,
        startedAt: row.started_at.toISOString(),
        finishedAt: row.finished_at?.toISOString() ?? null,
        isStuck: row.stuck,
      };
    });
  }
}
