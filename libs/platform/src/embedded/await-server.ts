import { realpathSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, escapeIdentifier } from 'pg';
import { EmbeddedPostgresError, errorCode } from './embedded-postgres-error';
import { OWNER } from './initialise-cluster';
import { saysReady, type Postmaster } from './postmaster';

export const DATABASE = 'postbag';
const RETRY_MS = 25;
const LONGEST_WAIT_MS = 10 * 60_000;

// https://www.postgresql.org/docs/18/errcodes-appendix.html
const INVALID_PASSWORD = '28P01';
const UNKNOWN_DATABASE = '3D000';
const ALREADY_THERE = new Set(['42P04', '23505']);
const REFUSED_FOR_GOOD = new Set([INVALID_PASSWORD, '28000', '42501', '53100']);

/** The owner's URL. */
export function serverUrl(port: number, password: string): string {
  return `postgres://${OWNER}:${password}@127.0.0.1:${port}/${DATABASE}`;
}

/** Waits until the server answers our password from the cluster it should; false if it ended first. */
export async function awaitServer(
  server: Postmaster,
  cluster: string,
  password: string,
  log: (line: string) => void,
): Promise<boolean> {
  const started = Date.now();
  let tellAt = started + 5_000;
  while (!server.isGone) {
    if (saysReady(server, cluster) && (await answers(server.port, cluster, password))) return true;
    if (Date.now() > tellAt) {
      log('PostgreSQL is recovering after a crash; waiting for it');
      tellAt += 30_000;
    }
    if (Date.now() - started > LONGEST_WAIT_MS) {
      throw new EmbeddedPostgresError(`PostgreSQL (process ${server.pid}) does not answer on port ${server.port}`);
    }
    await Promise.race([server.gone, sleep(RETRY_MS)]);
  }
  return false;
}

async function answers(port: number, cluster: string, password: string): Promise<boolean> {
  try {
    const folder = await clusterOf(port, password);
    if (realpathSync(folder) === cluster) return true;
    throw new EmbeddedPostgresError(`Port ${port} belongs to the database in ${folder}, not to the one in ${cluster}`);
  } catch (error) {
    if (error instanceof EmbeddedPostgresError) throw error;
    const code = errorCode(error);
    if (code === UNKNOWN_DATABASE) await createDatabase(port, password);
    if (code === INVALID_PASSWORD) throw wrongPassword(cluster, error);
    if (REFUSED_FOR_GOOD.has(code)) {
      throw new EmbeddedPostgresError(`PostgreSQL refuses us: ${(error as Error).message}`, { cause: error });
    }
    return false;
  }
}

async function clusterOf(port: number, password: string): Promise<string> {
  return withClient(port, password, DATABASE, async (client) => {
    const { rows } = await client.query<{ folder: string }>("SELECT current_setting('data_directory') AS folder");
    return rows[0]?.folder ?? '';
  });
}

async function createDatabase(port: number, password: string): Promise<void> {
  await withClient(port, password, 'postgres', async (client) => {
    try {
      await client.query(`CREATE DATABASE ${escapeIdentifier(DATABASE)}`);
    } catch (error) {
      if (!ALREADY_THERE.has(errorCode(error))) throw error;
    }
  });
}

async function withClient<T>(
  port: number,
  password: string,
  database: string,
  act: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new Client({
    host: '127.0.0.1',
    port,
    user: OWNER,
    password,
    database,
    ssl: false,
    connectionTimeoutMillis: 5_000,
    application_name: 'postbag-supervisor',
  });
  // An error between queries, when the server goes, is told by the next query or by the end of the process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await act(client);
  } finally {
    await client.end();
  }
}

function wrongPassword(cluster: string, cause: unknown): EmbeddedPostgresError {
  return new EmbeddedPostgresError(`The server that runs on ${cluster} does not take the password kept beside it`, {
    cause,
  });
}
