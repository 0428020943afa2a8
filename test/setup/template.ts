import { runMigrations as runQueueMigrations } from 'bullmq';
import { Client } from 'pg';
import { seedConfiguration } from '@app/offices';
import { migrationDataSource } from '../../migrations/data-source';
import { migrate } from '../../migrations/run';

/** Makes the database that each test file clones: migrated, with BullMQ's tables and the shipped configuration. */
export async function makeTemplate(adminUrl: string, name: string): Promise<void> {
  await dropTemplates(adminUrl, name);
  await withClient(adminUrl, (client) => client.query(`CREATE DATABASE ${name}`));
  const url = databaseUrl(adminUrl, name);
  await migrate(url);
  await withClient(url, (client) => runQueueMigrations(client));
  const source = await migrationDataSource(url).initialize();
  try {
    await seedConfiguration(source);
  } finally {
    await source.destroy();
  }
}

/** With whatever was cloned from it. */
export async function dropTemplates(adminUrl: string, name: string): Promise<void> {
  await withClient(adminUrl, async (client) => {
    const { rows } = await client.query<{ datname: string }>(
      `SELECT datname FROM pg_database WHERE datname = $1 OR datname LIKE $2`,
      [name, `${name}\\_%`],
    );
    for (const { datname } of rows) await client.query(`DROP DATABASE IF EXISTS ${datname} WITH (FORCE)`);
  });
}

/** The same server, another database. */
export function databaseUrl(adminUrl: string, name: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return url.toString();
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
