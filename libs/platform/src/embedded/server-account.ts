import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { EmbeddedPostgresError } from './embedded-postgres-error';

/** An account of the system that PostgreSQL runs as in place of root. */
export interface ServerAccount {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

interface ProcessSettings {
  readonly uid?: number;
  readonly gid?: number;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Who runs the server of a cluster folder; null for ourselves. PostgreSQL refuses to run as root, so root hands it to
 * the owner of a cluster that is already there, else to an account that the system has for such things.
 */
export function accountFor(clusterFolder: string): ServerAccount | null {
  if (process.getuid?.() !== 0) return null;
  const found = ownerOf(clusterFolder) ?? accountNamed('postgres') ?? accountNamed('nobody');
  if (found === null) throw cannotBecomeOther('it has neither an account "postgres" nor "nobody"');
  const { error } = spawnSync('/bin/sh', ['-c', 'exit 0'], isolated(found));
  if (error) throw cannotBecomeOther(error.message, error);
  return found;
}

/** Whether the account may pass through a folder to what lies in it. */
export function canEnter(account: ServerAccount | null, folder: string): boolean {
  if (account === null) return true;
  return spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], isolated(account)).status === 0;
}

/**
 * Settings of a process that runs as `account`: nothing of our environment, which holds secrets that the account could
 * read and variables (PGDATA, PGOPTIONS) that PostgreSQL would obey.
 */
export function isolated(account: ServerAccount | null): ProcessSettings {
  const env = { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C' };
  return account === null ? { cwd: '/', env } : { cwd: '/', env, uid: account.uid, gid: account.gid };
}

function ownerOf(clusterFolder: string): ServerAccount | null {
  const found = statSync(join(clusterFolder, 'PG_VERSION'), { throwIfNoEntry: false });
  if (found === undefined || found.uid === 0) return null;
  return { name: `number ${found.uid}`, uid: found.uid, gid: found.gid };
}

function accountNamed(name: string): ServerAccount | null {
  try {
    const line = readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .find((entry) => entry.startsWith(`${name}:`));
    const [, , uid, gid] = (line ?? '').split(':').map(Number);
    return uid === undefined || gid === undefined || uid === 0 ? null : { name, uid: uid >>> 0, gid: gid >>> 0 };
  } catch {
    return null;
  }
}

function cannotBecomeOther(reason: string, cause?: Error): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    `PostgreSQL does not run as root and this system offers no other account (${reason}): ` +
      'start Postbag as an ordinary user or set DATABASE_URL',
    { cause },
  );
}
