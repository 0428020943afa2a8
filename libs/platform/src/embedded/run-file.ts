import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from './embedded-postgres-error';
import { identityOf, isAlive } from './process-identity';

/** Where a running instance can be found by the commands of the same machine. */
export interface RunFile {
  readonly pid: number;
  /** The owner's URL: the file is readable by its user alone. */
  readonly databaseUrl: string;
  readonly httpUrl: string;
  readonly smtpPort: number;
  readonly startedAt: string;
}

type StoredRunFile = RunFile & { readonly identity: string | null };

const pathIn = (dataFolder: string): string => join(dataFolder, 'run.json');

/** Written whole or not at all, so that a command never reads half of it. */
export async function writeRunFile(dataFolder: string, run: RunFile): Promise<void> {
  const path = pathIn(dataFolder);
  const unfinished = `${path}.${process.pid}`;
  const stored: StoredRunFile = { ...run, identity: identityOf(run.pid) };
  await rm(unfinished, { force: true });
  await writeFile(unfinished, `${JSON.stringify(stored, null, 2)}\n`, { mode: 0o600 });
  await rename(unfinished, path);
}

/** The running instance of a data folder; null if there is none or its process is gone. */
export async function readRunFile(dataFolder: string): Promise<RunFile | null> {
  const stored = await readStored(dataFolder);
  if (stored === null || !isAlive(stored.pid)) return null;
  const { identity, ...run } = stored;
  return identity === null || identityOf(run.pid) === identity ? run : null;
}

/** Removes this process's run file, or one whose process is gone; never that of another running instance. */
export async function removeRunFile(dataFolder: string): Promise<void> {
  const running = await readRunFile(dataFolder);
  if (running === null || running.pid === process.pid) await rm(pathIn(dataFolder), { force: true });
}

async function readStored(dataFolder: string): Promise<StoredRunFile | null> {
  try {
    return JSON.parse(await readFile(pathIn(dataFolder), 'utf8')) as StoredRunFile;
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || error instanceof SyntaxError) return null;
    throw error;
  }
}
