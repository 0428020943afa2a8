import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { CHAIN_START, chainHash, commitment, type HashedEvent } from './hash-chain';
import type { JsonObject } from './json';

const event: HashedEvent = {
  id: '0b9c5c3e-6f0e-4c0a-9a55-0e8f1c2b3d4e',
  stream: 'case-1',
  version: 1,
  type: 'casework.case-opened',
  schemaVersion: 1,
  data: { b: 1, a: ['x', null, { d: true, c: 0.1 }] },
  metadata: { actor: { kind: 'system', id: 'intake' } },
};

const json = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value)) as JsonObject);

/** The same value with every object's keys in another order, as jsonb gives them back. */
function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, shuffled(inner)]),
  );
}

describe('chainHash', () => {
  it('is SHA-256 over the previous hash and the canonical event, so that anybody can recompute it', () => {
    const canonical =
      '{"data":{"a":["x",null,{"c":0.1,"d":true}],"b":1},"id":"0b9c5c3e-6f0e-4c0a-9a55-0e8f1c2b3d4e",' +
      '"metadata":{"actor":{"id":"intake","kind":"system"}},"schemaVersion":1,"stream":"case-1",' +
      '"type":"casework.case-opened","version":1}';
    const expected = createHash('sha256')
      .update(Buffer.concat([Buffer.alloc(32), Buffer.from(canonical)]))
      .digest();
    expect(chainHash(CHAIN_START, event)).toEqual(expected);
  });

  it('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(json, json, (data, metadata) => {
        const one = chainHash(CHAIN_START, { ...event, data, metadata });
        const other = chainHash(CHAIN_START, {
          ...event,
          data: shuffled(data) as JsonObject,
          metadata: shuffled(metadata) as JsonObject,
        });
        expect(other).toEqual(one);
      }),
    );
  });

  it.each(Object.keys(event) as (keyof HashedEvent)[])('covers %s', (field) => {
    const value = event[field];
    const changed =
      typeof value === 'number' ? value + 1 : typeof value === 'string' ? `${value}x` : { ...value, z: 1 };
    expect(chainHash(CHAIN_START, { ...event, [field]: changed })).not.toEqual(chainHash(CHAIN_START, event));
  });

  it('covers everything that came before', () => {
    const first = chainHash(CHAIN_START, event);
    const second = { ...event, version: 2 };
    const forged = chainHash(CHAIN_START, { ...event, type: 'casework.case-closed' });
    expect(chainHash(first, second)).not.toEqual(chainHash(forged, second));
  });

  it('leaves out whatever else a row carries, such as its position', () => {
    const withPosition = { ...event, position: 7, recordedAt: new Date() };
    expect(chainHash(CHAIN_START, withPosition)).toEqual(chainHash(CHAIN_START, event));
  });
});

describe('commitment', () => {
  it('is the same for the same salt and text, and another for another of either', () => {
    const salt = Buffer.from('0123456789abcdef');
    expect(commitment(salt, 'reason')).toMatch(/^[0-9a-f]{64}$/);
    expect(commitment(salt, 'reason')).toBe(commitment(Buffer.from(salt), 'reason'));
    expect(commitment(Buffer.from('fedcba9876543210'), 'reason')).not.toBe(commitment(salt, 'reason'));
    expect(commitment(salt, 'reasons')).not.toBe(commitment(salt, 'reason'));
  });
});
