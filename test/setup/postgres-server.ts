import { createHash } from 'node:crypto';
import { chmod, mkdir, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { EmbeddedPostgres } from '../../libs/platform/src/embedded/embedded-postgres';

export interface PostgresServer {
  /** The owner's URL of the server's own database. */
  readonly url: string;
  stop(): Promise<void>;
}

const MOST_RUNS_AT_ONCE = 20;

/** `TEST_DATABASE_URL`, else a server of our own for this run. */
export async function startPostgres(): Promise<PostgresServer> {
  const url = process.env.TEST_DATABASE_URL;
  return url ? { url, stop: () => Promise.resolve() } : startEmbedded();
}

/**
 * The folder has a fixed name, so that a run that was killed is taken over and cleared by the next one instead of
 * leaving a server behind; runs at the same time take the next number.
 */
async function startEmbedded(): Promise<PostgresServer> {
  const clone = createHash('sha256').update(__dirname).digest('hex').slice(0, 12);
  const base = join(process.env.POSTBAG_TEST_SERVERS ?? tmpdir(), `postbag-test-${String(userInfo().uid)}-${clone}`);
  for (let number = 1; ; number += 1) {
    const folder = `${base}-${String(number)}`;
    await mkdir(folder, { recursive: true });
    // PostgreSQL runs as another account when we are root; it must be able to pass.
    await chmod(folder, 0o711);
    try {
      return await startIn(folder);
    } catch (error) {
      if (!(error instanceof Error) || !/already running/.test(error.message) || number === MOST_RUNS_AT_ONCE)
        throw error;
    }
  }
}

async function startIn(folder: string): Promise<PostgresServer> {
  const server = await EmbeddedPostgres.start({ dataFolder: folder });
  await relaxDurability(server.url);
  return {
    url: server.url,
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A test database need not outlive a power cut. Killed processes lose nothing by it. */
async function relaxDurability(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  for (const setting of ['fsync', 'full_page_writes']) await client.query(`ALTER SYSTEM SET ${setting} = off`);
  await client.query('SELECT pg_reload_conf()');
  await client.end();
}
