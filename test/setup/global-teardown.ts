import { running } from './running';
import { dropDatabase } from './template';

/** Stops what the global set-up started. */
export default async function globalTeardown(): Promise<void> {
  await running.redis?.stop();
  if (running.postgres && running.template) await dropDatabase(running.postgres.url, running.template);
  await running.postgres?.stop();
}
