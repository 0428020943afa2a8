import { randomUUID } from 'node:crypto';
import type { DomainEvent, JsonObject } from '@app/kernel';
import { byteaText } from '../persistence/bulk-insert';
import type { Caller } from '../persistence/caller';
import type { EventCatalogue } from './event-catalogue';
import type { StoredEvent } from './stored-event';

/** Where and by whom an event is recorded. */
export interface Recording {
  readonly stream: string;
  readonly office: string | null;
  readonly version: number;
  readonly caller: Caller;
  readonly recordedAt: Date;
  readonly id?: string;
}

/** An event as the log keeps it, without its place in the order. @throws Error when its shape is not the declared one. */
export function newEvent(event: DomainEvent, recording: Recording, catalogue: EventCatalogue): StoredEvent {
  if (event.schemaVersion !== catalogue.schemaVersion(event.type)) {
    // Readers would bring it forward as if it had the older shape.
    throw new Error(
      `${event.type} is recorded with schema version ${String(event.schemaVersion)}, not the declared one`,
    );
  }
  const { caller, recordedAt, office } = recording;
  const metadata: JsonObject = {
    actor: { kind: caller.actor.kind, id: caller.actor.id },
    office,
    correlationId: caller.correlationId,
    causationId: caller.causationId,
    effectiveAt: event.effectiveAt.toISOString(),
    recordedAt: recordedAt.toISOString(),
  };
  return {
    id: recording.id ?? randomUUID(),
    position: null,
    stream: recording.stream,
    version: recording.version,
    type: event.type,
    schemaVersion: event.schemaVersion,
    office,
    data: event.data,
    metadata,
    effectiveAt: event.effectiveAt,
    recordedAt,
  };
}

/** The row of `event_log`; the sequencer adds the position. */
export function eventRow(event: StoredEvent, hash: Buffer): Record<string, unknown> {
  return {
    id: event.id,
    stream: event.stream,
    version: event.version,
    type: event.type,
    schema_version: event.schemaVersion,
    office: event.office,
    data: event.data,
    metadata: event.metadata,
    effective_at: event.effectiveAt,
    recorded_at: event.recordedAt,
    hash: byteaText(hash),
  };
}
