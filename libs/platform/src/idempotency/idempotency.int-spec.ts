import { randomUUID } from 'node:crypto';
import { LendingDatabase, LendingProcess } from '../testing/boot-lending.fixture';
import { Idempotency, IdempotencyKeyReused, requestHash, type IdempotentRequest } from './idempotency';

describe('Idempotency', () => {
  let database: LendingDatabase;
  let lending: LendingProcess;
  let idempotency: Idempotency;

  beforeAll(async () => {
    database = await LendingDatabase.create();
    lending = await LendingProcess.boot(database.url);
    idempotency = lending.get(Idempotency);
  });
  afterAll(async () => {
    await lending.stop();
    await database.drop();
  });

  const request = (key: string, body: object = {}, scope = 'one'): IdempotentRequest => ({
    scope,
    key,
    requestHash: requestHash(body),
  });
  /** What a command does: claims, acts when it is the first, and answers. */
  const handle = (asked: IdempotentRequest, answer: string = randomUUID()): Promise<boolean> =>
    lending.inTransaction(async () => {
      const item = { idempotency: asked };
      if (!(await idempotency.claim([item])).has(item)) return false;
      await idempotency.answer(asked, { status: 201, response: { answer } });
      return true;
    });
  const find = (asked: IdempotentRequest): Promise<unknown> => lending.inTransaction(() => idempotency.find(asked));

  it('gives the first answer again', async () => {
    expect(await find(request('a'))).toBeNull();
    await handle(request('a'), 'first');
    expect(await handle(request('a'), 'second')).toBe(false);
    expect(await find(request('a'))).toEqual({ status: 201, response: { answer: 'first' } });
  });

  it('takes a body for the same whatever the order of its keys', () => {
    expect(requestHash({ a: 1, b: { c: [1], d: null } })).toEqual(requestHash({ b: { d: null, c: [1] }, a: 1 }));
    expect(requestHash({ a: 1 })).not.toEqual(requestHash({ a: '1' }));
    expect(requestHash([1, 2])).not.toEqual(requestHash([2, 1]));
  });

  it('refuses another body under the same key', async () => {
    await handle(request('b', { x: 1 }));
    await expect(find(request('b', { x: 2 }))).rejects.toThrow(IdempotencyKeyReused);
  });

  it('keeps the keys of different callers apart', async () => {
    await handle(request('c', { x: 1 }, 'one'));
    expect(await handle(request('c', { x: 2 }, 'other'))).toBe(true);
    expect(await find(request('c', { x: 3 }, 'third'))).toBeNull();
  });

  it('lets one of many at the same time act', async () => {
    const acted = await Promise.all(Array.from({ length: 6 }, () => handle(request('d'))));
    expect(acted.filter(Boolean)).toHaveLength(1);
  });

  it('forgets the key when the work rolls back', async () => {
    const failed = lending.inTransaction(async () => {
      await idempotency.claim([{ idempotency: request('e') }]);
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    expect(await find(request('e'))).toBeNull();
    expect(await handle(request('e'))).toBe(true);
  });

  it('claims for a whole batch: repeats inside it and from before are told apart, items without a key all count', async () => {
    await handle(request('f-0'));
    const items = [
      { name: 'before', idempotency: request('f-0') },
      { name: 'new', idempotency: request('f-1') },
      { name: 'twin', idempotency: request('f-1') },
      { name: 'keyless', idempotency: null },
      { name: 'other scope', idempotency: request('f-1', {}, 'other') },
    ];
    const first = await lending.inTransaction(() => idempotency.claim(items));
    const names = [...first].map(({ name }) => name).sort();
    expect(names).toHaveLength(3);
    expect(names).toEqual(expect.arrayContaining(['keyless', 'other scope']));
    expect(names.filter((name) => name === 'new' || name === 'twin')).toHaveLength(1);
  });

  it('does not dead-lock batches that share keys', async () => {
    const keys = Array.from({ length: 20 }, (_none, index) => request(`g-${String(index)}`));
    const batches = Array.from({ length: 6 }, (_none, batch) =>
      lending.inTransaction(() =>
        idempotency.claim((batch % 2 ? keys : [...keys].reverse()).map((each) => ({ idempotency: each }))),
      ),
    );
    const claimed = (await Promise.all(batches)).reduce((sum, first) => sum + first.size, 0);
    expect(claimed).toBe(20);
  });
});
