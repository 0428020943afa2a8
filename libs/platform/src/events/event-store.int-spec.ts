import { CHAIN_START, chainHash, type DomainEvent, type JsonObject } from '@app/kernel';
import fc from 'fast-check';
import { BulkInsert } from '../persistence/bulk-insert';
import { UnitOfWork } from '../persistence/unit-of-work';
import {
  clerk,
  LendingDatabase,
  lendingContext,
  LendingProcess,
  lendingProviders,
} from '../testing/boot-lending.fixture';
import { BookIsOut } from '../testing/lending-domain.fixture';
import { OFFICE } from '../testing/lending.fixture';
import { EventStore, StreamChangedMeanwhile } from './event-store';

const lentTo = (readerId: string): DomainEvent => ({
  type: 'lending.book-lent',
  schemaVersion: 1,
  data: { bookId: 'b', readerId },
  effectiveAt: new Date('2026-03-02T09:00:00Z'),
});

describe('EventStore', () => {
  let database: LendingDatabase;
  let lending: LendingProcess;
  let store: EventStore;

  beforeAll(async () => {
    database = await LendingDatabase.create();
    lending = await LendingProcess.boot(database.url);
    store = lending.get(EventStore);
  });
  afterAll(async () => {
    await lending.stop();
    await database.drop();
  });

  const written = async (stream: string): Promise<object[]> =>
    database.rows(
      `SELECT e.version, e.type, array_agg(o.consumer ORDER BY o.consumer) FILTER (WHERE o.consumer IS NOT NULL) AS consumers
         FROM event_log e LEFT JOIN outbox o ON o.message_id = e.id WHERE e.stream = $1 GROUP BY e.version, e.type ORDER BY 1`,
      [stream],
    );

  it('writes state, events and one outbox row for each consumer together', async () => {
    await lending.asClerk(() => lending.lending.acquire('together'));
    await lending.asClerk(() => lending.lending.lend('together', 'r1'));
    expect(await database.rows(`SELECT version, lent_to FROM book WHERE id = 'together'`)).toEqual([
      { version: 2, lent_to: 'r1' },
    ]);
    expect(await written('book-together')).toEqual([
      { version: 1, type: 'lending.book-acquired', consumers: null },
      { version: 2, type: 'lending.book-lent', consumers: ['lending.count-loan', 'lending.remind'] },
    ]);
    const rows = await database.rows(
      `SELECT o.queue, o.source, o.state, o.attempt, o.office, o.enqueued_at FROM outbox o JOIN event_log e ON e.id = o.message_id
        WHERE e.stream = 'book-together' ORDER BY queue`,
    );
    const open = { source: 'event', state: 'open', attempt: 0, office: OFFICE, enqueued_at: null };
    expect(rows).toEqual([
      { queue: 'deadlines', ...open },
      { queue: 'triage', ...open },
    ]);
  });

  it('takes all of it back together', async () => {
    const failed = lending.asClerk(() =>
      lending.get(UnitOfWork).run(async () => {
        await lending.lending.acquire('back');
        await lending.lending.lend('back', 'r1');
        throw new Error('at the last moment');
      }),
    );
    await expect(failed).rejects.toThrow('at the last moment');
    expect(await written('book-back')).toEqual([]);
    expect(await database.rows(`SELECT FROM book WHERE id = 'back'`)).toEqual([]);
    expect(await database.rows(`SELECT FROM stream_head WHERE stream = 'book-back'`)).toEqual([]);
  });

  it('writes nothing when the rule says no', async () => {
    await lending.asClerk(() => lending.lending.acquire('out'));
    await lending.asClerk(() => lending.lending.lend('out', 'r1'));
    await expect(lending.asClerk(() => lending.lending.lend('out', 'r2'))).rejects.toThrow(BookIsOut);
    expect(await written('book-out')).toHaveLength(2);
  });

  it('records who did it, for which office, why, and both times', async () => {
    const [event] = await lending.asClerk(() => lending.lending.acquire('metadata'));
    expect(event?.metadata).toEqual({
      actor: { kind: 'person', id: 'clerk-1' },
      office: OFFICE,
      correlationId: clerk.correlationId,
      causationId: null,
      effectiveAt: event?.effectiveAt.toISOString(),
      recordedAt: event?.recordedAt.toISOString(),
    });
    const [read] = await lending.inTransaction(() => store.read('book-metadata'));
    expect(read).toEqual(event);
  });

  it('lets one of two writers through and tells the other that the stream changed', async () => {
    await lending.asClerk(() => lending.lending.acquire('race'));
    const writers = Array.from({ length: 8 }, (_none, writer) =>
      lending.asSystem(() => lending.lending.lend('race', `r${String(writer)}`)),
    );
    const results = await Promise.allSettled(writers);
    const refused = results.filter((result) => result.status === 'rejected').map((result): unknown => result.reason);
    expect(refused).toHaveLength(7);
    for (const reason of refused) {
      expect(reason instanceof StreamChangedMeanwhile || reason instanceof BookIsOut).toBe(true);
    }
    expect(await written('book-race')).toHaveLength(2);
  });

  it('lets one of two writers open a stream', async () => {
    const open = (): Promise<unknown> =>
      lending.inTransaction(() =>
        store.append([{ stream: 'new', office: OFFICE, expectedVersion: 0, events: [lentTo('r')] }]),
      );
    const results = await Promise.allSettled([open(), open(), open()]);
    const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
    expect(refused).toHaveLength(2);
    for (const reason of refused) expect(reason).toBeInstanceOf(StreamChangedMeanwhile);
    expect(await written('new')).toHaveLength(1);
  });

  it.each([
    ['that is older', 1],
    ['that is not there yet', 3],
  ])('refuses an expected version %s', async (_which, expectedVersion) => {
    const stream = `expected-${String(expectedVersion)}`;
    const append = (version: number): Promise<unknown> =>
      lending.inTransaction(() =>
        store.append([{ stream, office: OFFICE, expectedVersion: version, events: [lentTo('r')] }]),
      );
    await append(0);
    await append(1);
    await expect(append(expectedVersion)).rejects.toThrow(StreamChangedMeanwhile);
    expect(await written(stream)).toHaveLength(2);
  });

  it('appends to several streams at once, or to none of them', async () => {
    const append = (first: number, second: number): Promise<unknown> =>
      lending.inTransaction(() =>
        store.append([
          { stream: 'several-a', office: OFFICE, expectedVersion: first, events: [lentTo('r1'), lentTo('r2')] },
          { stream: 'several-b', office: OFFICE, expectedVersion: second, events: [lentTo('r3')] },
        ]),
      );
    await append(0, 0);
    await append(2, 1);
    await expect(append(4, 1)).rejects.toThrow(StreamChangedMeanwhile);
    expect(await written('several-a')).toHaveLength(4);
    expect(await written('several-b')).toHaveLength(2);
  });

  it('does not dead-lock writers that take the same streams in different order', async () => {
    const streams = ['lock-a', 'lock-b', 'lock-c'];
    const append = (order: readonly string[], version: number): Promise<unknown> =>
      lending.inTransaction(() =>
        store.append(
          order.map((stream) => ({ stream, office: OFFICE, expectedVersion: version, events: [lentTo('r')] })),
        ),
      );
    await append(streams, 0);
    for (let version = 1; version < 6; version += 1) {
      const results = await Promise.allSettled([append(streams, version), append([...streams].reverse(), version)]);
      expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
      for (const result of results) {
        if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(StreamChangedMeanwhile);
      }
    }
  });

  it('joins the caller’s bulk insert, with the caller of each item', async () => {
    const caller = { ...clerk, actor: { kind: 'public', id: 'form' } } as const;
    await lending.inTransaction(async () => {
      const bulk = new BulkInsert().add('book', { id: 'bulk', version: 1, lent_to: null });
      await store.append(
        [{ stream: 'book-bulk', office: OFFICE, expectedVersion: 0, events: [lentTo('r')], caller }],
        bulk,
      );
      await bulk.run(lending.get(UnitOfWork).manager);
    });
    const [event] = await lending.inTransaction(() => store.read('book-bulk'));
    expect(event?.metadata.actor).toEqual({ kind: 'public', id: 'form' });
    expect(await written('book-bulk')).toHaveLength(1);
  });

  it('chains each event to the one before, and the head names the last', async () => {
    await lending.asClerk(() => lending.lending.acquire('chain'));
    await lending.asClerk(() => lending.lending.lend('chain', 'r1'));
    await lending.asClerk(() => lending.lending.giveBack('chain'));
    const rows = await database.rows<{ hash: Buffer } & Record<string, unknown>>(
      `SELECT id, stream, version, type, schema_version AS "schemaVersion", data, metadata, hash FROM event_log
        WHERE stream = 'book-chain' ORDER BY version`,
    );
    let previous: Buffer = CHAIN_START;
    for (const row of rows) {
      expect(row.hash).toEqual(chainHash(previous, row as never));
      previous = row.hash;
    }
    expect(rows).toHaveLength(3);
    expect(await database.rows(`SELECT version, hash FROM stream_head WHERE stream = 'book-chain'`)).toEqual([
      { version: 3, hash: previous },
    ]);
  });

  it('hashes what PostgreSQL gives back, whatever the data', async () => {
    const text = fc.string({ unit: 'grapheme' }).map((value) => value.replaceAll('\0', ''));
    const leaf = fc.oneof(text, fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean());
    const data = fc.dictionary(text, fc.oneof(leaf, fc.constant(null), fc.array(leaf), fc.dictionary(text, leaf)));
    let number = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(data, { minLength: 1, maxLength: 4 }), async (list) => {
        const stream = `any-${String((number += 1))}`;
        const events = list.map((each) => ({ ...lentTo('r'), data: each }));
        await lending.inTransaction(() => store.append([{ stream, office: null, expectedVersion: 0, events }]));
        const rows = await database.rows<{ hash: Buffer }>(
          `SELECT id, stream, version, type, schema_version AS "schemaVersion", data, metadata, hash FROM event_log WHERE stream = $1 ORDER BY version`,
          [stream],
        );
        let previous: Buffer = CHAIN_START;
        for (const row of rows) {
          expect(chainHash(previous, row as never)).toEqual(row.hash);
          previous = row.hash;
        }
      }),
      { numRuns: 60 },
    );
  });

  it('refuses an event type that no context declares', async () => {
    const unknown = { ...lentTo('r'), type: 'lending.book-burnt' };
    await expect(
      lending.inTransaction(() =>
        store.append([{ stream: 'unknown', office: OFFICE, expectedVersion: 0, events: [unknown] }]),
      ),
    ).rejects.toThrow('lending.book-burnt is not declared');
  });

  it('refuses to record an old schema version, which readers would bring forward twice', async () => {
    const old = { ...lentTo('r'), schemaVersion: 2 };
    await expect(
      lending.inTransaction(() => store.append([{ stream: 'v2', office: OFFICE, expectedVersion: 0, events: [old] }])),
    ).rejects.toThrow('schema version');
  });

  it('reads a long stream in pieces', async () => {
    const events = Array.from({ length: 7 }, (_none, index) => lentTo(`r${String(index)}`));
    await lending.inTransaction(() => store.append([{ stream: 'long', office: OFFICE, expectedVersion: 0, events }]));
    const pieces = await lending.inTransaction(async () => [
      await store.read('long', 0, 4),
      await store.read('long', 4, 4),
      await store.read('long', 7, 4),
    ]);
    expect(pieces.map((piece) => piece.map((event) => event.version))).toEqual([[1, 2, 3, 4], [5, 6, 7], []]);
  });

  describe('history is append-only', () => {
    it.each([
      `UPDATE event_log SET data = '{}'`,
      `UPDATE event_log SET type = 'x', position = 1`,
      `DELETE FROM event_log`,
    ])('refuses even the owner: %s', async (sql) => {
      await expect(database.rows(sql)).rejects.toThrow('the event log is append-only');
    });

    it('takes a position once', async () => {
      await lending.asClerk(() => lending.lending.acquire('position'));
      const set = (position: number): Promise<unknown> =>
        database.rows(`UPDATE event_log SET position = $1 WHERE stream = 'book-position'`, [position]);
      await set(1_000_001);
      await expect(set(1_000_002)).rejects.toThrow('append-only');
    });

    it.each([
      `UPDATE event_log SET position = 5`,
      `DELETE FROM event_log`,
      `TRUNCATE event_log`,
      `ALTER TABLE event_log DISABLE TRIGGER event_log_append_only`,
      `DROP TABLE event_log`,
      `DELETE FROM log_seal`,
      `INSERT INTO log_seal (day, position, streams, events, root) VALUES ('2026-03-02', 0, 0, 0, '')`,
      `INSERT INTO instance_setting (key, value) VALUES ('clock-offset', '"1 day"')`,
    ])('gives a request no right to %s', async (sql) => {
      const denied = lending.asClerk(() => lending.get(UnitOfWork).run((manager) => manager.query(sql)));
      await expect(denied).rejects.toThrow(/permission denied|must be owner/);
    });
  });

  describe('stored events of an older schema version', () => {
    let newer: LendingProcess;
    const upcasts = { 1: ({ reader, ...data }: JsonObject): JsonObject => ({ ...data, readerId: reader ?? null }) };

    beforeAll(async () => {
      const events = { ...lendingContext.events, 'lending.book-lent': { schemaVersion: 2, upcasts } };
      newer = await LendingProcess.boot(database.url, {
        context: { ...lendingContext, events },
        providers: lendingProviders,
      });
    });
    afterAll(() => newer.stop());

    it('are brought forward on reading, say so, and keep their hash', async () => {
      const stored = { ...lentTo('r'), data: { bookId: 'b', reader: 'r1' } };
      await lending.inTransaction(() =>
        store.append([{ stream: 'old', office: OFFICE, expectedVersion: 0, events: [stored] }]),
      );
      const [read] = await newer.inTransaction(() => newer.get(EventStore).read('old'));
      expect(read).toMatchObject({ schemaVersion: 2, data: { bookId: 'b', readerId: 'r1' } });
      expect(newer.get(EventStore).upcast(read as never)).toEqual(read);
      expect(await database.rows(`SELECT schema_version, data FROM event_log WHERE stream = 'old'`)).toEqual([
        { schema_version: 1, data: { bookId: 'b', reader: 'r1' } },
      ]);
    });
  });
});
