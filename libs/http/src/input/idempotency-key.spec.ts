import { runAs, type Caller } from '@app/platform';
import { idempotentRequest, parseIdempotencyKey } from './idempotency-key';

const caller = (id: string): Caller => ({
  actor: { kind: 'service', id },
  role: 'service',
  offices: [],
  system: false,
  correlationId: 'c',
  causationId: null,
});

describe('idempotency keys', () => {
  it('are visible ASCII of a sensible length, or not there', () => {
    expect(parseIdempotencyKey(undefined)).toBeNull();
    expect(parseIdempotencyKey('8e03978e-40d5-43dd-bc93-6894a57f9324')).toBe('8e03978e-40d5-43dd-bc93-6894a57f9324');
    for (const key of ['', 'a b', 'a\u00e9', 'x'.repeat(201), ['a', 'b']]) {
      expect(() => parseIdempotencyKey(key)).toThrow(
        expect.objectContaining({ errors: [expect.objectContaining({ pointer: '/headers/idempotency-key' })] }),
      );
    }
  });

  it('of different callers or routes never meet, and the order of fields does not matter', () => {
    const one = runAs(caller('a'), () => idempotentRequest('POST /x', 'k', { a: 1, b: 2 }));
    const same = runAs(caller('a'), () => idempotentRequest('POST /x', 'k', { b: 2, a: 1 }));
    const others = [
      runAs(caller('b'), () => idempotentRequest('POST /x', 'k', {})),
      runAs(caller('a'), () => idempotentRequest('POST /y', 'k', {})),
    ];
    expect(same).toEqual(one);
    expect(new Set([one, ...others].map((each) => each?.scope)).size).toBe(3);
    expect(runAs(caller('a'), () => idempotentRequest('POST /x', null, {}))).toBeNull();
  });
});
