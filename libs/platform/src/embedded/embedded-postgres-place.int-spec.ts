import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compiledApart } from './compiled-apart.fixture';
import { EmbeddedTrial, isRoot, killGroup, noteOf, query, TrialBench, uidOf } from './embedded-trial.fixture';

const NOBODY = 65534;
const LETTER = 'CREATE TABLE letter AS SELECT 12 AS number';
const asRoot = isRoot ? it : it.skip;

// Each test starts servers, and the machine may be busy with other tests.
jest.setTimeout(60_000);

describe('EmbeddedPostgres, on a data folder that it may not simply use,', () => {
  let bench: TrialBench;
  let trial: EmbeddedTrial;
  const homes = new Set<string>();

  const homeOf = (dataFolder: string): string => {
    const home = noteOf(dataFolder);
    homes.add(home);
    return home;
  };

  beforeAll(() => {
    bench = new TrialBench();
  });

  beforeEach(() => {
    trial = new EmbeddedTrial(bench);
  });

  afterEach(async () => {
    await trial.end();
    for (const home of homes) rmSync(home, { recursive: true, force: true });
    homes.clear();
  });

  afterAll(() => bench.clear());

  it('refuses a second instance on the folder and names the process of the first', async () => {
    const child = await trial.startInChild();
    expect(await trial.refusal()).toBe(
      `Postbag is already running on this data folder (process ${String(child.process.pid)})`,
    );
    expect(await query(child.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await killGroup(child.process);
    expect((await trial.start()).pid).toBe(child.serverPid);
  });

  it('lets one of two that start at the same moment in', async () => {
    const outcomes = await Promise.allSettled([trial.start(), trial.start()]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('refuses a data folder of another version and names both', async () => {
    await (await trial.start()).stop();
    writeFileSync(join(trial.folder, 'postgres', 'PG_VERSION'), '17\n');
    expect(await trial.refusal()).toBe(
      `The data folder ${trial.folder} holds a database of PostgreSQL 17, but this version of Postbag runs PostgreSQL 18`,
    );
    expect(existsSync(join(trial.folder, 'postbag.lock'))).toBe(false);
  });

  it('refuses a data folder that cannot be written and names it', async () => {
    writeFileSync(trial.folder, '');
    expect(await trial.refusal()).toBe(`The data folder ${trial.folder} cannot be written: a file is in the way`);
  });

  it('tells what the server itself said when it does not start', async () => {
    await (await trial.start()).stop();
    writeFileSync(join(trial.folder, 'postgres', 'local.conf'), 'max_connections = nine\n');
    chmodSync(join(trial.folder, 'postgres', 'local.conf'), 0o644);
    expect(await trial.refusal()).toMatch(/^PostgreSQL did not start: .*configuration file .* contains errors$/);
  });

  asRoot('keeps the database outside a folder that the server may not enter, and finds it again', async () => {
    chmodSync(dirname(trial.folder), 0o700);
    const first = await trial.start();
    const home = homeOf(trial.folder);
    expect(home).toMatch(/^\/var\/lib\/postbag\/[0-9a-f]{12}$/);
    await query(first.url, LETTER);
    await first.stop();
    const second = await trial.start();
    expect(await query(second.url, 'SELECT number FROM letter')).toEqual([{ number: 12 }]);
  });

  asRoot('gives a data folder that was deleted and made anew a new database, and keeps the old one', async () => {
    chmodSync(dirname(trial.folder), 0o700);
    const first = await trial.start();
    await query(first.url, LETTER);
    await first.stop();
    homeOf(trial.folder);
    rmSync(trial.folder, { recursive: true });
    const afresh = await trial.start();
    await expect(query(afresh.url, 'SELECT number FROM letter')).rejects.toMatchObject({ code: '42P01' });
    const names = readdirSync(homeOf(trial.folder));
    expect(names.filter((name) => name.startsWith('postgres.set-aside-'))).toHaveLength(1);
  });

  asRoot('follows a data folder that was moved, and shares nothing with a copy or with its successor', async () => {
    const parent = dirname(trial.folder);
    chmodSync(parent, 0o700);
    const first = await trial.start();
    await query(first.url, LETTER);
    await first.stop();
    const [moved, copied] = [join(parent, 'moved'), join(parent, 'copied')];
    renameSync(trial.folder, moved);
    const inMoved = await trial.start({ dataFolder: moved });
    expect(await query(inMoved.url, 'SELECT number FROM letter')).toEqual([{ number: 12 }]);
    cpSync(moved, copied, { recursive: true, filter: (path) => !path.endsWith('.lock') });
    const successor = await trial.start();
    const copy = await trial.start({ dataFolder: copied });
    expect(new Set([trial.folder, moved, copied].map(homeOf)).size).toBe(3);
    for (const { url } of [successor, copy]) {
      await expect(query(url, 'SELECT number FROM letter')).rejects.toMatchObject({ code: '42P01' });
    }
  });

  asRoot('runs from a clone that only root can enter', async () => {
    chmodSync(dirname(trial.folder), 0o700);
    const child = await trial.startInChild({ script: compiledApart(join(dirname(trial.folder), 'clone')) });
    expect(await query(child.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    const home = homeOf(trial.folder);
    expect(readdirSync(home).filter((name) => name.startsWith('binaries-'))).toHaveLength(1);
    await killGroup(child.process);
    const postgres = await trial.start();
    expect(postgres.pid).toBe(child.serverPid);
    await postgres.stop();
  });

  asRoot('runs as the ordinary user who starts it, all in the data folder', async () => {
    mkdirSync(trial.folder, { mode: 0o755 });
    chownSync(trial.folder, NOBODY, NOBODY);
    // Packages of another user, whose install script did not run: that user cannot make their links.
    const child = await trial.startInChild({ uid: NOBODY, script: compiledApart(join(bench.folder, 'not-hydrated')) });
    expect(readdirSync(trial.folder).filter((name) => name.startsWith('binaries-'))).toHaveLength(1);
    expect(uidOf(child.serverPid)).toBe(NOBODY);
    expect(await query(child.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(existsSync(join(trial.folder, 'postgres', 'PG_VERSION'))).toBe(true);
    expect(existsSync(join(trial.folder, 'database-is-elsewhere.txt'))).toBe(false);
    await killGroup(child.process);
    // Root goes on with what belongs to that user, as that user.
    const postgres = await trial.start();
    expect(postgres.pid).toBe(child.serverPid);
    await postgres.stop();
    const again = await trial.start();
    expect(uidOf(again.pid)).toBe(NOBODY);
  });
});
