import { Injectable } from '@nestjs/common';
import { CHAIN_START, chainHash, Clock, DomainError, type DomainEvent } from '@app/kernel';
import { BulkInsert, byteaText } from '../persistence/bulk-insert';
import { currentCaller, type Caller } from '../persistence/caller';
import { UnitOfWork } from '../persistence/unit-of-work';
import { Subscriptions } from '../queue/subscriptions';
import { Wake } from '../outbox/wake';
import { EventCatalogue } from './event-catalogue';
import { eventRow, newEvent } from './new-event';
import { EVENT_COLUMNS, toStoredEvent, type EventRow, type StoredEvent } from './stored-event';

/** The events of one stream to add. `expectedVersion` is the version the writer saw (0: a new stream). */
export interface StreamAppend {
  readonly stream: string;
  readonly office: string | null;
  readonly expectedVersion: number;
  readonly events: readonly DomainEvent[];
  /** Set where several callers share a transaction (group commit); otherwise the current caller. */
  readonly caller?: Caller;
}

/** Somebody else changed the stream after it was loaded: nothing was written. */
export class StreamChangedMeanwhile extends DomainError {
  readonly code = 'platform.changed-meanwhile';
  readonly kind = 'conflict';
  constructor(readonly stream: string) {
    super('It was changed by somebody else in the meantime. Look again and repeat.');
  }
}

/** Appends events to hash-chained streams, with an outbox row per subscribed consumer, in the open transaction. */
@Injectable()
export class EventStore {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly catalogue: EventCatalogue,
    private readonly subscriptions: Subscriptions,
    private readonly clock: Clock,
    private readonly wake: Wake,
  ) {}

  /**
   * Appends to any number of streams. With `into` the rows join that bulk insert, which the caller runs (group commit);
   * otherwise they are written here.
   * @throws StreamChangedMeanwhile when a stream is not at its expected version.
   */
  async append(appends: readonly StreamAppend[], into?: BulkInsert): Promise<StoredEvent[]> {
    const heads = await this.lockHeads(appends.filter((append) => append.expectedVersion > 0));
    const bulk = into ?? new BulkInsert();
    const recordedAt = this.clock.now();
    const stored: StoredEvent[] = [];
    for (const append of appends) {
      if (append.events.length === 0) continue;
      let hash: Buffer = CHAIN_START;
      if (append.expectedVersion > 0) {
        const head = heads.get(append.stream);
        if (head?.version !== append.expectedVersion) throw new StreamChangedMeanwhile(append.stream);
        hash = head.hash;
      }
      let version = append.expectedVersion;
      for (const event of append.events) {
        version += 1;
        const { stream, office, caller = currentCaller() } = append;
        const entry = newEvent(event, { stream, office, version, caller, recordedAt }, this.catalogue);
        hash = chainHash(hash, entry);
        stored.push(entry);
        this.addRows(bulk, entry, hash);
      }
      // A stream that exists already is found out by its events: no two have one version.
      const head = { stream: append.stream, office: append.office, version, hash: byteaText(hash) };
      bulk.addOrReplace('stream_head', 'stream', head);
    }
    if (!into) await this.writeNew(bulk, appends);
    this.unitOfWork.afterCommit(() => this.wake.signal('events'));
    return stored;
  }

  /** One stream, oldest first, upcast to the newest schema versions. */
  async read(stream: string, afterVersion = 0, limit = 1000): Promise<StoredEvent[]> {
    const rows: EventRow[] = await this.unitOfWork.manager.query(
      `SELECT ${EVENT_COLUMNS} FROM event_log WHERE stream = $1 AND version > $2 ORDER BY version LIMIT $3`,
      [stream, afterVersion, limit],
    );
    return rows.map((row) => this.upcast(toStoredEvent(row)));
  }

  upcast(event: StoredEvent): StoredEvent {
    const { type, schemaVersion, data } = event;
    const newest = Math.max(schemaVersion, this.catalogue.schemaVersion(type));
    return { ...event, schemaVersion: newest, data: this.catalogue.upcast(type, schemaVersion, data) };
  }

  private async writeNew(bulk: BulkInsert, appends: readonly StreamAppend[]): Promise<void> {
    try {
      await bulk.run(this.unitOfWork.manager);
    } catch (error) {
      // Two writers opened the same new stream: the second meets the primary key.
      if (/stream_head_pkey|event_log_stream_version/.test(String((error as { constraint?: string }).constraint))) {
        throw new StreamChangedMeanwhile(appends[0]?.stream ?? '');
      }
      throw error;
    }
  }

  private async lockHeads(appends: readonly StreamAppend[]): Promise<Map<string, { version: number; hash: Buffer }>> {
    if (appends.length === 0) return new Map();
    const rows: { stream: string; version: number; hash: Buffer }[] = await this.unitOfWork.manager.query(
      `SELECT stream, version, hash FROM stream_head WHERE stream = ANY($1) ORDER BY stream FOR UPDATE`,
      [appends.map((append) => append.stream)],
    );
    return new Map(rows.map((row) => [row.stream, row]));
  }

  private addRows(bulk: BulkInsert, event: StoredEvent, hash: Buffer): void {
    bulk.add('event_log', eventRow(event, hash));
    const subscribers = this.subscriptions
      .ofEvent(event.type)
      .filter(({ wants }) => wants?.(event.type, event.data) ?? true);
    if (subscribers.length === 0) return;
    const now = new Date();
    for (const { name, queue } of subscribers) {
      bulk.add('outbox', {
        message_id: event.id,
        consumer: name,
        queue,
        source: 'event',
        office: event.office,
        available_at: now,
        attempt: 0,
        state: 'open',
        created_at: now,
      });
    }
  }
}
