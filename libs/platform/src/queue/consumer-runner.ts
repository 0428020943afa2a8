import { Injectable } from '@nestjs/common';
import type { JsonObject } from '@app/kernel';
import { EventStore } from '../events/event-store';
import { EVENT_COLUMNS, toStoredEvent, type EventRow } from '../events/stored-event';
import { Attention } from '../attention/attention';
import { runAs, systemCaller, type Caller } from '../persistence/caller';
import { GroupCommit } from '../persistence/group-commit';
import { UnitOfWork } from '../persistence/unit-of-work';
import { PermanentFailure, type ConsumedMessage, type Consumer } from './consumer';
import type { QueueJob } from './queue-factory';
import { Subscriptions } from './subscriptions';

const DEFAULT_ATTEMPTS = 10;
/** Enough to share the commit, few enough that nobody waits long for a case that a batch holds. */
const MOST_TOGETHER = 16;

interface MessageRow extends Omit<EventRow, 'id'> {
  readonly id: string | null;
  readonly message_id: string;
  readonly source: 'event' | 'timer';
  readonly timer: { kind: string; office: string | null; subject: string; data: JsonObject } | null;
  readonly due_at: Date | null;
}

/** Seconds before attempt n + 1: doubles to a minute, with jitter so that a burst of failures spreads out. */
function backoffSeconds(attempt: number): number {
  return Math.min(60, 0.5 * 2 ** (attempt - 1)) * (0.75 + Math.random() * 0.5);
}

/** A message for staff: the kind of failure and its text, without the values PostgreSQL adds in `detail`. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown failure';
  return `${error.name}: ${error.message}`.slice(0, 500);
}

function byStream(a: ConsumedMessage, b: ConsumedMessage): number {
  if (a.stream === b.stream) return a.version - b.version;
  return a.stream < b.stream ? -1 : 1;
}

/** The system, on account of this message. */
function callerOf({ id, metadata: { correlationId } }: ConsumedMessage, consumer: string): Caller {
  return systemCaller(consumer, typeof correlationId === 'string' ? correlationId : id, id);
}

/** Runs one job: exactly-once effect through the inbox; failure is recorded in the outbox row, which is the record. */
@Injectable()
export class ConsumerRunner {
  readonly #batches = new Map<string, GroupCommit<QueueJob, void>>();

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
      if (consumer.prepare) await this.prepareAndHandle(job, consumer);
      else await this.batchesOf(job.consumer, consumer).submit(job);
    } catch (error) {
      await this.fail(job, error, declaration.attempts ?? DEFAULT_ATTEMPTS);
    }
  }

  /**
   * Messages that wait for one consumer at the same time share a transaction. When one fails they are handled again one
   * by one, so that each meets its own fate.
   */
  private batchesOf(name: string, consumer: Consumer<unknown>): GroupCommit<QueueJob, void> {
    const existing = this.#batches.get(name);
    if (existing) return existing;
    const created = new GroupCommit<QueueJob, void>(async (jobs) => {
      await runAs(systemCaller(name), () =>
        this.unitOfWork.run(async () => this.handle(await this.load(name, jobs), name, consumer)),
      );
      return jobs.map(() => undefined);
    }, MOST_TOGETHER);
    this.#batches.set(name, created);
    return created;
  }

  private async prepareAndHandle(job: QueueJob, consumer: Consumer<unknown>): Promise<void> {
    const [message] = await runAs(systemCaller(job.consumer), () =>
      this.unitOfWork.run(() => this.load(job.consumer, [job])),
    );
    if (!message) return;
    await runAs(callerOf(message, job.consumer), async () => {
      const prepared = await consumer.prepare?.(message);
      await this.unitOfWork.run(() => this.handle([message], job.consumer, consumer, prepared));
    });
  }

  /** In the open transaction. */
  private async handle(
    messages: readonly ConsumedMessage[],
    name: string,
    consumer: Consumer<unknown>,
    prepared?: unknown,
  ): Promise<void> {
    if (messages.length === 0) return;
    const ids = messages.map(({ id }) => id);
    // Holding the outbox rows keeps repeats waiting, and tells whether a person settled one in the meantime.
    const rows: { message_id: string }[] = await this.unitOfWork.manager.query(
      `INSERT INTO inbox (consumer, message_id)
       SELECT consumer, message_id FROM outbox
        WHERE consumer = $1 AND message_id = ANY($2::uuid[]) ORDER BY message_id FOR UPDATE
       ON CONFLICT DO NOTHING RETURNING message_id`,
      [name, ids],
    );
    const fresh = new Set(rows.map(({ message_id }) => message_id));
    for (const message of messages) {
      if (fresh.delete(message.id)) {
        await runAs(callerOf(message, name), () => consumer.handle(message, prepared));
      }
    }
    await this.attention.close(name, ids);
  }

  /** Without those whose effect is there already (repeats) or that were settled by a person. */
  private async load(name: string, jobs: readonly QueueJob[]): Promise<ConsumedMessage[]> {
    const rows: MessageRow[] = await this.unitOfWork.manager.query(
      `SELECT o.message_id, o.source, to_jsonb(t) AS timer, t.due_at, e.*
         FROM outbox o
         LEFT JOIN LATERAL (SELECT ${EVENT_COLUMNS} FROM event_log WHERE id = o.message_id) e ON o.source = 'event'
         LEFT JOIN LATERAL (SELECT kind, office, subject, data, due_at FROM scheduled_action WHERE id = o.message_id) t
                ON o.source = 'timer'
        WHERE o.message_id = ANY($1::uuid[]) AND o.consumer = $2 AND o.state = 'open'`,
      [jobs.map(({ messageId }) => messageId), name],
    );
    const attempts = new Map(jobs.map(({ messageId, attempt }) => [messageId, attempt]));
    // By stream: whoever works on several cases takes them in one order, and each case's messages in theirs.
    return rows.map((row) => this.messageOf(row, attempts.get(row.message_id) ?? 1)).sort(byStream);
  }

  private messageOf(row: MessageRow, attempt: number): ConsumedMessage {
    if (row.source === 'event') {
      if (row.id === null) throw new PermanentFailure('the event is not in the log');
      const stored = this.store.upcast(toStoredEvent(row as EventRow));
      return { ...stored, source: 'event', attempt };
    }
    const { timer, due_at: dueAt } = row;
    if (timer === null || dueAt === null) throw new PermanentFailure('the timer does not exist');
    return {
      id: row.message_id,
      source: 'timer',
      type: timer.kind,
      office: timer.office,
      stream: timer.subject,
      version: 0,
      data: timer.data,
      metadata: {},
      attempt,
      effectiveAt: dueAt,
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
