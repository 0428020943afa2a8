import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DomainError, type JsonObject } from '@app/kernel';
import canonicalize from 'canonicalize';
import { UnitOfWork } from '../persistence/unit-of-work';

/** What a repeat of the request is answered with. */
export interface FirstAnswer {
  readonly status: number;
  readonly response: JsonObject;
}

export interface IdempotentRequest {
  /** Whose key it is: keys of different callers never meet. */
  readonly scope: string;
  readonly key: string;
  readonly requestHash: Buffer;
}

export class IdempotencyKeyReused extends DomainError {
  readonly code = 'platform.idempotency-key-reused';
  readonly kind = 'invalid';
  constructor() {
    super('This Idempotency-Key was used before with another body.', {
      errors: [{ pointer: '/headers/idempotency-key', message: 'was used before with another body' }],
    });
  }
}

export function requestHash(body: unknown): Buffer {
  return createHash('sha256')
    .update(canonicalize(body) ?? '')
    .digest();
}

/** Same key and body: the first answer again. The key commits with the effect, so there is no moment with one of them. */
@Injectable()
export class Idempotency {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Must run in the transaction of the effect. Returns the requests that came first; the rest are repeats. */
  async claim<T extends { readonly idempotency: IdempotentRequest | null }>(items: readonly T[]): Promise<Set<T>> {
    const keyed = items.flatMap((item) => (item.idempotency ? [{ item, ...item.idempotency }] : []));
    const first = new Set(items.filter((item) => !item.idempotency));
    if (keyed.length === 0) return first;
    // One order for all, so that two batches with the same keys wait instead of dead-locking.
    keyed.sort((a, b) => (a.scope + a.key < b.scope + b.key ? -1 : 1));
    const rows: { scope: string; key: string }[] = await this.unitOfWork.manager.query(
      `INSERT INTO idempotency_key (scope, key, request_hash, status, response)
       SELECT * FROM unnest($1::text[], $2::text[], $3::bytea[], $4::int[], $5::jsonb[])
       ON CONFLICT DO NOTHING RETURNING scope, key`,
      [
        keyed.map((entry) => entry.scope),
        keyed.map((entry) => entry.key),
        keyed.map((entry) => entry.requestHash),
        keyed.map(() => 0),
        keyed.map(() => '{}'),
      ],
    );
    const inserted = new Set(rows.map((row) => `${row.scope}\n${row.key}`));
    for (const entry of keyed) {
      if (inserted.delete(`${entry.scope}\n${entry.key}`)) first.add(entry.item);
    }
    return first;
  }

  /** Must run in the same transaction as `claim`. */
  async answer(request: IdempotentRequest, answer: FirstAnswer): Promise<void> {
    await this.unitOfWork.manager.query(
      `UPDATE idempotency_key SET status = $3, response = $4 WHERE scope = $1 AND key = $2`,
      [request.scope, request.key, answer.status, answer.response],
    );
  }

  /** The first answer, or null when the key is new. @throws IdempotencyKeyReused for another body. */
  async find(request: IdempotentRequest): Promise<FirstAnswer | null> {
    const [row]: { request_hash: Buffer; status: number; response: JsonObject }[] = await this.unitOfWork.manager.query(
      `SELECT request_hash, status, response FROM idempotency_key WHERE scope = $1 AND key = $2`,
      [request.scope, request.key],
    );
    if (!row) return null;
    if (!row.request_hash.equals(request.requestHash)) throw new IdempotencyKeyReused();
    return { status: row.status, response: row.response };
  }
}
