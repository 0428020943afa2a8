import { prepareDatabase } from '@app/composition';
import { readConfig } from '@app/platform';
import { migrate } from '../../../../migrations/run';
import { withDatabase } from './session';

/** Brings the database to the current schema and loads shipped configuration: the one-shot step before the processes. */
export async function migrateCommand(): Promise<number> {
  const config = readConfig(process.env);
  return withDatabase(config, async (databaseUrl) => {
    // Past a pooler: a migration holds session locks.
    const applied = await migrate(config.databaseDirectUrl ?? databaseUrl);
    await prepareDatabase(config, databaseUrl);
    process.stdout.write(applied.length > 0 ? `Applied ${applied.join(', ')}\n` : 'Nothing to apply\n');
    return 0;
  });
}
