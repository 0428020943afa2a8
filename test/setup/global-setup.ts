import './resolve-aliases';
import { startPostgres } from './postgres-server';
import { startRedis } from './redis-server';
import { running } from './running';
import { makeTemplate } from './template';

/** Real PostgreSQL with the template database, and Redis where there is one, for all test files of this run. */
export default async function globalSetup(): Promise<void> {
  const template = process.env.TEST_DATABASE_URL ? `postbag_test_${String(process.pid)}` : 'postbag_test';
  const postgres = await startPostgres();
  running.postgres = postgres;
  running.template = template;
  await makeTemplate(postgres.url, template);
  running.redis = await startRedis();
  process.env.POSTBAG_TEST_ADMIN_URL = postgres.url;
  process.env.POSTBAG_TEST_TEMPLATE = template;
  if (running.redis) process.env.TEST_REDIS_URL = running.redis.url;
}
