import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { JsonObject } from '@app/kernel';
import { Wake } from '../outbox/wake';
import { runAs, systemCaller } from '../persistence/caller';
import { UnitOfWork } from '../persistence/unit-of-work';
import { Subscriptions } from '../queue/subscriptions';

export interface TimerRequest {
  readonly kind: string;
  readonly office: string | null;
  /** What it is about, such as a case id: one waiting timer of a kind per subject. */
  readonly subject: string;
  readonly dueAt: Date;
  readonly data?: JsonObject;
}

/** Rows that become due in business time. The row is the record; the sweep turns it into work for its consumer. */
@Injectable()
export class Timers {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly subscriptions: Subscriptions,
    private readonly wake: Wake,
  ) {}

  /** Sets or moves the waiting timer of that kind and subject. @throws Error when no consumer carries out the kind. */
  async set(request: TimerRequest): Promise<void> {
    if (!this.subscriptions.ofTimer(request.kind)) throw new Error(`No consumer carries out the timer ${request.kind}`);
    await this.unitOfWork.manager.query(
      `INSERT INTO scheduled_action (id, kind, office, subject, data, due_at) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (kind, subject) WHERE fired_at IS NULL AND cancelled_at IS NULL
       DO UPDATE SET due_at = excluded.due_at, data = excluded.data`,
      [randomUUID(), request.kind, request.office, request.subject, request.data ?? {}, request.dueAt],
    );
  }

  async cancel(kind: string, subject: string): Promise<void> {
    await this.unitOfWork.manager.query(
      `UPDATE scheduled_action SET cancelled_at = clock_timestamp()
        WHERE kind = $1 AND subject = $2 AND fired_at IS NULL AND cancelled_at IS NULL`,
      [kind, subject],
    );
  }

  /** Turns due timers into outbox rows, each exactly once. Returns how many. */
  async fireDue(limit = 500): Promise<number> {
    return runAs(systemCaller('timers'), () =>
      this.unitOfWork.run(async (manager) => {
        const kinds = this.subscriptions.timerKinds();
        const consumers = kinds.map((kind) => this.subscriptions.ofTimer(kind));
        const due: unknown[] = await manager.query(
          `WITH due AS (
             UPDATE scheduled_action s SET fired_at = clock_timestamp()
               FROM (SELECT id FROM scheduled_action
                      WHERE due_at <= business_now() AND fired_at IS NULL AND cancelled_at IS NULL AND kind = ANY($2)
                      ORDER BY due_at LIMIT $1 FOR UPDATE SKIP LOCKED) d
              WHERE s.id = d.id RETURNING s.id, s.kind, s.office)
           INSERT INTO outbox (message_id, consumer, queue, source, office)
           SELECT due.id, k.consumer, k.queue, 'timer', due.office
             FROM due JOIN unnest($2::text[], $3::text[], $4::text[]) AS k (kind, consumer, queue) USING (kind)
           RETURNING 1`,
          [limit, kinds, consumers.map((each) => each?.name), consumers.map((each) => each?.queue)],
        );
        if (due.length > 0) this.unitOfWork.afterCommit(() => this.wake.signal('timers'));
        return due.length;
      }),
    );
  }
}
