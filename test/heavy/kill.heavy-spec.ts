import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { EmbeddedPostgres } from '@app/platform';
import { queueBackends } from '../setup/redis';
import { DataFolder } from './support/data-folder';
import { rowOf, rowsOf, untilDrained } from './support/database';
import { certificate, doneTwiceOrNever, timelinessDigest } from './support/effects';
import { oneOf, seededRandom } from './support/random';
import { digestOf, letterMail } from './support/raw-mail';
import { ensureBuilt, runCommand, ServiceProcess } from './support/service-process';
import { SmtpBroken, SmtpConnection } from './support/smtp-client';

const KILLS = 26;
const PATIENCE_MS = 240_000;

interface Logged {
  readonly key: string;
  readonly reference: string;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

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

  async stop(): Promise<void> {
    this.#isStopping = true;
    if (!this.#process.hasEnded) await this.#process.stop('SIGTERM', 90_000);
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
  let ports: { api: number; web: number; smtp: number };
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

  /** Until somebody answers for it: the same request again and again, as a careful client does. */
  async function untilAnswered<T>(attempt: () => Promise<T | null>): Promise<T> {
    const until = Date.now() + PATIENCE_MS;
    for (;;) {
      const answer = await Promise.resolve()
        .then(attempt)
        .catch(() => null);
      if (answer !== null) return answer;
      if (Date.now() > until) throw new Error('Nobody answered in time');
      await sleep(150);
    }
  }

  const person = (n: number): string => `person-${String(n % 40)}@mail.example`;

  async function logByApi(n: number): Promise<Logged> {
    const key = randomUUID();
    const body = JSON.stringify({
      channel: 'email',
      office: 'west-mercia',
      subject: `Speeding in Mockton ${String(n)}`,
      body: n % 17 === 0 ? 'My neighbour says he is going to kill me.' : 'Cars race past the school every morning.',
      correspondent: { name: `Test Person ${String(n % 40)}`, email: person(n) },
    });
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': key };
    return untilAnswered(async () => {
      const url = `http://127.0.0.1:${String(ports.api)}/api/v1/correspondence`;
      const response = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(20_000) });
      if (response.status !== 201) return null;
      return { key, reference: ((await response.json()) as { reference: string }).reference };
    });
  }

  async function sendForm(n: number): Promise<Logged> {
    const once = randomUUID();
    const fields = {
      once,
      office: 'west-mercia',
      subject: `Form ${String(n)}`,
      message: 'The street is dark.',
      replyBy: 'email',
      email: person(n),
    };
    return untilAnswered(async () => {
      const url = `http://127.0.0.1:${String(ports.web)}/contact`;
      const response = await fetch(url, {
        method: 'POST',
        body: new URLSearchParams(fields),
        redirect: 'manual',
        signal: AbortSignal.timeout(20_000),
      });
      const reference = /received\/(WM-\S+)/.exec(response.headers.get('location') ?? '')?.[1];
      return response.status === 303 && reference ? { key: once, reference } : null;
    });
  }

  async function sendMail(raw: Buffer, from: string): Promise<string> {
    await untilAnswered(async () => {
      const connection = await SmtpConnection.open(ports.smtp);
      try {
        const { code } = await connection.send({ from, to: 'opcc@west-mercia.example', raw });
        return code === 250 ? true : null;
      } catch (error) {
        if (error instanceof SmtpBroken) return null;
        throw error;
      } finally {
        connection.abandon();
      }
    });
    return digestOf(raw);
  }

  it('keep all that was acknowledged exactly once, and every effect exactly once', async () => {
    let isOver = false;
    const byApi: Logged[] = [];
    const byForm: Logged[] = [];
    const byMail: string[] = [];
    let n = 0;
    const sender = async (send: (n: number) => Promise<void>): Promise<void> => {
      while (!isOver) {
        await send(n++);
        await sleep(100 + random() * 150);
      }
    };
    const mailer = async (number: number): Promise<void> => {
      const from = person(number);
      const id = `${String(number)}.${backend}@mail.example`;
      const parent = letterMail({
        from,
        subject: `Mail ${String(number)}`,
        messageId: id,
        inReplyTo: null,
        text: 'Please look at the crossing.',
      });
      const reply = letterMail({
        from,
        subject: `Re: Mail ${String(number)}`,
        messageId: `r.${id}`,
        inReplyTo: id,
        text: 'And at the lights.',
      });
      // Every second reply arrives before its parent.
      for (const raw of number % 2 === 0 ? [parent, reply] : [reply, parent]) byMail.push(await sendMail(raw, from));
    };
    const load = Promise.all([
      ...Array.from({ length: 3 }, () => sender(async (number) => void byApi.push(await logByApi(number)))),
      sender(async (number) => void byForm.push(await sendForm(number))),
      ...Array.from({ length: 2 }, () => sender(mailer)),
    ]);

    await untilAnswered(() =>
      Promise.resolve(byApi.length > 3 && byForm.length > 0 && byMail.length > 1 ? true : null),
    );
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
        await untilAnswered(() => Promise.resolve(process.kill(postgres.pid, 'SIGKILL')));
      } else await kept.find(({ name }) => name === victim)?.kill();
      if (redis && kill % 8 === 7) await redis.flushdb();
    }
    await redis?.quit();
    isOver = true;
    await load;

    await untilDrained(postgres.url);
    console.log(
      `${backend}: ${String(KILLS)} kills (${[...kept.map(({ name, kills }) => `${name} ${String(kills)}`), `postgres ${String(postgresKills)}`].join(', ')}), ` +
        `${String(byApi.length)} by API, ${String(byForm.length)} by form, ${String(byMail.length)} by mail`,
    );

    const items = await rowsOf<{ source: string; digest: string; reference: string | null }>(
      postgres.url,
      `SELECT i.source, encode(i.sha256, 'hex') AS digest, c.reference FROM intake_item i LEFT JOIN case_file c ON c.id = i.case_id`,
    );
    const referencesOf = (source: string): (string | null)[] =>
      items
        .filter((item) => item.source === source)
        .map(({ reference }) => reference)
        .sort();
    expect(referencesOf('api')).toEqual(byApi.map(({ reference }) => reference).sort());
    expect(referencesOf('web-form')).toEqual(byForm.map(({ reference }) => reference).sort());
    expect(
      items
        .filter(({ source }) => source === 'smtp')
        .map(({ digest }) => digest)
        .sort(),
    ).toEqual([...byMail].sort());

    // A reply is on its parent's case, whichever came first.
    const apart = await rowOf<{ n: number }>(
      postgres.url,
      `SELECT count(*)::int AS n FROM case_message r JOIN case_message p ON r.mail_message_id = 'r.' || p.mail_message_id
        WHERE r.case_id <> p.case_id`,
    );
    expect(apart.n).toBe(0);
    expect(await doneTwiceOrNever(postgres.url)).toEqual([]);
    expect(await certificate(env)).toMatchObject({
      ok: true,
      pending: 0,
      received: byApi.length + byForm.length + byMail.length,
    });
    expect((await runCommand('verify-log', [], env)).stdout).toMatch(/^OK/);
    const before = await timelinessDigest(postgres.url);
    expect(await runCommand('rebuild', [], env)).toMatchObject({ code: 0 });
    expect(await timelinessDigest(postgres.url)).toEqual(before);
  }, 900_000);
});
