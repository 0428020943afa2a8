import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, DomainError, type DomainEvent } from '@app/kernel';
import { EventStore } from '../events/event-store';
import { Wake } from '../outbox/wake';
import { currentCaller } from '../persistence/caller';
import { UnitOfWork } from '../persistence/unit-of-work';

export class AttentionNotFound extends DomainError {
  readonly code = 'platform.attention-not-found';
  readonly kind = 'not-found';
  constructor() {
    super('There is no open "needs attention" entry with this id.');
  }
}

export interface AttentionEntry {
  readonly id: string;
  readonly office: string | null;
  readonly consumer: string;
  readonly what: string;
  readonly error: string;
  readonly attempts: number;
  readonly raisedAt: string;
}

/** Messages that no retry could settle, shown to people with the error, a retry and a dismiss. */
@Injectable()
export class Attention {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: EventStore,
    private readonly clock: Clock,
    private readonly wake: Wake,
  ) {}

  async raise(consumer: string, messageId: string, error: string, attempts: number): Promise<void> {
    await this.unitOfWork.manager.query(
      `INSERT INTO needs_attention (id, office, consumer, message_id, stream, what, error, attempts)
       SELECT $1, o.office, o.consumer, o.message_id, coalesce(e.stream, t.subject), coalesce(e.type, t.kind), $4, $5
         FROM outbox o LEFT JOIN event_log e ON e.id = o.message_id LEFT JOIN scheduled_action t ON t.id = o.message_id
        WHERE o.consumer = $2 AND o.message_id = $3
       ON CONFLICT (consumer, message_id) WHERE state = 'open' DO UPDATE SET error = excluded.error, attempts = excluded.attempts`,
      [randomUUID(), consumer, messageId, error, attempts],
    );
  }

  /** The messages went through: their outbox rows are closed, and what people were told of them is resolved. */
  async close(consumer: string, messageIds: readonly string[]): Promise<void> {
    await this.unitOfWork.manager.query(
      `WITH closed AS (DELETE FROM outbox WHERE consumer = $1 AND message_id = ANY($2::uuid[]))
       UPDATE needs_attention SET state = 'resolved', settled_at = clock_timestamp()
        WHERE consumer = $1 AND message_id = ANY($2::uuid[]) AND state IN ('open', 'retried')`,
      [consumer, messageIds],
    );
  }

  /** Open entries of the caller's offices and those of the whole installation, oldest first. */
  async list(limit: number, afterId: string | null): Promise<AttentionEntry[]> {
    const { offices, system } = currentCaller();
    const rows: (Omit<AttentionEntry, 'raisedAt'> & { raised_at: Date })[] = await this.unitOfWork.manager.query(
      `SELECT id, office, consumer, what, error, attempts, raised_at FROM needs_attention
        WHERE state = 'open' AND ($1 OR office IS NULL OR office = ANY($2)) AND ($3::uuid IS NULL OR (raised_at, id) >
              (SELECT raised_at, id FROM needs_attention WHERE id = $3::uuid))
        ORDER BY raised_at, id LIMIT $4`,
      [system, offices, afterId, limit],
    );
    return rows.map(({ raised_at, ...row }) => ({ ...row, raisedAt: raised_at.toISOString() }));
  }

  /** Tries the message again from its first attempt. */
  async retry(id: string): Promise<void> {
    await this.settleOpen(id, 'retried', null);
  }

  /** Gives the message up, on a person's decision with a reason. */
  async dismiss(id: string, reason: string): Promise<void> {
    await this.settleOpen(id, 'dismissed', reason);
  }

  private async settleOpen(id: string, state: 'retried' | 'dismissed', reason: string | null): Promise<void> {
    const { actor, offices, system } = currentCaller();
    const manager = this.unitOfWork.manager;
    // The outbox row first, as everybody else who needs both.
    await manager.query(
      `SELECT FROM outbox o JOIN needs_attention a USING (consumer, message_id) WHERE a.id = $1 FOR UPDATE OF o`,
      [id],
    );
    const [[row]]: [{ consumer: string; message_id: string; office: string | null }[], number] = await manager.query(
      `UPDATE needs_attention SET state = $2, settled_at = clock_timestamp(), settled_by = $3, settled_reason = $4
        WHERE id = $1 AND state = 'open' AND ($5 OR office IS NULL OR office = ANY($6)) RETURNING consumer, message_id, office`,
      [id, state, actor.id, reason, system, offices],
    );
    if (!row) throw new AttentionNotFound();
    if (state === 'retried') {
      await manager.query(
        `UPDATE outbox SET state = 'open', attempt = 0, enqueued_at = NULL, available_at = clock_timestamp()
          WHERE consumer = $1 AND message_id = $2`,
        [row.consumer, row.message_id],
      );
    } else {
      await manager.query(`DELETE FROM outbox WHERE consumer = $1 AND message_id = $2`, [row.consumer, row.message_id]);
    }
    const event: DomainEvent = {
      type: `platform.attention-${state}`,
      schemaVersion: 1,
      data: { attentionId: id, consumer: row.consumer, messageId: row.message_id },
      effectiveAt: this.clock.now(),
    };
    await this.store.append([{ stream: `attention-${id}`, office: row.office, expectedVersion: 0, events: [event] }]);
    this.unitOfWork.afterCommit(() => this.wake.signal('events'));
  }
}
