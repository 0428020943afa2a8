import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedTrial, isRoot, killGroup, query, TrialBench, uidOf, until } from './embedded-trial.fixture';
import { isAlive } from './process-identity';

// Each test starts servers, and the machine may be busy with other tests.
jest.setTimeout(60_000);

describe('EmbeddedPostgres', () => {
  let bench: TrialBench;
  let trial: EmbeddedTrial;

  beforeAll(() => {
    bench = new TrialBench();
  });

  beforeEach(() => {
    trial = new EmbeddedTrial(bench);
  });

  afterEach(() => trial.end());
  afterAll(() => bench.clear());

  it('makes a database that only its owner can enter, from this machine alone', async () => {
    const postgres = await trial.start();
    const [row] = await query(
      postgres.url,
      `SELECT current_setting('server_version_num')::int / 10000 AS version, current_user AS "user",
              current_setting('listen_addresses') AS listening, current_setting('data_checksums') AS checksums,
              current_setting('unix_socket_directories') AS sockets, current_setting('server_encoding') AS encoding,
              (SELECT datlocprovider::text || ' ' || datlocale FROM pg_database WHERE datname = current_database()) AS locale,
              upper('é') AS upper`,
    );
    expect(row).toEqual({
      version: 18,
      user: 'postbag',
      listening: '127.0.0.1',
      checksums: 'on',
      sockets: '',
      encoding: 'UTF8',
      locale: 'b C.UTF-8',
      upper: 'É',
    });
    const guess = new URL(postgres.url);
    guess.password = 'guess';
    await expect(query(guess.href, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
    expect(statSync(join(trial.folder, 'postgres.password')).mode & 0o777).toBe(0o600);
    if (isRoot) expect(uidOf(postgres.pid)).not.toBe(0);
  });

  it('keeps its data over a stop and a second start, and leaves no process', async () => {
    const first = await trial.start();
    await query(first.url, 'CREATE TABLE letter AS SELECT 7 AS number');
    await first.stop();
    expect(isAlive(first.pid)).toBe(false);
    const second = await trial.start();
    expect(await query(second.url, 'SELECT number FROM letter')).toEqual([{ number: 7 }]);
  });

  it('starts the server again on the same address after it was killed', async () => {
    const states: string[] = [];
    const postgres = await trial.start({ onState: (state) => states.push(state) });
    await query(postgres.url, 'CREATE TABLE letter AS SELECT 8 AS number');
    const killed = postgres.pid;
    process.kill(killed, 'SIGKILL');
    await until(() => states.length === 2);
    expect(states).toEqual(['down', 'up']);
    expect(postgres.pid).not.toBe(killed);
    expect(await query(postgres.url, 'SELECT number FROM letter')).toEqual([{ number: 8 }]);
    await postgres.crash();
    await until(() => states.length === 4);
    expect(await query(postgres.url, 'SELECT number FROM letter')).toEqual([{ number: 8 }]);
  });

  it('stops for good when asked while it is being started again', async () => {
    const postgres = await trial.start();
    process.kill(postgres.pid, 'SIGKILL');
    await sleep(120);
    await postgres.stop();
    await sleep(300);
    // The killed server may have left its note behind; what matters is that no server runs.
    const note = join(trial.folder, 'postgres', 'postmaster.pid');
    const pid = existsSync(note) ? Number(readFileSync(note, 'utf8').split('\n')[0]) : null;
    if (pid !== null) expect(() => process.kill(pid, 0)).toThrow();
    expect(existsSync(join(trial.folder, 'postbag.lock'))).toBe(false);
  });

  it('takes over the server of a parent that was killed with its whole process group', async () => {
    const child = await trial.startInChild();
    await query(child.url, 'CREATE TABLE letter AS SELECT 9 AS number');
    await killGroup(child.process);
    const states: string[] = [];
    const postgres = await trial.start({ onState: (state) => states.push(state) });
    expect(postgres.pid).toBe(child.serverPid);
    expect(await query(postgres.url, 'SELECT number FROM letter')).toEqual([{ number: 9 }]);
    process.kill(postgres.pid, 'SIGKILL');
    await until(() => states.length === 2);
    expect(await query(postgres.url, 'SELECT number FROM letter')).toEqual([{ number: 9 }]);
  });

  it('starts after parent and server were both killed', async () => {
    const child = await trial.startInChild();
    await query(child.url, 'CREATE TABLE letter AS SELECT 10 AS number');
    await killGroup(child.process);
    process.kill(child.serverPid, 'SIGKILL');
    const postgres = await trial.start();
    expect(postgres.pid).not.toBe(child.serverPid);
    expect(await query(postgres.url, 'SELECT number FROM letter')).toEqual([{ number: 10 }]);
  });

  it('is not misled by a process of the same account that now has the number of its dead server', async () => {
    const first = await trial.start();
    await first.stop();
    const cluster = join(trial.folder, 'postgres');
    const { uid, gid } = statSync(cluster);
    const other = spawn('sleep', ['60'], isRoot ? { uid, gid } : {});
    try {
      const lines = [other.pid, cluster, 1_700_000_000, 5432, '', '127.0.0.1', '', 'ready   ', ''];
      writeFileSync(join(cluster, 'postmaster.pid'), lines.join('\n'));
      const second = await trial.start();
      expect(await query(second.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    } finally {
      other.kill();
    }
  });

  it('does not wait for a session that goes on computing after the server was killed', async () => {
    const states: string[] = [];
    const postgres = await trial.start({ onState: (state) => states.push(state) });
    const computing = query(postgres.url, 'DO $$ BEGIN FOR i IN 1..2000000000 LOOP END LOOP; END $$');
    const ended = computing.catch((error: unknown) => error);
    await sleep(300);
    process.kill(postgres.pid, 'SIGKILL');
    await until(() => states.length === 2);
    expect(await query(postgres.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(await ended).toBeInstanceOf(Error);
  });

  it('sets a new password when the file with the old one was lost', async () => {
    const first = await trial.start();
    await query(first.url, 'CREATE TABLE letter AS SELECT 11 AS number');
    await first.stop();
    rmSync(join(trial.folder, 'postgres.password'));
    const second = await trial.start();
    expect(new URL(second.url).password).not.toBe(new URL(first.url).password);
    expect(await query(second.url, 'SELECT number FROM letter')).toEqual([{ number: 11 }]);
  });

  it('writes nothing of what people entered into its log', async () => {
    const postgres = await trial.start();
    await query(postgres.url, 'CREATE TABLE correspondent (name text PRIMARY KEY)');
    await query(postgres.url, "INSERT INTO correspondent VALUES ('Wilhelmina Quill')");
    const twice = query(postgres.url, 'INSERT INTO correspondent VALUES ($1)', ['Wilhelmina Quill']);
    await expect(twice).rejects.toMatchObject({ code: '23505' });
    await expect(query(postgres.url, "SELECT 'Wilhelmina'::int")).rejects.toMatchObject({ code: '22P02' });
    await postgres.stop();
    const log = readFileSync(join(trial.folder, 'postgres.log'), 'utf8');
    expect(log).toContain('ready to accept connections');
    expect(log).not.toMatch(/Wilhelmina|correspondent/);
  });
});
