import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { eventually } from '../../../../test/setup/eventually';
import { queueBackends } from '../../../../test/setup/redis';
import { LendingDatabase, LendingProcess } from '../testing/boot-lending.fixture';
import { OutboxRelay } from './relay';

const READERS = 120;

describe.each(queueBackends())('a queue that was emptied, on $backend', ({ redisUrl }) => {
  let database: LendingDatabase;
  let lending: LendingProcess;
  const queuePrefix = `lost-${String(process.pid)}`;

  beforeEach(async () => {
    database = await LendingDatabase.create();
    lending = await LendingProcess.boot(database.url, { redisUrl, queuePrefix });
  });
  afterEach(async () => {
    await lending.stop();
    await database.drop();
  });

  /** As FLUSHALL does, but for this test's keys alone: the server may be shared. */
  async function empty(): Promise<number> {
    if (redisUrl === null) {
      const tables = await database.rows<{ name: string }>(
        `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname = 'bullmq' AND tablename NOT LIKE '%migration%'`,
      );
      const [jobs] = await database.rows<{ count: string }>(`SELECT count(*) FROM bullmq.job`);
      for (const { name } of tables) await database.rows(`DELETE FROM ${name}`);
      return Number(jobs?.count);
    }
    const redis = new Redis(redisUrl);
    const keys = await redis.keys(`${queuePrefix}:*`);
    if (keys.length > 0) await redis.del(...keys);
    redis.disconnect();
    return keys.length;
  }

  const joinAll = (): Promise<unknown> =>
    Promise.all(
      Array.from({ length: READERS }, (_none, index) => lending.asClerk(() => lending.lending.join(String(index)))),
    );
  const greeted = async (): Promise<number> => {
    const rows = await database.rows<{ messages: string; effects: string }>(
      `SELECT count(DISTINCT message_id) AS messages, count(*) AS effects FROM effect`,
    );
    expect(rows[0]?.effects).toBe(rows[0]?.messages);
    return Number(rows[0]?.effects);
  };

  it('is filled again within a quarter of a minute, and nothing is done twice', async () => {
    lending.faults.on('lending.greet-reader', () => sleep(20));
    await joinAll();
    await lending.startEngine();
    await eventually(async () => expect(await greeted()).toBeGreaterThan(READERS / 10));
    expect(await empty()).toBeGreaterThan(0);
    const lostAt = Date.now();
    const before = await greeted();
    expect(before).toBeLessThan(READERS);
    // New work goes on meanwhile.
    await lending.asClerk(() => lending.lending.join('meanwhile'));
    await eventually(async () => {
      const [row] = await database.rows(`SELECT FROM effect WHERE stream = 'reader-meanwhile'`);
      expect(row).toBeDefined();
    }, 5_000);
    await eventually(async () => expect(await greeted()).toBe(READERS + 1), 20_000);
    expect(Date.now() - lostAt).toBeLessThan(15_000);
    await eventually(async () => expect(await database.rows(`SELECT FROM outbox`)).toEqual([]));
  });

  it('is filled again after it was lost while nobody worked', async () => {
    await joinAll();
    expect(await lending.get(OutboxRelay).relay()).toBe(READERS);
    await empty();
    expect(await lending.get(OutboxRelay).relay()).toBe(0);
    expect(await lending.get(OutboxRelay).sweepStale()).toBe(0);
    await database.rows(`UPDATE outbox SET enqueued_at = enqueued_at - interval '11 seconds'`);
    expect(await lending.get(OutboxRelay).sweepStale()).toBe(READERS);
    await lending.startEngine();
    await eventually(async () => expect(await greeted()).toBe(READERS));
  });

  it('is not added to while the jobs are still there', async () => {
    await joinAll();
    await lending.get(OutboxRelay).relay();
    await database.rows(`UPDATE outbox SET enqueued_at = enqueued_at - interval '11 seconds'`);
    expect(await lending.get(OutboxRelay).sweepStale()).toBe(0);
    expect(await database.rows(`SELECT DISTINCT attempt FROM outbox`)).toEqual([{ attempt: 1 }]);
  });

  it('stops at what was started many times and never ended, and shows it to people', async () => {
    await lending.asClerk(() => lending.lending.join('killer'));
    await database.rows(`UPDATE outbox SET attempt = 24, enqueued_at = NULL`);
    await lending.get(OutboxRelay).relay();
    await empty();
    await database.rows(`UPDATE outbox SET enqueued_at = enqueued_at - interval '11 seconds'`);
    await lending.get(OutboxRelay).sweepStale();
    expect(await database.rows(`SELECT state FROM outbox`)).toEqual([{ state: 'attention' }]);
    expect(await database.rows(`SELECT stream, attempts, state, error FROM needs_attention`)).toEqual([
      {
        stream: 'reader-killer',
        attempts: 25,
        state: 'open',
        error: 'the work was started many times and never ended',
      },
    ]);
  });
});
