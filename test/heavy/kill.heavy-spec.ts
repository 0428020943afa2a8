import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { EmbeddedPostgres } from '@app/platform';
import { eventually } from '../setup/eventually';
import { queueBackends } from '../setup/redis';
import { DataFolder } from './support/data-folder';
import { rowsOf, untilDrained } from './support/database';
import { certificate, doneTwiceOrNever, timelinessDigest } from './support/effects';
import { freePort } from './support/free-port';
import { MixedLoad, type Ports } from './support/mixed-load';
import { oneOf, seededRandom } from './support/random';
import { ensureBuilt, runCommand, ServiceProcess, type Ended } from './support/service-process';

/** With the nine of kill-one-process.heavy-spec.ts, more than 25 on each backend. */
const KILLS = 20;

/** A process that is started again whenever it has ended, as an operator's supervisor does (systemd, compose). */
class Kept {
  #process: ServiceProcess;
  #isStopping = false;
  kills = 0;

  constructor(
    readonly name: string,
    private readonly app: string,
    private readonly env: Readonly<Record<string, string>>,
  ) {
    this.#process = this.launch();
  }

  async kill(): Promise<void> {
    this.kills += 1;
    await this.#process.kill();
  }

  /** Null if it had ended by itself or was stopped before. */
  async stop(): Promise<Ended | null> {
    this.#isStopping = true;
    return this.#process.hasEnded ? null : this.#process.stop('SIGTERM', 90_000);
  }

  private launch(): ServiceProcess {
    const started = ServiceProcess.launch({ command: [`dist/apps/${this.app}/src/main.js`], env: this.env });
    void started.ended.then(async () => {
      await sleep(200);
      if (!this.#isStopping) this.#process = this.launch();
    });
    return started;
  }
}

describe.each(queueBackends())('processes killed at random under load, queues on $backend', ({ backend, redisUrl }) => {
  const random = seededRandom(backend === 'postgres' ? 20_261_122 : 20_261_123);
  let folder: DataFolder;
  let postgres: EmbeddedPostgres;
  let env: Record<string, string>;
  let token: string;
  let ports: Ports;
  const kept: Kept[] = [];

  beforeAll(async () => {
    ensureBuilt();
    folder = await DataFolder.make();
    postgres = await EmbeddedPostgres.start({ dataFolder: join(folder.path, 'database') });
    ports = { api: await freePort(), web: await freePort(), smtp: await freePort() };
    env = { DATABASE_URL: postgres.url, POSTBAG_DATA: folder.path, LOG_LEVEL: 'error', POSTBAG_DEMO: '0' };
    if (redisUrl !== null) {
      // A database of its own on the tests' Redis: FLUSHDB empties the queues of nobody else.
      env.REDIS_URL = `${redisUrl.replace(/\/\d*$/, '')}/9`;
    }
    const migrated = await runCommand('migrate', [], env);
    if (migrated.code !== 0) throw new Error(migrated.stderr);
    token = `pb_${randomBytes(32).toString('base64url')}`;
    await rowsOf(
      postgres.url,
      `INSERT INTO api_token (id, token_hash, label, role, offices, created_by, expires_at)
       VALUES ($1, $2, 'kill test', 'service', '{west-mercia}', 'test', now() + interval '1 day')`,
      [randomUUID(), createHash('sha256').update(token).digest()],
    );
    kept.push(
      new Kept('api', 'api', { ...env, PORT: String(ports.api) }),
      new Kept('web', 'web', { ...env, PORT: String(ports.web) }),
      new Kept('mailroom', 'mailroom', { ...env, SMTP_PORT: String(ports.smtp) }),
      new Kept('worker 1', 'worker', env),
      new Kept('worker 2', 'worker', env),
    );
  }, 120_000);

  afterAll(async () => {
    await Promise.all(kept.map((each) => each.stop().catch(() => undefined)));
    await postgres.stop();
    await folder.remove();
  }, 120_000);

  it('keep all that was acknowledged exactly once, and every effect exactly once', async () => {
    const load = new MixedLoad(ports, token, backend, random);
    await load.start();
    const redis = env.REDIS_URL === undefined ? null : new Redis(env.REDIS_URL);
    let postgresKills = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      await sleep(500 + random() * 2500);
      // Each kind in turn at first, so that none is left out; then whichever.
      const kinds = [...kept.map(({ name }) => name), 'postgres'];
      const victim = kill < kinds.length ? kinds[kill] : oneOf(kinds, random);
      if (victim === 'postgres') {
        postgresKills += 1;
        // The one before may still be on its way up.
        await eventually(() => process.kill(postgres.pid, 'SIGKILL'), 60_000);
      } else await kept.find(({ name }) => name === victim)?.kill();
      if (redis && kill % 6 === 5) await redis.flushdb();
    }
    await redis?.quit();
    await load.stop();

    await untilDrained(postgres.url);
    process.stdout.write(
      `Queues on ${backend}: ${String(KILLS)} kills (${[...kept.map(({ name, kills }) => `${name} ${String(kills)}`), `postgres ${String(postgresKills)}`].join(', ')}), ` +
        `${String(load)}\n`,
    );

    await load.expectExactlyOnce(postgres.url);
    expect(await doneTwiceOrNever(postgres.url)).toEqual([]);
    expect(await certificate(env)).toMatchObject({
      ok: true,
      pending: 0,
      received: load.acknowledged,
    });
    expect((await runCommand('verify-log', [], env)).stdout).toMatch(/^OK/);
    const before = await timelinessDigest(postgres.url);
    expect(await runCommand('rebuild', [], env)).toMatchObject({ code: 0 });
    expect(await timelinessDigest(postgres.url)).toEqual(before);
    const ended = await Promise.all(kept.map((each) => each.stop()));
    expect(ended.map((each) => each?.code)).toEqual(kept.map(() => 0));
  }, 900_000);
});
