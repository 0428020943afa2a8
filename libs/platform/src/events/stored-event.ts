import type { JsonObject } from '@app/kernel';

/** An event as it is kept. `position` is null until the sequencer has numbered it. */
export interface StoredEvent {
  readonly id: string;
  readonly position: number | null;
  readonly stream: string;
  readonly version: number;
  readonly type: string;
  readonly schemaVersion: number;
  readonly office: string | null;
  readonly data: JsonObject;
  readonly metadata: JsonObject;
  readonly effectiveAt: Date;
  readonly recordedAt: Date;
}

export const EVENT_COLUMNS =
  'id, position, stream, version, type, schema_version, office, data, metadata, effective_at, recorded_at';

export interface EventRow {
  id: string;
  position: string | null;
  stream: string;
  version: number;
  type: string;
  schema_version: number;
  office: string | null;
  data: JsonObject;
  metadata: JsonObject;
  effective_at: Date;
  recorded_at: Date;
}

export function toStoredEvent(row: EventRow): StoredEvent {
  return {
    id: row.id,
    position: row.position === null ? null : Number(row.position),
    stream: row.stream,
    version: row.version,
    type: row.type,
    schemaVersion: row.schema_version,
    office: row.office,
    data: row.data,
    metadata: row.metadata,
    effectiveAt: row.effective_at,
    recordedAt: row.recorded_at,
  };
}
