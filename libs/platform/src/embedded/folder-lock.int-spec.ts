import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FolderLock } from './folder-lock';
import { identityOf } from './process-identity';

describe('FolderLock', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'postbag-lock-'));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const leave = (holder: unknown): void => writeFileSync(join(folder, 'postbag.lock'), JSON.stringify(holder));
  const refusal = `Postbag is already running on this data folder (process ${process.pid})`;

  it('is held by one until it is given back, and leaves no file', async () => {
    const lock = await FolderLock.take(folder);
    await expect(FolderLock.take(folder)).rejects.toThrow(refusal);
    expect(readdirSync(folder)).toEqual(['postbag.lock']);
    lock.release();
    (await FolderLock.take(folder)).release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is taken over from a process that is gone', async () => {
    leave({ pid: 2 ** 22 + 1, identity: 'long ago' });
    await expect(FolderLock.take(folder)).resolves.toBeInstanceOf(FolderLock);
  });

  it('is taken over when its process number belongs to a later process, as after a restart of a container', async () => {
    leave({ pid: process.pid, identity: `${String(identityOf(process.pid))} earlier` });
    await expect(FolderLock.take(folder)).resolves.toBeInstanceOf(FolderLock);
  });

  it('is taken over when a crash left it unreadable', async () => {
    writeFileSync(join(folder, 'postbag.lock'), '{"pid":');
    await expect(FolderLock.take(folder)).resolves.toBeInstanceOf(FolderLock);
  });

  it('goes to one of many that find it stale', async () => {
    leave({ pid: 2 ** 22 + 1, identity: null });
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => FolderLock.take(folder)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('is not given back by one that no longer holds it', async () => {
    const first = await FolderLock.take(folder);
    leave({ pid: 2 ** 22 + 1, identity: null });
    const second = await FolderLock.take(folder);
    first.release();
    await expect(FolderLock.take(folder)).rejects.toThrow(refusal);
    second.release();
  });
});
