import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { cloneDatabase, withAdmin, type TestDatabase } from './database';
import { eventually } from './eventually';
import { endBuilt, launchBuilt } from './launch-built';

/** The secret is in what the database keeps sealed, so whoever starts on a clone needs the same. */
export const DEMONSTRATION = { POSTBAG_DEMO: '1', POSTBAG_SECRET: 'the secret of the tests and of nobody else' };

/**
 * A clone of the loaded demonstration, whose two years of work take fifteen seconds to write: the first test file of a
 * run that asks makes the template of all.
 */
export async function createDemonstrationDatabase(): Promise<TestDatabase> {
  const template = `${process.env.POSTBAG_TEST_TEMPLATE ?? ''}_demonstration`;
  await withAdmin(async (admin) => {
    // Held by the connection: other workers wait until it ends.
    await admin.query(`SELECT pg_advisory_lock(hashtext($1))`, [template]);
    const { rowCount } = await admin.query(`SELECT FROM pg_database WHERE datname = $1`, [template]);
    if (rowCount === 1) return;
    const unfinished = await cloneDatabase();
    await load(unfinished.url);
    await admin.query(`ALTER DATABASE ${new URL(unfinished.url).pathname.slice(1)} RENAME TO ${template}`);
  });
  return cloneDatabase(template);
}

/** As an operator does: started once, and stopped when all that follows from what came in is done. */
async function load(url: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'postbag-demonstration-'));
  const { service } = await launchBuilt({ DATABASE_URL: url, POSTBAG_DATA: folder, ...DEMONSTRATION });
  try {
    await withClient(url, (client) =>
      eventually(async () => {
        const { rowCount } = await client.query(`SELECT FROM outbox WHERE state = 'open'`);
        if (rowCount !== 0) throw new Error('The demonstration never comes to rest');
      }, 60_000),
    );
  } finally {
    await endBuilt(service);
    await rm(folder, { recursive: true, force: true });
  }
}

/** The service then loads the people of the demonstration and none of their work. */
export async function pretendDemonstrationIsLoaded(url: string): Promise<void> {
  await withClient(url, (client) =>
    client.query(`INSERT INTO instance_setting (key, value) VALUES ('demonstration', '{"stage": "complete"}')`),
  );
}

async function withClient(url: string, act: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await act(client);
  } finally {
    await client.end();
  }
}
