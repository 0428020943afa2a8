import { spawnSync } from 'node:child_process';
import { chown, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import type { Binaries } from './binaries';
import { EmbeddedPostgresError, errorCode, refusedToWrite } from './embedded-postgres-error';
import { isolated, type ServerAccount } from './server-account';
import type { ServerPlace } from './server-place';

/** The owner of the database and superuser of the server. */
export const OWNER = 'postbag';

/** Makes the cluster if there is none. Made aside and renamed: one that was interrupted is never taken for a whole one. */
export async function initialiseCluster(place: ServerPlace, binaries: Binaries, password: string): Promise<void> {
  const unfinished = `${place.cluster}.new`;
  const passwordFile = `${place.cluster}.pw`;
  try {
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(unfinished, { mode: 0o700 });
    await rm(passwordFile, { force: true });
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600, flag: 'wx' });
    await handTo(place.account, unfinished, passwordFile);
    runInitdb(place, binaries, unfinished, passwordFile);
    await rename(unfinished, place.cluster);
  } catch (error) {
    if (errorCode(error) !== 'ENOTEMPTY') throw refusedToWrite(place.cluster, error);
    throw new EmbeddedPostgresError(`${place.cluster} is in the way: it holds files but no database`, { cause: error });
  } finally {
    await rm(passwordFile, { force: true });
    await rm(unfinished, { recursive: true, force: true });
  }
}

/** Gives the owner a new password in a server without network, as is needed where the password file was lost. */
export function resetPassword(place: ServerPlace, binaries: Binaries, password: string): void {
  const run = spawnSync(binaries.postgres, ['--single', '-D', place.cluster, 'postgres'], {
    ...isolated(place.account),
    encoding: 'utf8',
    input: `ALTER ROLE ${OWNER} PASSWORD '${password}'\n`,
  });
  if (run.status === 0 && !/(ERROR|FATAL|PANIC): /.test(run.stderr)) return;
  throw new EmbeddedPostgresError(`The database's password could not be set anew: ${lastLine(run.stderr)}`);
}

function runInitdb(place: ServerPlace, binaries: Binaries, folder: string, passwordFile: string): void {
  const settings = [
    `--pgdata=${folder}`,
    `--username=${OWNER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    // Unicode's letters and cases, and an order that no upgrade of the system's libraries can change under an index.
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--text-search-config=english',
    '--data-checksums',
  ];
  const { status, error, stderr } = spawnSync(binaries.initdb, settings, {
    ...isolated(place.account),
    encoding: 'utf8',
  });
  if (status === 0) return;
  throw new EmbeddedPostgresError(`The database could not be made: ${error?.message ?? lastLine(stderr)}`);
}

async function handTo(account: ServerAccount | null, ...paths: string[]): Promise<void> {
  if (account === null) return;
  for (const path of paths) await chown(path, account.uid, account.gid);
}

function lastLine(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const line = lines.findLast((candidate) => /(FATAL|PANIC|ERROR|error): /.test(candidate)) ?? lines.at(-1);
  return (line ?? 'no reason was given').replace(/^.*?(FATAL|PANIC|ERROR|error): +/, '');
}
