import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedPostgresError, errorCode, refusedToWrite } from './embedded-postgres-error';
import { identityOf, isAlive } from './process-identity';

/** Holds a data folder for this process, so that two instances never work on one folder. */
export class FolderLock {
  private readonly path: string;

  private constructor(
    private readonly dataFolder: string,
    private readonly content: string,
  ) {
    this.path = join(dataFolder, 'postbag.lock');
  }

  /** Refuses with the holder's process number; a lock whose holder is gone is taken over. */
  static async take(dataFolder: string): Promise<FolderLock> {
    const holder = { pid: process.pid, identity: identityOf(process.pid), nonce: randomBytes(8).toString('hex') };
    const lock = new FolderLock(dataFolder, JSON.stringify(holder));
    for (;;) {
      if (lock.create()) return lock;
      const found = readText(lock.path);
      if (found === null) continue;
      const running = runningHolder(found);
      if (running !== null) throw alreadyRunning(running);
      await lock.setAside(found);
    }
  }

  /** Gives the folder back, unless another process has taken it since. */
  release(): void {
    if (readText(this.path) === this.content) rmSync(this.path, { force: true });
  }

  /** A link appears whole or not at all, where a file opened for writing would be empty for a moment. */
  private create(): boolean {
    const own = `${this.path}.${process.pid}-${randomBytes(4).toString('hex')}`;
    try {
      writeFileSync(own, this.content, { mode: 0o600 });
      try {
        linkSync(own, this.path);
      } finally {
        rmSync(own, { force: true });
      }
      return true;
    } catch (error) {
      if (errorCode(error) === 'EEXIST') return false;
      throw refusedToWrite(`The data folder ${this.dataFolder}`, error);
    }
  }

  /** Of two that find the same stale lock only one may remove it, and never the lock the other has just taken. */
  private async setAside(stale: string): Promise<void> {
    const aside = `${this.path}.${randomBytes(4).toString('hex')}.stale`;
    try {
      renameSync(this.path, aside);
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return;
      throw refusedToWrite(`The data folder ${this.dataFolder}`, error);
    }
    const moved = readText(aside);
    try {
      if (moved !== stale) linkSync(aside, this.path);
    } catch {
      // A third process took the folder meanwhile and answers for it.
    } finally {
      rmSync(aside, { force: true });
    }
    await sleep(50);
  }
}

function runningHolder(content: string): number | null {
  try {
    const { pid, identity } = JSON.parse(content) as { pid: number; identity: string | null };
    if (!isAlive(pid)) return null;
    return identity === null || identityOf(pid) === identity ? pid : null;
  } catch {
    return null;
  }
}

function alreadyRunning(pid: number): EmbeddedPostgresError {
  return new EmbeddedPostgresError(`Postbag is already running on this data folder (process ${pid})`);
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}
