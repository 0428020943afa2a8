import fc from 'fast-check';
import { eventually } from '../../../../test/setup/eventually';
import { queueBackends } from '../../../../test/setup/redis';
import { Attention } from '../attention/attention';
import { UnitOfWork } from '../persistence/unit-of-work';
import { LendingDatabase, LendingProcess } from '../testing/boot-lending.fixture';
import { PermanentFailure } from './consumer';
import { ConsumerRunner } from './consumer-runner';
import { QueueFactory } from './queue-factory';

interface AttentionRow {
  id: string;
  consumer: string;
  what: string;
  stream: string;
  office: string;
  error: string;
  attempts: number;
  state: string;
}

describe.each(queueBackends())('consumers on $backend', ({ backend, redisUrl }) => {
  let database: LendingDatabase;
  let lending: LendingProcess;
  const queuePrefix = `consumers-${String(process.pid)}`;

  beforeAll(async () => {
    database = await LendingDatabase.create();
    lending = await LendingProcess.boot(database.url, { redisUrl, queuePrefix });
    await lending.startEngine();
  });
  afterEach(() => lending.faults.clear());
  afterAll(async () => {
    await lending.stop();
    await database.drop();
  });

  const loan = (book: string): Promise<unknown> =>
    lending.asClerk(async () => {
      await lending.lending.acquire(book);
      await lending.lending.lend(book, 'r1');
    });
  const effects = (stream: string): Promise<object[]> =>
    database.rows(`SELECT consumer, version, note FROM effect WHERE stream = $1 ORDER BY version, consumer`, [stream]);
  const attention = (stream: string): Promise<AttentionRow[]> =>
    database.rows<AttentionRow>(`SELECT * FROM needs_attention WHERE stream = $1 ORDER BY raised_at`, [stream]);
  const outbox = (stream: string): Promise<object[]> =>
    database.rows(
      `SELECT o.consumer, o.state, o.attempt, o.last_error FROM outbox o JOIN event_log e ON e.id = o.message_id
        WHERE e.stream = $1 ORDER BY o.consumer`,
      [stream],
    );

  it('runs on the backend that was asked for', () => {
    expect(lending.get(QueueFactory).backend).toBe(backend);
  });

  it('bring every event to every consumer that wants it, once, and close the outbox', async () => {
    await loan('once');
    await lending.asClerk(() => lending.lending.join('once'));
    await eventually(async () => {
      expect(await effects('book-once')).toEqual([
        { consumer: 'lending.count-loan', version: 2, note: 'lending.book-lent' },
        { consumer: 'lending.remind', version: 2, note: 'lending.book-lent' },
      ]);
      expect(await effects('reader-once')).toEqual([
        { consumer: 'lending.greet-reader', version: 1, note: 'Welcome, reader-once' },
      ]);
      expect(await database.rows(`SELECT FROM outbox`)).toEqual([]);
    });
    expect(await database.rows(`SELECT consumer FROM inbox ORDER BY 1`)).toEqual([
      { consumer: 'lending.count-loan' },
      { consumer: 'lending.greet-reader' },
      { consumer: 'lending.remind' },
    ]);
  });

  it('act under their own name, because of the event that they act on', async () => {
    await loan('named');
    await eventually(async () => expect(await effects('book-named')).toHaveLength(2));
    const rows = await database.rows(
      `SELECT DISTINCT f.actor, f.caused_by = e.id::text AS is_cause FROM effect f JOIN event_log e ON e.id = f.message_id WHERE f.stream = 'book-named' ORDER BY 1`,
    );
    expect(rows).toEqual([
      { actor: 'lending.count-loan', is_cause: true },
      { actor: 'lending.remind', is_cause: true },
    ]);
  });

  it('prepare outside any transaction and act inside one', async () => {
    const inTransaction: Record<string, boolean> = {};
    lending.faults.on('lending.greet-reader', (_message, step) => {
      try {
        inTransaction[step] = Boolean(lending.get(UnitOfWork).manager);
      } catch {
        inTransaction[step] = false;
      }
    });
    await lending.asClerk(() => lending.lending.join('prepared'));
    await eventually(async () => expect(await effects('reader-prepared')).toHaveLength(1));
    expect(inTransaction).toEqual({ prepare: false, handle: true });
  });

  it('try again what failed, and take back what the failed attempt had done', async () => {
    const attempts: number[] = [];
    lending.faults.on('lending.count-loan', ({ attempt }) => {
      attempts.push(attempt);
      if (attempt < 3) throw new Error('the counter is jammed');
    });
    await loan('again');
    await eventually(async () => expect(await effects('book-again')).toHaveLength(2), 15_000);
    expect(attempts).toEqual([1, 2, 3]);
    expect(await attention('book-again')).toEqual([]);
  });

  it('wait longer after each failure', async () => {
    const at: number[] = [];
    lending.faults.on('lending.count-loan', () => {
      at.push(Date.now());
      throw new Error('the counter is jammed');
    });
    await loan('longer');
    await eventually(async () => expect(await attention('book-longer')).toHaveLength(1), 15_000);
    const [first = 0, second = 0, third = 0] = at;
    expect(at).toHaveLength(3);
    // Half a second, then a second, each with a quarter more or less; the sweep of the relay adds up to one.
    expect(second - first).toBeGreaterThan(370);
    expect(third - second).toBeGreaterThan(740);
    expect(third - second).toBeLessThan(4_000);
  });

  it('show people what no retry could settle, and hold back nothing else', async () => {
    lending.faults.on('lending.count-loan', ({ stream }) => {
      if (stream === 'book-stuck') throw new Error('the counter is jammed');
    });
    await loan('stuck');
    await loan('neighbour');
    const [row] = await eventually(async () => {
      const rows = await attention('book-stuck');
      expect(rows).toHaveLength(1);
      return rows;
    }, 15_000);
    expect(row).toMatchObject({
      consumer: 'lending.count-loan',
      what: 'lending.book-lent',
      office: 'west-mercia',
      error: 'Error: the counter is jammed',
      attempts: 3,
      state: 'open',
    });
    expect(await outbox('book-stuck')).toEqual([
      { consumer: 'lending.count-loan', state: 'attention', attempt: 3, last_error: 'Error: the counter is jammed' },
    ]);
    expect(await effects('book-stuck')).toEqual([expect.objectContaining({ consumer: 'lending.remind' })]);
    expect(await effects('book-neighbour')).toHaveLength(2);
  });

  it('start over when a person says so', async () => {
    lending.faults.on('lending.count-loan', () => {
      throw new PermanentFailure('no such counter');
    });
    await loan('retried');
    const [row] = await eventually(async () => {
      const rows = await attention('book-retried');
      expect(rows).toHaveLength(1);
      return rows;
    });
    expect(row).toMatchObject({ attempts: 1, error: 'PermanentFailure: no such counter' });
    lending.faults.clear();
    await lending.asClerk(() => lending.get(UnitOfWork).run(() => lending.get(Attention).retry(row?.id ?? '')));
    await eventually(async () => expect(await effects('book-retried')).toHaveLength(2));
    expect(await attention('book-retried')).toEqual([
      expect.objectContaining({ state: 'resolved', settled_by: 'clerk-1', id: row?.id }),
    ]);
    await eventually(async () => expect(await outbox('book-retried')).toEqual([]));
  });

  it('give up when a person says so, with the reason and an event', async () => {
    lending.faults.on('lending.count-loan', () => {
      throw new PermanentFailure('no such counter');
    });
    await loan('dismissed');
    const [row] = await eventually(async () => {
      const rows = await attention('book-dismissed');
      expect(rows).toHaveLength(1);
      return rows;
    });
    await lending.asClerk(() =>
      lending.get(UnitOfWork).run(() => lending.get(Attention).dismiss(row?.id ?? '', 'counted by hand')),
    );
    // The other consumers of the event may still be at work.
    await eventually(async () => expect(await outbox('book-dismissed')).toEqual([]));
    expect(await attention('book-dismissed')).toEqual([
      expect.objectContaining({ state: 'dismissed', settled_by: 'clerk-1', settled_reason: 'counted by hand' }),
    ]);
    const [event] = await database.rows(`SELECT type, data FROM event_log WHERE stream = $1`, [
      `attention-${row?.id ?? ''}`,
    ]);
    expect(event).toMatchObject({
      type: 'platform.attention-dismissed',
      data: { attentionId: row?.id, consumer: 'lending.count-loan' },
    });
  });

  it('do not act on what a person gave up in the meantime', async () => {
    const other = await LendingProcess.boot(database.url, { redisUrl, queuePrefix: `${queuePrefix}-meantime` });
    other.faults.on('lending.greet-reader', async (_message, step) => {
      if (step === 'prepare') await database.rows(`DELETE FROM outbox WHERE consumer = 'lending.greet-reader'`);
    });
    const [event] = await database.rows<{ id: string }>(
      `WITH e AS (INSERT INTO event_log (id, stream, version, type, schema_version, data, metadata, effective_at, recorded_at, hash)
         VALUES (gen_random_uuid(), 'reader-meantime', 1, 'lending.reader-joined', 1, '{}', '{}', now(), now(), '') RETURNING id),
       o AS (INSERT INTO outbox (message_id, consumer, queue, source, attempt, enqueued_at)
         SELECT id, 'lending.greet-reader', 'notifications', 'event', 1, now() FROM e)
       SELECT id FROM e`,
    );
    const messageId = event?.id ?? '';
    await other.get(ConsumerRunner).run({ messageId, consumer: 'lending.greet-reader', attempt: 1 });
    expect(await effects('reader-meantime')).toEqual([]);
    expect(await database.rows(`SELECT FROM inbox WHERE message_id = $1`, [messageId])).toEqual([]);
    await other.stop();
  });

  it('have one effect however often and at once a job is delivered', async () => {
    // Without workers of its own: the deliveries are made by hand.
    const other = await LendingProcess.boot(database.url, { redisUrl, queuePrefix: `${queuePrefix}-by-hand` });
    let number = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ attempt: fc.integer({ min: 1, max: 3 }), fails: fc.boolean() }), {
          minLength: 1,
          maxLength: 8,
        }),
        async (deliveries) => {
          const reader = `often-${String((number += 1))}`;
          const [event] = await database.rows<{ id: string }>(
            `WITH e AS (INSERT INTO event_log (id, stream, version, type, schema_version, data, metadata, effective_at, recorded_at, hash)
               VALUES (gen_random_uuid(), $1, 1, 'lending.reader-joined', 1, '{}', '{}', now(), now(), '') RETURNING id),
             o AS (INSERT INTO outbox (message_id, consumer, queue, source, attempt, enqueued_at)
               SELECT id, 'lending.greet-reader', 'notifications', 'event', 1, now() FROM e)
             SELECT id FROM e`,
            [reader],
          );
          const job = { messageId: event?.id ?? '', consumer: 'lending.greet-reader' };
          let delivery = 0;
          other.faults.on('lending.greet-reader', (_message, step) => {
            if (step === 'handle' && deliveries[(delivery += 1) - 1]?.fails) throw new Error('this time not');
          });
          await Promise.all(deliveries.map(({ attempt }) => other.get(ConsumerRunner).run({ ...job, attempt })));
          other.faults.clear();
          await other.get(ConsumerRunner).run({ ...job, attempt: 4 });
          await other.get(ConsumerRunner).run({ ...job, attempt: 4 });
          expect(await effects(reader)).toHaveLength(1);
          expect(await database.rows(`SELECT FROM outbox WHERE message_id = $1`, [job.messageId])).toEqual([]);
        },
      ),
      { numRuns: 40 },
    );
    await other.stop();
  });

  it('share the work of two processes without doing any of it twice', async () => {
    const other = await LendingProcess.boot(database.url, { redisUrl, queuePrefix });
    await other.startEngine();
    const books = Array.from({ length: 60 }, (_none, index) => `shared-${String(index)}`);
    await Promise.all(books.map(loan));
    await eventually(async () => {
      const [row] = await database.rows<{ count: string; streams: string }>(
        `SELECT count(*), count(DISTINCT (stream, consumer)) AS streams FROM effect WHERE stream LIKE 'book-shared-%'`,
      );
      expect(row).toEqual({ count: '120', streams: '120' });
      expect(await database.rows(`SELECT FROM outbox WHERE state = 'open'`)).toEqual([]);
    }, 20_000);
    await other.stop();
  });

  it('report no error of their own', () => {
    expect(lending.errors).toEqual([]);
  });
});
