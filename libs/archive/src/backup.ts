import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { Client } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { pack, type Pack } from 'tar-stream';
import { FORMAT, MANIFEST, type Manifest } from './manifest';
import { quoted, readMigrations, readTables, type TableShape } from './table-catalogue';

export interface ArchiveSummary {
  readonly tables: number;
  readonly files: number;
}

/**
 * Writes one archive of database and stored files: every table as of one snapshot. Stored files never change once
 * they are there, so those that the snapshot names are in the archive. Written whole or not at all.
 */
export async function backup(databaseUrl: string, filesFolder: string, target: string): Promise<ArchiveSummary> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  const spool = await mkdtemp(join(tmpdir(), 'postbag-backup-'));
  const unfinished = join(dirname(target), `.${basename(target)}.${String(process.pid)}`);
  try {
    await client.query(`BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY`);
    const tables = await readTables(client);
    const manifest: Manifest = {
      format: FORMAT,
      createdAt: new Date().toISOString(),
      migrations: await readMigrations(client),
      tables,
    };
    const archive = pack();
    const written = pipeline(archive, createGzip(), createWriteStream(unfinished, { mode: 0o600, flags: 'wx' }));
    const filled = fill(archive, manifest, client, spool, filesFolder);
    const [files] = await Promise.all([filled, written]);
    const file = await open(unfinished, 'r');
    await file.sync().finally(() => file.close());
    await rename(unfinished, target);
    return { tables: tables.length, files };
  } finally {
    await rm(unfinished, { force: true });
    await rm(spool, { recursive: true, force: true });
    await client.end();
  }
}

async function fill(
  archive: Pack,
  manifest: Manifest,
  client: Client,
  spool: string,
  filesFolder: string,
): Promise<number> {
  try {
    await addText(archive, MANIFEST, JSON.stringify(manifest));
    for (const table of manifest.tables) await addTable(archive, table, client, spool);
    let files = 0;
    for await (const path of filesUnder(filesFolder)) {
      await addFile(archive, join('files', relative(filesFolder, path)), path);
      files += 1;
    }
    archive.finalize();
    return files;
  } catch (error) {
    archive.destroy(error as Error);
    throw error;
  }
}

function addText(archive: Pack, name: string, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    archive.entry({ name }, text, (error) => (error ? reject(error) : resolve()));
  });
}

/** Through a spool file: an entry of a tar names its size before its bytes. */
async function addTable(archive: Pack, { name, columns }: TableShape, client: Client, spool: string): Promise<void> {
  const path = join(spool, name);
  const list = columns.map(quoted).join(', ');
  await pipeline(client.query(copyTo(`COPY ${quoted(name)} (${list}) TO STDOUT`)), createWriteStream(path));
  await addFile(archive, `tables/${name}.copy`, path);
  await rm(path);
}

async function addFile(archive: Pack, name: string, path: string): Promise<void> {
  const { size } = await stat(path);
  const entry = archive.entry({ name, size });
  await pipeline(createReadStream(path), entry);
}

async function* filesUnder(folder: string): AsyncGenerator<string> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesUnder(path);
    // A name with a dot is a file that is still being written.
    else if (entry.isFile() && !entry.name.includes('.')) yield path;
  }
}
