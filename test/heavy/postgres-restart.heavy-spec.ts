import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunFile } from '@app/platform';
import { DataFolder, placeOutside } from './support/data-folder';
import { rowsOf, untilDrained } from './support/database';
import { certificate, doneTwiceOrNever } from './support/effects';
import { seededRandom } from './support/random';
import { digestOf, letterMail } from './support/raw-mail';
import { runCommand, startPostbag, type ServiceProcess } from './support/service-process';
import { SmtpBroken, SmtpConnection } from './support/smtp-client';

const CONNECTIONS = 8;
const SHORT_STOPS = 5;
const LONG_STOP_MS = 6_000;
const PATIENCE_MS = 30_000;
const MAILBOX = 'opcc@west-mercia.example';

jest.setTimeout(10 * 60_000);

interface Mail {
  readonly from: string;
  readonly to: string;
  readonly raw: Buffer;
  readonly digest: string;
}

describe('PostgreSQL stopped at once under load', () => {
  const random = seededRandom(20_261_124);
  const accepted: Mail[] = [];
  const refused: Mail[] = [];
  const otherAnswers: string[] = [];
  const broken: string[] = [];
  const logged: { key: string; reference: string }[] = [];
  const apiAnswers = new Map<string, number>();
  const apiFaults: string[] = [];
  let folder: DataFolder;
  let service: ServiceProcess;
  let run: RunFile;
  let token: string;
  let isOver = false;

  beforeAll(async () => {
    folder = await DataFolder.make();
    ({ service, run } = await startPostbag(folder.path));
    token = (
      await runCommand('token', ['--role', 'caseworker', '--office', 'west-mercia'], environment())
    ).stdout.trim();
  });
  afterAll(async () => {
    await service?.stop();
    await folder?.remove();
  });

  const environment = (): Record<string, string> => ({ POSTBAG_DATA: folder.path });

  async function sendMails(connectionNumber: number): Promise<void> {
    let connection: SmtpConnection | null = null;
    for (let n = 0; !isOver; n += 1) {
      const mail = mailOf(connectionNumber, n);
      try {
        connection ??= await SmtpConnection.open(run.smtpPort);
        const { code, text } = await connection.send(mail);
        if (code === 250) accepted.push(mail);
        else if (code === 451) refused.push(mail);
        else otherAnswers.push(`${String(code)} ${text}`);
      } catch (error) {
        if (!(error instanceof SmtpBroken)) throw error;
        broken.push(`${error.message}: ${String(error.cause)}`);
        connection?.abandon();
        connection = null;
      }
      await sleep(100 + random() * 300);
    }
    await connection?.quit();
  }

  /** Status of one request; what a client must be able to rely on while the database is away goes to `apiFaults`. */
  async function ask(name: string, path: string, init: RequestInit = {}): Promise<Response | null> {
    const headers = { authorization: `Bearer ${token}`, ...(init.headers as Record<string, string> | undefined) };
    try {
      const signal = AbortSignal.timeout(PATIENCE_MS);
      const response = await fetch(`${run.httpUrl}${path}`, { ...init, headers, signal });
      const kind = `${name} ${String(response.status)}`;
      apiAnswers.set(kind, (apiAnswers.get(kind) ?? 0) + 1);
      return response;
    } catch (error) {
      apiFaults.push(`${name}: ${String(error)}`);
      return null;
    }
  }

  async function checkRefusal(response: Response): Promise<void> {
    const type = response.headers.get('content-type') ?? '';
    const retryAfter = response.headers.get('retry-after') ?? '';
    const problem = type.startsWith('application/problem+json') ? ((await response.json()) as { status?: number }) : {};
    if (problem.status !== 503 || !/^[1-9]\d*$/.test(retryAfter)) {
      apiFaults.push(`${String(response.status)} as ${type}, Retry-After "${retryAfter}", ${JSON.stringify(problem)}`);
    }
  }

  async function read(): Promise<void> {
    while (!isOver) {
      const response = await ask('read', '/api/v1/cases?limit=5');
      if (response?.status === 200) await response.json();
      else if (response) await checkRefusal(response);
      const live = await ask('live', '/health/live');
      await live?.text();
      await sleep(50);
    }
  }

  /** The same letter with the same key until it is logged, as a careful client does. */
  async function log(): Promise<void> {
    while (!isOver) {
      const key = randomUUID();
      // Once: the other client logs meanwhile, and a repeat with another body is refused.
      const subject = `Call ${String(logged.length)}`;
      for (const until = Date.now() + 4 * PATIENCE_MS; ;) {
        if (Date.now() > until) {
          apiFaults.push(`log: never answered with 201; so far ${JSON.stringify([...apiAnswers])}`);
          return;
        }
        const response = await ask('log', '/api/v1/correspondence', {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'idempotency-key': key },
          body: JSON.stringify({
            channel: 'phone',
            office: 'west-mercia',
            subject,
            body: 'Cars race past the school every morning.',
            correspondent: { name: 'Test Person', email: 'caller@mail.example' },
          }),
        });
        if (response?.status === 201) {
          logged.push({ key, reference: ((await response.json()) as { reference: string }).reference });
          break;
        }
        if (response) await checkRefusal(response);
        await sleep(100);
      }
      await sleep(200);
    }
  }

  function postmaster(): { pid: number; isReady: boolean } | null {
    try {
      const file = join(placeOutside(folder.path) ?? folder.path, 'postgres', 'postmaster.pid');
      const lines = readFileSync(file, 'utf8').split('\n');
      return { pid: Number(lines[0]), isReady: lines[7]?.trim() === 'ready' };
    } catch {
      return null;
    }
  }

  /** What `pg_ctl stop -m immediate` does. */
  async function stopAtOnce(): Promise<number> {
    const pid = postmaster()?.pid ?? 0;
    if (pid > 0) process.kill(pid, 'SIGQUIT');
    for (const until = Date.now() + PATIENCE_MS; isAlive(pid); await sleep(10)) {
      if (Date.now() > until) throw new Error(`PostgreSQL (${String(pid)}) did not stop at once: ${stateOf(pid)}`);
    }
    return pid;
  }

  async function untilBackAfter(stopped: number): Promise<void> {
    const until = Date.now() + PATIENCE_MS;
    for (;;) {
      const now = postmaster();
      if (now?.isReady && now.pid !== stopped) return;
      if (Date.now() > until) throw new Error('PostgreSQL was not started again');
      await sleep(20);
    }
  }

  it('is answered with 451 and 503, and nobody is left without an answer', async () => {
    const began = Date.now();
    const load = Promise.all([
      ...Array.from({ length: CONNECTIONS }, (_, n) => sendMails(n)),
      read(),
      read(),
      log(),
      log(),
    ]);
    let stops = 0;
    for (; stops < SHORT_STOPS; stops += 1) {
      await sleep(2_000 + random() * 3_000);
      await untilBackAfter(await stopAtOnce());
    }
    await sleep(2_000);
    // Away for longer: stopped again as soon as it is there.
    for (const until = Date.now() + LONG_STOP_MS; Date.now() < until; stops += 1) {
      await untilBackAfter(await stopAtOnce());
    }
    await sleep(5_000);
    isOver = true;
    await load;
    process.stdout.write(
      `PostgreSQL stopped at once ${String(stops)} times in ${((Date.now() - began) / 1000).toFixed(0)} s: ` +
        `${String(accepted.length)} mails 250, ${String(refused.length)} 451, ${String(broken.length)} connections broken; ` +
        `${[...apiAnswers]
          .map(([kind, n]) => `${kind}: ${String(n)}`)
          .sort()
          .join(', ')}\n`,
    );
    expect(broken).toEqual([]);
    expect(otherAnswers).toEqual([]);
    expect(apiFaults).toEqual([]);
    expect([...apiAnswers.keys()].sort()).toEqual(['live 200', 'log 201', 'log 503', 'read 200', 'read 503']);
    expect(accepted.length).toBeGreaterThan(100);
    expect(refused.length).toBeGreaterThan(0);
    expect(service.hasEnded).toBe(false);
  });

  it('loses nothing that was answered with 250, and stores nothing twice', async () => {
    await untilDrained(run.databaseUrl);
    const stored = await storedMails();
    expect(new Set(stored).size).toBe(stored.length);
    const missing = accepted.filter(({ digest }) => !stored.includes(digest));
    expect(missing).toEqual([]);
    // A commit whose answer was lost with the server counts as refused, and its repeat as the same mail.
    const sent = new Set([...accepted, ...refused].map(({ digest }) => digest));
    expect(stored.filter((digest) => !sent.has(digest))).toEqual([]);
    const references = await rowsOf<{ reference: string }>(
      run.databaseUrl,
      `SELECT c.reference FROM intake_item i JOIN case_file c ON c.id = i.case_id WHERE i.source = 'api'`,
    );
    expect(references.map(({ reference }) => reference).sort()).toEqual(
      logged.map(({ reference }) => reference).sort(),
    );
  });

  it('takes what it refused when it comes again, and all of it is accounted for', async () => {
    const connection = await SmtpConnection.open(run.smtpPort);
    for (const mail of refused) expect(await connection.send(mail)).toMatchObject({ code: 250 });
    await connection.quit();
    await untilDrained(run.databaseUrl);
    expect((await storedMails()).sort()).toEqual([...accepted, ...refused].map(({ digest }) => digest).sort());
    expect(await doneTwiceOrNever(run.databaseUrl)).toEqual([]);
    expect(await certificate(environment())).toMatchObject({
      ok: true,
      pending: 0,
      received: accepted.length + refused.length + logged.length,
    });
    expect((await runCommand('verify-log', [], environment())).stdout).toMatch(/^OK: /);
    expect(await service.stop()).toEqual({ code: 0, signal: null });
  });

  async function storedMails(): Promise<string[]> {
    const items = await rowsOf<{ digest: string }>(
      run.databaseUrl,
      `SELECT encode(i.sha256, 'hex') AS digest FROM intake_item i WHERE i.source = 'smtp'`,
    );
    return items.map(({ digest }) => digest);
  }
});

function mailOf(connection: number, n: number): Mail {
  const id = `${String(connection)}.${String(n)}`;
  const from = `person-${id}@mail.example`;
  const raw = letterMail({
    from,
    subject: `Crossing ${id}`,
    messageId: `${id}@mail.example`,
    text: 'Please look at the crossing by the school.',
  });
  return { from, to: MAILBOX, raw, digest: digestOf(raw) };
}

/** As Linux tells it, for the message of a failure. */
function stateOf(pid: number): string {
  try {
    return readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
  } catch {
    return 'gone';
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return pid > 0;
  } catch {
    return false;
  }
}
