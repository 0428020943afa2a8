import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Binaries } from './binaries';
import { EmbeddedPostgresError, refusedToWrite } from './embedded-postgres-error';
import { initialiseCluster, resetPassword } from './initialise-cluster';
import { findPostmaster } from './postmaster';
import type { ServerPlace } from './server-place';

/** Makes sure of a cluster of our version; answers the owner's password, which it takes. */
export async function prepareCluster(
  place: ServerPlace,
  binaries: Binaries,
  log: (line: string) => void,
): Promise<string> {
  checkOwner(place);
  const file = join(place.dataFolder, 'postgres.password');
  const kept = existsSync(file) ? (await readFile(file, 'utf8')).trim() : '';
  const password = kept === '' ? randomBytes(24).toString('hex') : kept;
  if (!existsSync(join(place.cluster, 'PG_VERSION'))) {
    log('Making the database');
    // First: a database whose password was never written down could not be entered.
    await keepPassword(file, password);
    await initialiseCluster(place, binaries, password);
    return password;
  }
  checkVersion(place, binaries);
  if (kept === '') {
    log('The password of the database was lost; setting a new one');
    await findPostmaster(place.cluster)?.stop();
    resetPassword(place, binaries, password);
    await keepPassword(file, password);
  }
  return password;
}

/** Refuses the cluster of another PostgreSQL version, which the server would refuse less plainly. */
function checkVersion(place: ServerPlace, binaries: Binaries): void {
  const found = readFileSync(join(place.cluster, 'PG_VERSION'), 'utf8').trim();
  if (found === binaries.majorVersion) return;
  throw new EmbeddedPostgresError(
    `The data folder ${place.dataFolder} holds a database of PostgreSQL ${found || '(unknown)'}, ` +
      `but this version of Postbag runs PostgreSQL ${binaries.majorVersion}`,
  );
}

/** A folder that root once started is another account's; to an ordinary user it would look like no database at all. */
function checkOwner(place: ServerPlace): void {
  const found = statSync(place.cluster, { throwIfNoEntry: false });
  const ownNumber = process.getuid?.();
  if (found === undefined || place.account !== null || found.uid === ownNumber) return;
  throw new EmbeddedPostgresError(
    `The database in ${place.cluster} belongs to another account (number ${found.uid}): start Postbag as root, as before`,
  );
}

async function keepPassword(file: string, password: string): Promise<void> {
  const unfinished = `${file}.new`;
  try {
    await writeFile(unfinished, `${password}\n`, { mode: 0o600 });
    await rename(unfinished, file);
  } catch (error) {
    throw refusedToWrite(file, error);
  }
}
