import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { JsonObject } from './json';

/** What the hash of an event covers. `position` is left out: numbering comes later and a restore must change nothing. */
export interface HashedEvent {
  readonly id: string;
  readonly stream: string;
  readonly version: number;
  readonly type: string;
  readonly schemaVersion: number;
  readonly data: JsonObject;
  readonly metadata: JsonObject;
}

/** Before the first event of a stream. */
export const CHAIN_START = Buffer.alloc(32);

/** SHA-256 over the previous hash of the stream and the canonical (RFC 8785) form of the event. */
export function chainHash(previous: Uint8Array, event: HashedEvent): Buffer {
  const { id, stream, version, type, schemaVersion, data, metadata } = event;
  const canonical = canonicalize({ id, stream, version, type, schemaVersion, data, metadata });
  return createHash('sha256')
    .update(previous)
    .update(canonical ?? '')
    .digest();
}

/** A salted commitment to a private text: the event carries this, erasure destroys text and salt. */
export function commitment(salt: Uint8Array, text: string): string {
  return createHash('sha256').update(salt).update(text).digest('hex');
}
