import { Injectable } from '@nestjs/common';
import type { JsonObject } from '@app/kernel';
import { EventStore } from '../events/event-store';
import { EVENT_COLUMNS, toStoredEvent, type EventRow } from '../events/stored-event';
import { Attention } from '../attention/attention';
import { runAs, systemCaller } from '../persistence/caller';
import { UnitOfWork } from '../persistence/unit-of-work';
import { PermanentFailure, type ConsumedMessage, type Consumer } from './consumer';
import type { QueueJob } from './queue-factory';
import { Subscriptions } from './subscriptions';

const DEFAULT_ATTEMPTS = 10;

/** Seconds before attempt n + 1: doubles to a minute, with jitter so that a burst of failures spreads out. */
function backoffSeconds(attempt: number): number {
  return Math.min(60, 0.5 * 2 ** (attempt - 1)) * (0.75 + Math.random() * 0.5);
}

/** A message for staff: the kind of failure and its text, without the values PostgreSQL adds in `detail`. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown failure';
  return `${error.name}: ${error.message}`.slice(0, 500);
}

/** Runs one job: exactly-once effect through the inbox; failure is recorded in the outbox row, which is the record. */
@Injectable()
export class ConsumerRunner {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly subscriptions: Subscriptions,
    private readonly store: EventStore,
    private readonly attention: Attention,
  ) {}

  async run(job: QueueJob): Promise<void> {
    const registered = this.subscriptions.consumer(job.consumer);
    if (!registered) return this.fail(job, new PermanentFailure(`no consumer is called ${job.consumer}`), 1);
    const { consumer, declaration } = registered;
    try {
      // With nothing to prepare, reading the message and its effect share one transaction.
      if (consumer.prepare) await this.prepareAndHandle(job, consumer);
      else
        await runAs(systemCaller(job.consumer), () => this.unitOfWork.run(() => this.prepareAndHandle(job, consumer)));
    } catch (error) {
      await this.fail(job, error, declaration.attempts ?? DEFAULT_ATTEMPTS);
    }
  }

  private async prepareAndHandle(job: QueueJob, consumer: Consumer<unknown>): Promise<void> {
    const message = await runAs(systemCaller(job.consumer), () => this.load(job));
    if (!message) return;
    const { correlationId } = message.metadata;
    const caller = systemCaller(
      job.consumer,
      typeof correlationId === 'string' ? correlationId : message.id,
      message.id,
    );
    await runAs(caller, async () => {
      const prepared = await consumer.prepare?.(message);
      await this.unitOfWork.run(async (manager) => {
        // Holding the outbox row keeps repeats waiting, and tells whether a person settled it in the meantime.
        const fresh: unknown[] = await manager.query(
          `INSERT INTO inbox (consumer, message_id)
           SELECT consumer, message_id FROM outbox WHERE consumer = $1 AND message_id = $2 FOR UPDATE
           ON CONFLICT DO NOTHING RETURNING 1`,
          [job.consumer, job.messageId],
        );
        if (fresh.length > 0) await consumer.handle(message, prepared);
        await this.attention.close(job.consumer, job.messageId);
      });
    });
  }

  /** Null when the effect is already there (a repeat) or the row was settled by a person. */
  private load(job: QueueJob): Promise<ConsumedMessage | null> {
    return this.unitOfWork.run(async (manager) => {
      const [row]: (EventRow & { source: 'event' | 'timer'; id: string | null })[] = await manager.query(
        `SELECT o.source, e.* FROM outbox o LEFT JOIN LATERAL (SELECT ${EVENT_COLUMNS} FROM event_log WHERE id = o.message_id) e
             ON o.source = 'event'
          WHERE o.message_id = $1 AND o.consumer = $2 AND o.state = 'open'`,
        [job.messageId, job.consumer],
      );
      if (!row) return null;
      if (row.source === 'timer') return this.loadTimer(job);
      if (row.id === null) throw new PermanentFailure('the event is not in the log');
      const stored = this.store.upcast(toStoredEvent(row));
      return { ...stored, source: 'event', attempt: job.attempt };
    });
  }

  private async loadTimer(job: QueueJob): Promise<ConsumedMessage> {
    const [timer]: { kind: string; office: string | null; subject: string; data: JsonObject; due_at: Date }[] =
      await this.unitOfWork.manager.query(
        `SELECT kind, office, subject, data, due_at FROM scheduled_action WHERE id = $1`,
        [job.messageId],
      );
    if (!timer) throw new PermanentFailure('the timer does not exist');
    return {
      id: job.messageId,
      source: 'timer',
      type: timer.kind,
      office: timer.office,
      stream: timer.subject,
      version: 0,
      data: timer.data,
      metadata: {},
      attempt: job.attempt,
      effectiveAt: timer.due_at,
    };
  }

  private async fail(job: QueueJob, error: unknown, attempts: number): Promise<void> {
    const isLast = error instanceof PermanentFailure || job.attempt >= attempts;
    await runAs(systemCaller('consumer-runner'), () =>
      this.unitOfWork.run(async (manager) => {
        await manager.query(
          `UPDATE outbox SET state = $3, last_error = $4, enqueued_at = NULL,
                  available_at = clock_timestamp() + make_interval(secs => $5)
            WHERE message_id = $1 AND consumer = $2 AND state = 'open'`,
          [job.messageId, job.consumer, isLast ? 'attention' : 'open', describe(error), backoffSeconds(job.attempt)],
        );
        if (isLast) await this.attention.raise(job.consumer, job.messageId, describe(error), job.attempt);
      }),
    );
  }
}
