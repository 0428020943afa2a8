import { Client } from 'pg';
import type { Config } from '@app/platform';
import { StartRefused } from './start-refused';

const PATIENCE_MS = 10_000;

/**
 * Asks each database that the environment names before anything is made, so that a wrong address or password gets its
 * line. Redis is not asked: letters are taken in without it, and the queues go on when it is back.
 */
export async function refuseUnreachable(config: Config): Promise<void> {
  for (const [name, url] of [
    ['DATABASE_URL', config.databaseUrl],
    ['DATABASE_APP_URL', config.databaseAppUrl],
    ['DATABASE_DIRECT_URL', config.databaseDirectUrl],
  ] as const) {
    if (url !== null) await refusing(name, () => askPostgres(url));
  }
}

async function refusing(name: string, ask: () => Promise<void>): Promise<void> {
  try {
    await ask();
  } catch (error) {
    throw new StartRefused(`${name} names a server that ${complaint(error)}`, { cause: error });
  }
}

async function askPostgres(url: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: PATIENCE_MS });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Never the URL nor a message of the server's: they quote users and passwords. */
function complaint(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown };
  if (code === '28P01' || code === '28000') return 'refuses its user or password';
  if (code === '3D000') return 'has no database of that name';
  return `does not answer${typeof code === 'string' ? ` (${code})` : ''}`;
}
