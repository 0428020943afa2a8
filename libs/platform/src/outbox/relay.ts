import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Attention } from '../attention/attention';
import { runAs, systemCaller } from '../persistence/caller';
import { UnitOfWork } from '../persistence/unit-of-work';
import type { QueueName } from '../queue/consumer';
import { QueueFactory } from '../queue/queue-factory';
import { Subscriptions } from '../queue/subscriptions';

const STALE_SECONDS = 10;
const MAX_DELIVERIES = 25;
const LIVE = new Set(['waiting', 'active', 'delayed', 'prioritized', 'waiting-children']);

interface Claimed {
  message_id: string;
  consumer: string;
  queue: QueueName;
  attempt: number;
}

/**
 * Turns open outbox rows into jobs. It never closes a row: the consumer does, in its own transaction. So a lost job,
 * an emptied Redis or a crash anywhere costs seconds, not items; delivery is at least once by design.
 */
@Injectable()
export class OutboxRelay {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly queues: QueueFactory,
    private readonly attention: Attention,
    private readonly subscriptions: Subscriptions,
  ) {}

  /** Adds a job for up to `limit` open rows that have none. Returns how many. */
  async relay(limit = 500): Promise<number> {
    await this.queues.assertReachable();
    const claimed = await this.asSystem(async (manager) => {
      const [rows]: [Claimed[], number] = await manager.query(
        `UPDATE outbox o SET enqueued_at = clock_timestamp(), attempt = o.attempt + 1
           FROM (SELECT message_id, consumer FROM outbox
                  WHERE state = 'open' AND enqueued_at IS NULL AND available_at <= clock_timestamp() AND consumer = ANY($2)
                  ORDER BY seq LIMIT $1 FOR UPDATE SKIP LOCKED) c
          WHERE o.message_id = c.message_id AND o.consumer = c.consumer
          RETURNING o.message_id, o.consumer, o.queue, o.attempt`,
        [limit, this.subscriptions.names()],
      );
      return rows;
    });
    try {
      await this.addJobs(claimed);
    } catch (error) {
      await this.unclaim(claimed);
      throw error;
    }
    return claimed.length;
  }

  /** Rows whose job has gone (Redis emptied, worker killed for good) are opened again. Returns how many. */
  async sweepStale(limit = 200): Promise<number> {
    await this.queues.assertReachable();
    const stale = await this.asSystem(async (manager) => {
      const [rows]: [Claimed[], number] = await manager.query(
        // Touching the row first keeps other sweepers off it for another interval.
        `UPDATE outbox o SET enqueued_at = clock_timestamp()
           FROM (SELECT message_id, consumer FROM outbox
                  WHERE state = 'open' AND enqueued_at < clock_timestamp() - make_interval(secs => $1)
                  ORDER BY enqueued_at LIMIT $2 FOR UPDATE SKIP LOCKED) c
          WHERE o.message_id = c.message_id AND o.consumer = c.consumer
          RETURNING o.message_id, o.consumer, o.queue, o.attempt`,
        [STALE_SECONDS, limit],
      );
      return rows;
    });
    const lost: Claimed[] = [];
    for (const row of stale) {
      const state = await this.queues.queue(row.queue).getJobState(jobId(row));
      if (!LIVE.has(state)) lost.push(row);
    }
    await this.reopen(lost);
    return lost.length;
  }

  private async addJobs(rows: readonly Claimed[]): Promise<void> {
    for (const [queue, group] of groupByQueue(rows)) {
      await this.queues.queue(queue).addBulk(
        group.map((row) => ({
          name: row.consumer,
          data: { messageId: row.message_id, consumer: row.consumer, attempt: row.attempt },
          opts: { jobId: jobId(row) },
        })),
      );
    }
  }

  private async unclaim(rows: readonly Claimed[]): Promise<void> {
    await this.asSystem((manager) =>
      manager.query(
        `UPDATE outbox o SET enqueued_at = NULL, attempt = o.attempt - 1, available_at = clock_timestamp() + interval '1 second'
           FROM json_populate_recordset(NULL::outbox, $1) n
          WHERE o.message_id = n.message_id AND o.consumer = n.consumer AND o.attempt = n.attempt AND o.state = 'open'`,
        [JSON.stringify(rows)],
      ),
    );
  }

  /** A message that keeps killing its worker never reaches a consumer's own error handling: it is stopped here. */
  private async reopen(rows: readonly Claimed[]): Promise<void> {
    if (rows.length === 0) return;
    const hopeless = rows.filter((row) => row.attempt >= MAX_DELIVERIES);
    await this.asSystem(async (manager) => {
      await manager.query(
        `UPDATE outbox o SET enqueued_at = NULL, available_at = clock_timestamp(),
                state = CASE WHEN o.attempt >= $2 THEN 'attention' ELSE o.state END
           FROM json_populate_recordset(NULL::outbox, $1) n
          WHERE o.message_id = n.message_id AND o.consumer = n.consumer AND o.attempt = n.attempt AND o.state = 'open'`,
        [JSON.stringify(rows), MAX_DELIVERIES],
      );
      for (const row of hopeless) {
        await this.attention.raise(
          row.consumer,
          row.message_id,
          'the work was started many times and never ended',
          row.attempt,
        );
      }
    });
  }

  private asSystem<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return runAs(systemCaller('relay'), () => this.unitOfWork.run(work));
  }
}

/** Deterministic, so that adding it twice is adding it once. */
function jobId(row: Claimed): string {
  return `${row.message_id}.${row.consumer}.${String(row.attempt)}`;
}

function groupByQueue(rows: readonly Claimed[]): Map<QueueName, Claimed[]> {
  const groups = new Map<QueueName, Claimed[]>();
  for (const row of rows) groups.set(row.queue, [...(groups.get(row.queue) ?? []), row]);
  return groups;
}
