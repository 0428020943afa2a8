import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunFile } from '@app/platform';
import { DataFolder, killAtOnce, placeOutside } from './support/data-folder';
import { ensureBuilt, root, runCommand, settings, startPostbag, type ServiceProcess } from './support/service-process';

const isRoot = process.getuid?.() === 0;
const nobody = isRoot ? accountNumber('nobody') : null;
const nobodyCanRun = nobody !== null && canRead(nobody);
const HANGS_AFTER_MS = 60_000;

if (!isRoot) process.stdout.write('Start: left out as root and as another user, because we are not root\n');
else if (!nobodyCanRun) process.stdout.write('Start: left out as an ordinary user, who may not read this clone\n');

jest.setTimeout(5 * 60_000);

let folder: DataFolder;
const services: ServiceProcess[] = [];

beforeAll(() => ensureBuilt());
beforeEach(async () => {
  folder = await DataFolder.make();
});
afterEach(async () => {
  for (const service of services.splice(0)) if (!service.hasEnded) await service.stop().catch(() => service.kill());
  await folder.remove();
});

async function start(
  path = folder.path,
  uid?: number,
): Promise<{ service: ServiceProcess; run: RunFile; readyAfterMs: number }> {
  const started = await startPostbag(path, {}, uid);
  services.push(started.service);
  return started;
}

describe('A running service', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'stops cleanly on %s and goes on with its data at the next start',
    async (signal) => {
      const first = await start();
      const { token, reference } = await logCase(first.run);
      expect(await first.service.stop(signal)).toEqual({ code: 0, signal: null });
      expect(folder.processes()).toEqual([]);
      expect(existsSync(join(folder.path, 'run.json'))).toBe(false);

      const second = await start();
      expect(await subjectOf(second.run, token, reference)).toBe('Street light');
      expect(await second.service.stop(signal)).toEqual({ code: 0, signal: null });
      const inSeconds = (ms: number): string => (ms / 1000).toFixed(1);
      process.stdout.write(
        `Start on an empty folder: ${inSeconds(first.readyAfterMs)} s, on the same data: ${inSeconds(second.readyAfterMs)} s\n`,
      );
    },
  );

  it('stops cleanly when it is told to while its database is being made', async () => {
    const service = launch(settings(folder.path));
    while (!existsSync(join(databaseOf(folder.path), 'postmaster.pid'))) await sleep(20);
    service.child.kill('SIGTERM');
    expect(await service.ended).toMatchObject({ code: 0, stderr: '' });
    expect(folder.processes()).toEqual([]);
  });

  it('starts after everything of it was killed', async () => {
    const first = await start();
    const { token, reference } = await logCase(first.run);
    expect(folder.processes().length).toBeGreaterThan(3);
    while (folder.processes().length > 0) for (const pid of folder.processes()) killAtOnce(pid);

    const second = await start();
    expect(await subjectOf(second.run, token, reference)).toBe('Street light');
    expect(await second.service.stop()).toEqual({ code: 0, signal: null });
  });

  it('starts after it alone was killed and takes its database over', async () => {
    const first = await start();
    const { token, reference } = await logCase(first.run);
    await first.service.kill();

    const second = await start();
    expect(second.run.databaseUrl).toBe(first.run.databaseUrl);
    expect(await subjectOf(second.run, token, reference)).toBe('Street light');
  });

  it('refuses a second instance on its folder and is not disturbed', async () => {
    const { run } = await start();
    await refuses({}, `Postbag is already running on this data folder (process ${String(run.pid)})`);
    expect((await fetch(`${run.httpUrl}/health/ready`)).status).toBe(200);
  });
});

describe('A start that cannot be', () => {
  let other: Server;
  let taken: string;

  beforeAll(async () => {
    other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    taken = String((other.address() as AddressInfo).port);
  });
  afterAll(() => new Promise((resolve) => other.close(resolve)));

  it.each(['PORT', 'SMTP_PORT'])('names %s when the port is in use', async (name) => {
    await refuses({ [name]: taken }, `port ${taken} (${name}) is already in use`);
  });

  it('names both ports when they are the same', async () => {
    const free = await freePort();
    await refuses({ PORT: free, SMTP_PORT: free }, 'SMTP_PORT must be another port than PORT');
  });

  it('names the data folder where a file is in its place', async () => {
    const file = join(folder.path, 'file');
    writeFileSync(file, 'a letter');
    await refuses({ POSTBAG_DATA: file }, `The data folder ${file} cannot be written: a file is in the way`);
    const inside = join(file, 'inside');
    await refuses({ POSTBAG_DATA: inside }, `The data folder ${inside} cannot be written: a file is in the way`);
    expect(readFileSync(file, 'utf8')).toBe('a letter');
  });

  (nobodyCanRun ? it : it.skip)('names the data folder that its user may not write', async () => {
    const inside = join(folder.path, 'inside');
    await refuses(
      { POSTBAG_DATA: inside },
      `The data folder ${inside} cannot be written: permission denied`,
      nobody ?? undefined,
    );
  });

  it('names both versions where the data folder is of another', async () => {
    mkdirSync(join(folder.path, 'postgres'));
    writeFileSync(join(folder.path, 'postgres', 'PG_VERSION'), '17\n');
    const message = `The data folder ${folder.path} holds a database of PostgreSQL 17, but this version of Postbag runs PostgreSQL 18`;
    await refuses({}, message);
  });

  it.each([
    ['PORT', 'http'],
    ['PORT', '65536'],
    ['SMTP_PORT', '-1'],
    ['DATABASE_URL', 'mysql://db.example/postbag'],
    ['DATABASE_APP_URL', 'db.example'],
    ['DATABASE_DIRECT_URL', 'db.example'],
    ['REDIS_URL', 'http://redis.example'],
    ['POSTBAG_DEMO', 'yes'],
    ['POSTBAG_CLOCK', 'tomorrow'],
    ['SMTP_URL', 'mail.example'],
    ['PUBLIC_URL', 'postbag.example'],
    ['TRUST_PROXY', 'true'],
    ['POSTBAG_SECRET', 'too short'],
    ['LOG_LEVEL', 'loud'],
  ])('names %s when it is %s', async (name, value) => {
    await refuses({ [name]: value }, `${name} must be `);
  });

  it('names what is wrong with a certificate', async () => {
    const cert = join(folder.path, 'cert.pem');
    await refuses({ SMTP_TLS_CERT: cert }, 'SMTP_TLS_KEY is missing beside SMTP_TLS_CERT');
    await refuses({ SMTP_TLS_KEY: cert }, 'SMTP_TLS_CERT is missing beside SMTP_TLS_KEY');
    const both = { SMTP_TLS_CERT: cert, SMTP_TLS_KEY: cert };
    await refuses(both, `SMTP_TLS_CERT names a file that cannot be read: ${cert}`);
    writeFileSync(cert, 'a letter');
    await refuses(both, 'SMTP_TLS_CERT and SMTP_TLS_KEY do not hold a certificate and its key');
  });

  it.each(['DATABASE_URL', 'DATABASE_APP_URL', 'DATABASE_DIRECT_URL'])('names %s when nobody answers', async (name) => {
    const url = `postgres://127.0.0.1:${await freePort()}/postbag`;
    await refuses({ [name]: url }, `${name} names a server that does not answer (ECONNREFUSED)`);
  });

  it('names DATABASE_URL when it is refused there, without its password', async () => {
    const { run } = await start();
    const wrong = new URL(run.databaseUrl);
    wrong.password = 'wrong';
    const other = new URL(run.databaseUrl);
    other.pathname = '/other';
    const elsewhere = join(folder.path, 'elsewhere');
    await refuses(
      { POSTBAG_DATA: elsewhere, DATABASE_URL: wrong.href },
      'DATABASE_URL names a server that refuses its user or password',
    );
    await refuses(
      { POSTBAG_DATA: elsewhere, DATABASE_URL: other.href },
      'DATABASE_URL names a server that has no database of that name',
    );
  });
});

describe('Whoever starts it', () => {
  (isRoot ? it : it.skip)('root keeps the data in a folder that only root may enter', async () => {
    const closed = await DataFolder.make(0o700);
    const path = join(closed.path, 'data');
    try {
      const first = await start(path);
      const { token, reference } = await logCase(first.run);
      expect(await first.service.stop()).toEqual({ code: 0, signal: null });
      const second = await start(path);
      expect(await subjectOf(second.run, token, reference)).toBe('Street light');
      expect(await second.service.stop()).toEqual({ code: 0, signal: null });
    } finally {
      for (const service of services) if (!service.hasEnded) await service.stop();
      const outside = placeOutside(path);
      if (outside !== null) rmSync(outside, { recursive: true, force: true });
      await closed.remove();
    }
  });

  (nobodyCanRun ? it : it.skip)('an ordinary user runs everything as that user', async () => {
    const uid = nobody ?? 0;
    chownSync(folder.path, uid, uid);
    const { service, run } = await start(folder.path, uid);
    const { token, reference } = await logCase(run);
    expect(await subjectOf(run, token, reference)).toBe('Street light');
    const owners = folder
      .processes()
      .map((pid) => /^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1]);
    expect(new Set(owners)).toEqual(new Set([String(uid)]));
    expect(await service.stop()).toEqual({ code: 0, signal: null });
    expect(folder.processes()).toEqual([]);
  });
});

/** One line on standard error that begins as it should, nothing on standard output, exit 1, nothing left running. */
async function refuses(env: Readonly<Record<string, string>>, line: string, uid?: number): Promise<void> {
  const before = folder.processes();
  const { code, stdout, stderr } = await launch({ ...settings(folder.path), ...env }, uid).ended;
  expect(stderr.split('\n')).toEqual([expect.stringContaining(`Postbag cannot start: ${line}`), '']);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(folder.processes().sort()).toEqual(before.sort());
}

interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `ServiceProcess` does not tell the two outputs apart. */
function launch(
  env: Readonly<Record<string, string>>,
  uid?: number,
): { readonly child: ChildProcess; readonly ended: Promise<Outcome> } {
  const child = spawn(process.execPath, [join(root, 'scripts/start.mjs')], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const timer = setTimeout(() => child.kill('SIGKILL'), HANGS_AFTER_MS);
  const ended = new Promise<Outcome>((resolve) => child.once('close', (code) => resolve({ code, stdout, stderr })));
  void ended.then(() => clearTimeout(timer));
  return { child, ended };
}

async function logCase(run: RunFile): Promise<{ token: string; reference: string }> {
  const minted = await runCommand('token', ['--role', 'caseworker', '--office', 'west-mercia'], {
    DATABASE_URL: run.databaseUrl,
  });
  expect(minted).toMatchObject({ code: 0 });
  const token = minted.stdout.trim();
  const response = await fetch(`${run.httpUrl}/api/v1/correspondence`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': 'start' },
    body: JSON.stringify({
      channel: 'phone',
      office: 'west-mercia',
      subject: 'Street light',
      body: 'The light at the bridge is out.',
      correspondent: { name: 'Test Person', phone: '01632 960001' },
    }),
  });
  expect(response.status).toBe(201);
  return { token, reference: ((await response.json()) as { reference: string }).reference };
}

async function subjectOf(run: RunFile, token: string, reference: string): Promise<string> {
  const response = await fetch(`${run.httpUrl}/api/v1/cases/${reference}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return ((await response.json()) as { subject: string }).subject;
}

const databaseOf = (path: string): string => join(placeOutside(path) ?? path, 'postgres');

async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return String(port);
}

function accountNumber(name: string): number | null {
  const { status, stdout } = spawnSync('id', ['-u', name], { encoding: 'utf8' });
  return status === 0 ? Number(stdout) : null;
}

function canRead(uid: number): boolean {
  const files = [
    'scripts/start.mjs',
    'package-lock.json',
    'node_modules/.package-lock.json',
    'libs/kernel/src/index.ts',
  ];
  const settingsOf = { cwd: root, uid, gid: uid, stdio: 'ignore' } as const;
  return spawnSync('/bin/cat', files, settingsOf).status === 0;
}
