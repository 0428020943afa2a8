import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { eventually } from '../setup/eventually';
import { queueBackends } from '../setup/redis';
import { DataFolder, killAtOnce } from './support/data-folder';
import { untilDrained } from './support/database';
import { certificate, doneTwiceOrNever, timelinessDigest } from './support/effects';
import { freePort } from './support/free-port';
import { MixedLoad } from './support/mixed-load';
import { seededRandom } from './support/random';
import { runCommand, startPostbag, type ServiceProcess } from './support/service-process';

/** What dies, in turn: the whole service, its database under it, or both at once as in a power cut. */
const VICTIMS = ['node', 'postgres', 'everything'] as const;
const ROUNDS = 3;

jest.setTimeout(15 * 60_000);

describe.each(queueBackends())('npm start killed under load, queues on $backend', ({ backend, redisUrl }) => {
  const random = seededRandom(backend === 'postgres' ? 20_261_125 : 20_261_126);
  let folder: DataFolder;
  let env: Record<string, string>;
  let service: ServiceProcess;
  let databaseUrl: string;
  let load: MixedLoad;

  beforeAll(async () => {
    folder = await DataFolder.make();
    const [http, smtp] = [await freePort(), await freePort()];
    env = { PORT: String(http), SMTP_PORT: String(smtp), POSTBAG_DATA: folder.path };
    // A database of its own on the tests' Redis: emptying it takes nobody else's queues.
    if (redisUrl !== null) env.REDIS_URL = `${redisUrl.replace(/\/\d*$/, '')}/8`;
    await start();
    const { stdout } = await runCommand('token', ['--role', 'caseworker', '--office', 'west-mercia'], env);
    load = new MixedLoad({ api: http, web: http, smtp }, stdout.trim(), `${backend}.one`, random);
  });
  afterAll(async () => {
    await service?.stop();
    await folder?.remove();
  });

  async function start(): Promise<void> {
    const { service: started, run } = await startPostbag(folder.path, env);
    service = started;
    databaseUrl = run.databaseUrl;
  }

  /** The file is away for a moment while the server is started again. */
  const postmaster = (): Promise<number> =>
    eventually(() => {
      const [pid] = readFileSync(join(folder.path, 'postgres', 'postmaster.pid'), 'utf8').split('\n');
      if (!pid) throw new Error('postmaster.pid is empty');
      return Number(pid);
    }, 60_000);

  async function kill(victim: (typeof VICTIMS)[number]): Promise<void> {
    if (victim !== 'node') killAtOnce(await postmaster());
    if (victim === 'postgres') return;
    await service.kill();
    await start();
  }

  it('keeps all that was acknowledged exactly once, and does everything once', async () => {
    await load.start();
    const redis = env.REDIS_URL === undefined ? null : new Redis(env.REDIS_URL);
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const victim of VICTIMS) {
        await sleep(1000 + random() * 3000);
        await kill(victim);
      }
      await redis?.flushdb();
    }
    await redis?.quit();
    await sleep(1000);
    await load.stop();
    await untilDrained(databaseUrl);
    process.stdout.write(
      `npm start, queues on ${backend}: ${String(ROUNDS * VICTIMS.length)} kills (${VICTIMS.join(', ')} in turn), ${String(load)}\n`,
    );
    await load.expectExactlyOnce(databaseUrl);
    expect(await doneTwiceOrNever(databaseUrl)).toEqual([]);
    expect(await certificate(env)).toMatchObject({ ok: true, pending: 0, received: load.acknowledged });
    expect((await runCommand('verify-log', [], env)).stdout).toMatch(/^OK: /);
    const before = await timelinessDigest(databaseUrl);
    expect(await runCommand('rebuild', [], env)).toMatchObject({ code: 0 });
    expect(await timelinessDigest(databaseUrl)).toEqual(before);
  });
});
