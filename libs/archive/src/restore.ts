import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { extract } from 'tar-stream';
import type { ArchiveSummary } from './backup';
import { ArchiveRefused, FORMAT, MANIFEST, type Manifest } from './manifest';
import { quoted, readMigrations, readTables } from './table-catalogue';

/**
 * Puts an archive in the place of everything the database holds, in one transaction: it is there whole or not at all.
 * @throws ArchiveRefused when it is no archive of ours or fits another schema.
 */
export async function restore(databaseUrl: string, filesFolder: string, archive: string): Promise<ArchiveSummary> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  let manifest: Manifest | null = null;
  let files = 0;
  try {
    await client.query('BEGIN');
    const entries = extract();
    const reading = pipeline(createReadStream(archive), createGunzip(), entries);
    // A fault of the stream shows in the loop below as well; this keeps it from being unhandled meanwhile.
    reading.catch(() => undefined);
    for await (const source of entries) {
      const { name } = source.header;
      const entry = Readable.from(source);
      if (manifest === null) {
        if (name !== MANIFEST) throw new ArchiveRefused('This is not a backup of Postbag.');
        manifest = await openManifest(client, entry);
      } else if (name.startsWith('tables/')) await restoreTable(client, manifest, name, entry);
      else if (name.startsWith('files/')) {
        await restoreFile(filesFolder, name.slice('files/'.length), entry);
        files += 1;
      }
    }
    await reading;
    if (manifest === null) throw new ArchiveRefused('This is not a backup of Postbag.');
    await restartSequences(client);
    await client.query('COMMIT');
    return { tables: manifest.tables.length, files };
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    if (isDamaged(error))
      throw new ArchiveRefused('The backup is damaged or is not a backup of Postbag.', { cause: error });
    throw error;
  } finally {
    await client.end();
  }
}

async function openManifest(client: Client, entry: Readable): Promise<Manifest> {
  const manifest = JSON.parse(await text(entry)) as Manifest;
  const migrations = await readMigrations(client);
  if (manifest.format !== FORMAT || manifest.migrations.join() !== migrations.join()) {
    throw new ArchiveRefused('This backup was made by another version: restore it with that version and upgrade then.');
  }
  const tables = await readTables(client);
  await client.query(`TRUNCATE ${tables.map(({ name }) => quoted(name)).join(', ')}`);
  return manifest;
}

async function restoreTable(client: Client, manifest: Manifest, name: string, entry: Readable): Promise<void> {
  const table = manifest.tables.find((each) => name === `tables/${each.name}.copy`);
  if (!table) throw new ArchiveRefused('The backup holds a table that its list does not name.');
  const list = table.columns.map(quoted).join(', ');
  await pipeline(entry, client.query(copyFrom(`COPY ${quoted(table.name)} (${list}) FROM STDIN`)));
}

async function restoreFile(folder: string, name: string, entry: Readable): Promise<void> {
  const path = join(folder, normalize(name));
  if (!path.startsWith(`${normalize(folder)}/`))
    throw new ArchiveRefused('The backup names a file outside its folder.');
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await pipeline(entry, createWriteStream(`${path}.restored`, { mode: 0o600 }));
  await rename(`${path}.restored`, path);
}

async function restartSequences(client: Client): Promise<void> {
  const { rows } = await client.query<{ table: string; column: string; sequence: string }>(
    `SELECT c.relname AS table, a.attname AS column, pg_get_serial_sequence(quote_ident(c.relname), a.attname) AS sequence
       FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attidentity <> '' AND NOT a.attisdropped`,
  );
  for (const { table, column, sequence } of rows) {
    await client.query(
      `SELECT setval($1::regclass, coalesce((SELECT max(${quoted(column)}) FROM ${quoted(table)}), 0) + 1, false)`,
      [sequence],
    );
  }
}

function isDamaged(error: unknown): boolean {
  const code = (error as { code?: string }).code ?? '';
  return code.startsWith('Z_') || /unexpected end|invalid tar|JSON/i.test((error as Error).message);
}
