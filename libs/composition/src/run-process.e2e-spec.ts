import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, connect, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '../../../test/setup/database';
import { eventually } from '../../../test/setup/eventually';

const root = join(__dirname, '../../..');
const STARTS_WITHIN_MS = 30_000;

interface Started {
  readonly child: ChildProcess;
  readonly said: () => string;
  readonly complained: () => string;
  readonly ended: Promise<number | null>;
}

describe('the processes', () => {
  const running: ChildProcess[] = [];
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });

  afterAll(async () => {
    for (const child of running) child.kill('SIGKILL');
    await database?.drop();
  });

  /** The compiled process, as it is shipped, with nothing of our environment but what is given. */
  function start(name: string, settings: Record<string, string>): Started {
    const child = spawn(process.execPath, [join(root, `dist/apps/${name}/src/main.js`)], {
      env: { PATH: process.env.PATH, LOG_LEVEL: 'info', ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.push(child);
    const texts = { out: '', err: '' };
    child.stdout.on('data', (chunk) => (texts.out += String(chunk)));
    child.stderr.on('data', (chunk) => (texts.err += String(chunk)));
    const ended = once(child, 'close').then(([code]) => code as number | null);
    return { child, said: () => texts.out, complained: () => texts.err, ended };
  }

  async function startsWell(name: string, settings: Record<string, string> = {}): Promise<Started> {
    const started = start(name, { DATABASE_URL: database.url, ...settings });
    const stopped = started.ended.then(() => true);
    await eventually(async () => {
      if (await Promise.race([stopped, Promise.resolve(false)])) throw new Error(started.complained());
      expect(started.said()).toContain('"msg":"started"');
    }, STARTS_WITHIN_MS);
    return started;
  }

  async function endsCleanly({ child, ended, complained }: Started): Promise<void> {
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(complained()).toBe('');
  }

  it('serves the pages and ends cleanly', async () => {
    const port = await freePort();
    const web = await startsWell('web', { PORT: port });
    const answer = await fetch(`http://localhost:${port}/`);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('href="/contact"');
    await endsCleanly(web);
  }, 60_000);

  it('takes mail and ends cleanly', async () => {
    const port = await freePort();
    const mailroom = await startsWell('mailroom', { SMTP_PORT: port });
    expect(await greetingOf(Number(port))).toMatch(/^220 /);
    await endsCleanly(mailroom);
  }, 60_000);

  it('works behind the scenes and ends cleanly', async () => {
    await endsCleanly(await startsWell('worker'));
  }, 60_000);

  it.each(['web', 'worker', 'mailroom'])('says in one line that %s needs a database', async (name) => {
    const { ended, complained, said } = start(name, {});
    expect(await ended).toBe(1);
    expect(complained()).toBe('Postbag cannot start: DATABASE_URL is needed: only npm start brings a database\n');
    expect(said()).toBe('');
  });

  it('names a variable that is wrong', async () => {
    const { ended, complained } = start('worker', { DATABASE_URL: database.url, SMTP_PORT: 'many' });
    expect(await ended).toBe(1);
    expect(complained()).toBe('Postbag cannot start: SMTP_PORT must be a port number from 0 to 65535\n');
  });

  it('says that the database does not answer, without its password', async () => {
    const url = `postgres://postbag:opensesame@127.0.0.1:${await freePort()}/postbag`;
    const { ended, complained } = start('worker', { DATABASE_URL: url });
    expect(await ended).toBe(1);
    expect(complained()).toBe('Postbag cannot start: the database does not answer (ECONNREFUSED)\n');
  });

  it('says that the database refuses the password, without the password', async () => {
    const url = new URL(database.url);
    url.password = 'opensesame';
    const { ended, complained } = start('worker', { DATABASE_URL: url.toString() });
    expect(await ended).toBe(1);
    expect(complained()).toBe('Postbag cannot start: the database refuses the user or password of its URL\n');
  });

  it('says that the database is not prepared', async () => {
    const url = new URL(database.url);
    url.pathname = '/postgres';
    const { ended, complained } = start('worker', { DATABASE_URL: url.toString() });
    expect(await ended).toBe(1);
    expect(complained()).toBe('Postbag cannot start: the database is not prepared: run npm run migrate first\n');
  });

  it.each([
    ['web', 'PORT'],
    ['mailroom', 'SMTP_PORT'],
  ])('says that the port of %s is taken', async (name, variable) => {
    const taken = createServer().listen(0, '::');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const { ended, complained } = start(name, { DATABASE_URL: database.url, [variable]: String(port) });
    expect(await ended).toBe(1);
    expect(complained()).toBe(`Postbag cannot start: port ${String(port)} cannot be used (EADDRINUSE)\n`);
    taken.close();
  });
});

async function freePort(): Promise<string> {
  const probe = createServer().listen(0, '::');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return String(port);
}

async function greetingOf(port: number): Promise<string> {
  const socket = connect(port, 'localhost');
  const [greeting] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  return greeting.toString();
}
