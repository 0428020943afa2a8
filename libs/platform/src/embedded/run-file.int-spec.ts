import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRunFile, removeRunFile, writeRunFile, type RunFile } from './run-file';

describe('The run file', () => {
  let folder: string;
  const run: RunFile = {
    pid: process.pid,
    databaseUrl: 'postgres://postbag:secret@127.0.0.1:5555/postbag',
    httpUrl: 'http://127.0.0.1:3000',
    smtpPort: 2525,
    startedAt: '2026-11-22T09:00:00.000Z',
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'postbag-run-'));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('tells of a running instance, to its user alone', async () => {
    writeFileSync(join(folder, 'run.json'), '{}', { mode: 0o644 });
    await writeRunFile(folder, run);
    expect(await readRunFile(folder)).toEqual(run);
    expect(readdirSync(folder)).toEqual(['run.json']);
    expect(statSync(join(folder, 'run.json')).mode & 0o777).toBe(0o600);
  });

  it('tells of none where there is no file, half a file, or a process that is gone', async () => {
    expect(await readRunFile(folder)).toBeNull();
    writeFileSync(join(folder, 'run.json'), '{"pid": 1');
    expect(await readRunFile(folder)).toBeNull();
    await writeRunFile(folder, { ...run, pid: 2 ** 22 + 1 });
    expect(await readRunFile(folder)).toBeNull();
  });

  it('tells of none when the process number belongs to a later process', async () => {
    writeFileSync(join(folder, 'run.json'), JSON.stringify({ ...run, identity: 'an earlier process' }));
    expect(await readRunFile(folder)).toBeNull();
  });

  it('is removed by its own process and never by another', async () => {
    await writeRunFile(folder, { ...run, pid: process.ppid });
    await removeRunFile(folder);
    expect(await readRunFile(folder)).not.toBeNull();
    await writeRunFile(folder, run);
    await removeRunFile(folder);
    expect(readdirSync(folder)).toEqual([]);
  });
});
