import { seedConfiguration } from '@app/offices';
import { storeClockOffset, type Config } from '@app/platform';
import { runMigrations } from 'bullmq';
import { Client } from 'pg';
import { DataSource } from 'typeorm';

/** Brings a migrated database to where every process can start: queue schema, shipped configuration, business clock. */
export async function prepareDatabase(config: Config, databaseUrl: string): Promise<void> {
  if (config.redisUrl === null) {
    const client = new Client({ connectionString: databaseUrl });
    await client.connect();
    await runMigrations(client).finally(() => client.end());
  }
  const source = await new DataSource({ type: 'postgres', url: databaseUrl }).initialize();
  try {
    await seedConfiguration(source);
    if (config.clock) await storeClockOffset(source, config.clock);
  } finally {
    await source.destroy();
  }
}
