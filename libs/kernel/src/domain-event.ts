import type { JsonObject } from './json';

/** Who did it. Events name actors by id, never by name or address. */
export interface Actor {
  readonly kind: 'person' | 'service' | 'public' | 'system';
  readonly id: string;
}

/**
 * Something that happened, as an aggregate records it. `type` is `context.past-tense`; `schemaVersion` counts the
 * shapes of `data`. `data` holds ids, codes and days, no personal data (names, addresses, texts live in side tables).
 */
export interface DomainEvent<T extends string = string, D extends JsonObject = JsonObject> {
  readonly type: T;
  readonly schemaVersion: number;
  readonly data: D;
  /** When it took effect in the office; recorded time is added by the event store. */
  readonly effectiveAt: Date;
}
