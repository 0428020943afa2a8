import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EmbeddedPostgresError, refusedToWrite } from './embedded-postgres-error';
import { findPostmaster } from './postmaster';
import { accountFor, canEnter, type ServerAccount } from './server-account';

/** Where a data folder's database lives and who runs it. */
export interface ServerPlace {
  /** The data folder as asked for, its real path. */
  readonly dataFolder: string;
  /** PostgreSQL's own data directory. */
  readonly cluster: string;
  /** Where binaries are copied to if the installed ones cannot be used. */
  readonly home: string;
  readonly account: ServerAccount | null;
}

const OUTSIDE = '/var/lib/postbag';
const NOTE = 'database-is-elsewhere.txt';
const OWNER_NOTE = 'data-folder.txt';

/**
 * In the data folder if the server's account can reach it, as it always can when that is ourselves; else under
 * /var/lib/postbag, in a folder named after the data folder's path so that two clones never meet.
 */
export async function findPlace(dataFolder: string): Promise<ServerPlace> {
  const inside = join(dataFolder, 'postgres');
  const account = accountFor(inside);
  if (account === null) return { dataFolder, cluster: inside, home: dataFolder, account };
  const ownHome = homeOutside(dataFolder);
  const isEnterable = canEnter(account, dataFolder);
  if (existsSync(join(inside, 'PG_VERSION'))) {
    if (isEnterable) return { dataFolder, cluster: inside, home: ownHome, account };
    throw new EmbeddedPostgresError(
      `The account ${account.name}, which runs PostgreSQL here, can no longer enter ${dataFolder}: let it pass (chmod o+x)`,
    );
  }
  const noted = await notedHome(dataFolder);
  if (noted === null && isEnterable) return { dataFolder, cluster: inside, home: ownHome, account };
  const home = noted ?? ownHome;
  const cluster = join(home, 'postgres');
  if (noted === null) await prepareHome(dataFolder, home, cluster);
  return { dataFolder, cluster, home, account: accountFor(cluster) };
}

/** Named after the data folder's path; numbered where a data folder that was moved away still has its database there. */
function homeOutside(dataFolder: string): string {
  const base = join(OUTSIDE, createHash('sha256').update(dataFolder).digest('hex').slice(0, 12));
  for (let number = 1; ; number += 1) {
    const home = number === 1 ? base : `${base}-${number}`;
    const owner = lineWithPath(join(home, OWNER_NOTE));
    if (owner === null || owner === dataFolder || !claims(owner, home)) return home;
  }
}

const claims = (dataFolder: string, home: string): boolean => lineWithPath(join(dataFolder, NOTE)) === home;

/** A data folder that was moved keeps its database; a copy of one does not share the original's. */
async function notedHome(dataFolder: string): Promise<string | null> {
  const home = lineWithPath(join(dataFolder, NOTE));
  if (home === null || !existsSync(join(home, 'postgres', 'PG_VERSION'))) return null;
  const owner = lineWithPath(join(home, OWNER_NOTE));
  if (owner === dataFolder) return home;
  if (owner !== null && claims(owner, home)) return null;
  await writeOwnerNote(home, dataFolder);
  return home;
}

async function prepareHome(dataFolder: string, home: string, cluster: string): Promise<void> {
  try {
    await mkdir(OUTSIDE, { recursive: true, mode: 0o755 });
    await mkdir(home, { recursive: true, mode: 0o755 });
    await setAside(cluster);
    await writeOwnerNote(home, dataFolder);
    const why = 'The account that runs PostgreSQL cannot enter this folder, so the database is in:';
    await writeFile(join(dataFolder, NOTE), `${why}\n${home}\n`);
  } catch (error) {
    throw refusedToWrite(home, error);
  }
}

/** Its data folder was deleted, so its user wanted a fresh start; but that is no leave to destroy a database. */
async function setAside(cluster: string): Promise<void> {
  if (!existsSync(join(cluster, 'PG_VERSION'))) return;
  await findPostmaster(cluster)?.stop();
  await rename(cluster, `${cluster}.set-aside-${Date.now()}`);
}

async function writeOwnerNote(home: string, dataFolder: string): Promise<void> {
  await writeFile(join(home, OWNER_NOTE), `The database of this data folder:\n${dataFolder}\n`);
}

function lineWithPath(file: string): string | null {
  if (!existsSync(file)) return null;
  const path = readFileSync(file, 'utf8')
    .split('\n')
    .find((line) => line.startsWith('/'));
  return path ?? null;
}
