import { CHAIN_START, chainHash, type DomainEvent } from '@app/kernel';
import type { EntityManager } from 'typeorm';
import type { EventCatalogue } from '../events/event-catalogue';
import { eventRow, newEvent } from '../events/new-event';
import type { StoredEvent } from '../events/stored-event';
import { byteaText } from '../persistence/bulk-insert';
import type { Caller } from '../persistence/caller';
import type { Subscriptions } from '../queue/subscriptions';
import type { PastRows } from './past-rows';

/** What happened on one stream at one instant of the past, and who did it. */
export interface PastEvents {
  readonly stream: string;
  readonly office: string;
  readonly events: readonly DomainEvent[];
  readonly caller: Caller;
}

interface Head {
  version: number;
  hash: Buffer;
  readonly office: string;
}

/** Rows are written when so many have come together. */
const FULL = 2000;

/**
 * The event log while a history is written into it, oldest event first: streams that begin here, with their hash chain,
 * recorded when they happened, and with their place in the order. Nobody is told: what followed from an event then is
 * itself part of the history.
 */
export class PastLog {
  readonly #heads = new Map<string, Head>();
  #latest = Number.NEGATIVE_INFINITY;
  #writing: Promise<void> = Promise.resolve();

  constructor(
    readonly manager: EntityManager,
    /** Rows that are written together with the events. */
    readonly rows: PastRows,
    readonly newId: () => string,
    private readonly catalogue: EventCatalogue,
    private readonly subscriptions: Subscriptions,
    private position: number,
  ) {}

  /** @throws Error when something later was recorded before. */
  append({ stream, office, events, caller }: PastEvents): StoredEvent[] {
    if (events.length === 0) return [];
    const head = this.#heads.get(stream) ?? { version: 0, hash: CHAIN_START, office };
    this.#heads.set(stream, head);
    return events.map((event) => {
      const recordedAt = event.effectiveAt;
      if (recordedAt.getTime() < this.#latest) throw new Error(`${event.type} comes too late into the history`);
      this.#latest = recordedAt.getTime();
      head.version += 1;
      this.position += 1;
      const recording = { stream, office, version: head.version, caller, recordedAt, id: this.newId() };
      const stored = { ...newEvent(event, recording, this.catalogue), position: this.position };
      head.hash = chainHash(head.hash, stored);
      this.rows.add('event_log', { ...eventRow(stored, head.hash), position: this.position });
      return stored;
    });
  }

  /** A consumer gave up on the event: people find it under "needs attention" and can retry or dismiss it. */
  leaveToPeople(event: StoredEvent, consumer: string, failure: { error: string; attempts: number; at: Date }): void {
    const registered = this.subscriptions.consumer(consumer);
    if (!registered) throw new Error(`No consumer is called ${consumer}`);
    const { error, attempts, at } = failure;
    const about = { message_id: event.id, consumer, office: event.office };
    this.rows.add('outbox', {
      ...about,
      queue: registered.declaration.queue,
      source: 'event',
      available_at: at,
      attempt: attempts,
      state: 'attention',
      last_error: error,
      created_at: at,
    });
    const { stream, type: what } = event;
    this.rows.add('needs_attention', {
      id: this.newId(),
      ...about,
      ...{ stream, what, error, attempts, state: 'open', raised_at: at },
    });
  }

  /** Writes what has come together, once it is worth a round trip. */
  async writeIfFull(): Promise<void> {
    if (this.rows.size < FULL) return;
    await this.written();
    this.#writing = this.rows.run(this.manager);
    // Looked at when the next rows are written.
    this.#writing.catch(() => undefined);
  }

  /** When everything that was begun is written. */
  async written(): Promise<void> {
    await this.#writing;
  }

  /** Writes the rest and where each stream stands. */
  async finish(): Promise<void> {
    await this.written();
    for (const [stream, { version, hash, office }] of this.#heads) {
      this.rows.add('stream_head', { stream, version, hash: byteaText(hash), office });
    }
    await this.rows.run(this.manager);
  }
}
