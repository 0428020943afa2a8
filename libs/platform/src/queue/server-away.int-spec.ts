import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../../../../test/setup/eventually';
import { queueBackends } from '../../../../test/setup/redis';
import { TcpProxy } from '../../../../test/setup/tcp-proxy';
import { OutboxRelay } from '../outbox/relay';
import { isUnavailable } from '../persistence/unavailable';
import { LendingDatabase, LendingProcess } from '../testing/boot-lending.fixture';

const NOBODY_THERE = 'redis://127.0.0.1:1';

describe('a queue server that is away', () => {
  let database: LendingDatabase;

  beforeEach(async () => {
    database = await LendingDatabase.create();
  });
  afterEach(() => database.drop());

  it('makes the relay fail at once, with nothing claimed', async () => {
    const lending = await LendingProcess.boot(database.url, { redisUrl: NOBODY_THERE });
    await lending.asClerk(() => lending.lending.join('early'));
    for (let round = 0; round < 3; round += 1) {
      await expect(lending.get(OutboxRelay).relay()).rejects.toThrow('The queue server is away');
      await expect(lending.get(OutboxRelay).sweepStale()).rejects.toThrow('The queue server is away');
    }
    expect(await database.rows(`SELECT state, attempt, enqueued_at FROM outbox`)).toEqual([
      { state: 'open', attempt: 0, enqueued_at: null },
    ]);
    await lending.stop();
  });

  it('does not keep a process from starting, from taking work in, and from stopping', async () => {
    const lending = await LendingProcess.boot(database.url, { redisUrl: NOBODY_THERE });
    await lending.startEngine();
    await lending.asClerk(() => lending.lending.join('early'));
    await sleep(1500);
    const stopping = Date.now();
    await lending.stop();
    expect(Date.now() - stopping).toBeLessThan(3_000);
    expect(await database.rows(`SELECT FROM outbox`)).toHaveLength(1);
  });
});

describe.each(queueBackends())('a queue server that comes later than the process, on $backend', ({ redisUrl }) => {
  it('finds the process working as soon as it is there', async () => {
    const database = await LendingDatabase.create();
    const proxy = await TcpProxy.before(redisUrl ?? database.url);
    proxy.cut();
    const lending = await LendingProcess.boot(database.url, {
      redisUrl: redisUrl === null ? null : proxy.url,
      ...(redisUrl === null ? { directUrl: proxy.url } : {}),
      queuePrefix: `later-${String(process.pid)}`,
    });
    await lending.startEngine();
    await lending.asClerk(() => lending.lending.join('early'));
    await sleep(1500);
    expect(await database.rows(`SELECT FROM effect`)).toEqual([]);
    // It complains, but not so often that it does nothing else.
    expect(lending.errors.length).toBeGreaterThan(0);
    expect(lending.errors.length).toBeLessThan(300);
    proxy.restore();
    await eventually(async () => expect(await database.rows(`SELECT FROM effect`)).toHaveLength(1), 12_000);
    await lending.stop();
    await proxy.close();
    await database.drop();
  });
});

describe.each(queueBackends())('a server that goes away and comes back under load, on $backend', ({ redisUrl }) => {
  let database: LendingDatabase;
  let postgres: TcpProxy;
  let redis: TcpProxy | null;
  let lending: LendingProcess;

  beforeEach(async () => {
    database = await LendingDatabase.create();
    postgres = await TcpProxy.before(database.url);
    redis = redisUrl === null ? null : await TcpProxy.before(redisUrl);
    lending = await LendingProcess.boot(postgres.url, {
      redisUrl: redis?.url ?? null,
      queuePrefix: `away-${String(process.pid)}`,
    });
    lending.faults.on('lending.greet-reader', () => sleep(10));
    await lending.startEngine();
  });
  afterEach(async () => {
    await lending.stop();
    await postgres.close();
    await redis?.close();
    await database.drop();
  });

  const effects = async (): Promise<number> => {
    const [row] = await database.rows<{ messages: number; effects: number }>(
      `SELECT count(DISTINCT message_id)::int AS messages, count(*)::int AS effects FROM effect`,
    );
    expect(row?.effects).toBe(row?.messages);
    return row?.effects ?? 0;
  };

  it('loses nothing that was acknowledged, does nothing twice, and says 503 rather than 500 meanwhile', async () => {
    const acknowledged: string[] = [];
    const refusals: unknown[] = [];
    let isWriting = true;
    const writing = (async (): Promise<void> => {
      for (let number = 0; isWriting; number += 1) {
        const reader = `r${String(number)}`;
        await lending
          .asClerk(() => lending.lending.join(reader))
          .then(
            () => acknowledged.push(`reader-${reader}`),
            (error: unknown) => refusals.push(error),
          );
        await sleep(5);
      }
    })();
    await eventually(async () => expect(await effects()).toBeGreaterThan(5));
    for (const server of [postgres, ...(redis ? [redis, redis] : [postgres])]) {
      server.cut();
      await sleep(700);
      server.restore();
      await sleep(700);
    }
    isWriting = false;
    await writing;

    expect(refusals).not.toEqual([]);
    expect(refusals.filter((error) => !isUnavailable(error))).toEqual([]);
    await eventually(async () => {
      const rows = await database.rows<{ stream: string }>(`SELECT stream FROM effect`);
      const done = new Set(rows.map(({ stream }) => stream));
      expect(acknowledged.filter((stream) => !done.has(stream))).toEqual([]);
      expect(await database.rows(`SELECT FROM outbox WHERE state = 'open'`)).toEqual([]);
    }, 40_000);
    await effects();
    expect(await database.rows(`SELECT FROM needs_attention`)).toEqual([]);
  }, 60_000);

  it('does not keep the process from stopping', async () => {
    postgres.cut();
    redis?.cut();
    await sleep(500);
    const stopping = Date.now();
    await lending.stop();
    expect(Date.now() - stopping).toBeLessThan(15_000);
  });
});
