import './resolve-aliases';
import { startPostgres } from './postgres-server';
import { startRedis } from './redis-server';
import { running, stopServers } from './running';
import { makeTemplate } from './template';

/** Real PostgreSQL with the template database, and Redis where there is one, for all test files of this run. */
export default async function globalSetup(): Promise<void> {
  const started = startServers();
  stopWhenInterrupted(started);
  try {
    await started;
  } catch (error) {
    await stopServers();
    throw error;
  }
}

async function startServers(): Promise<void> {
  const postgres = await startPostgres();
  running.postgres = postgres;
  const template = process.env.TEST_DATABASE_URL ? `postbag_test_${String(process.pid)}` : 'postbag_test';
  running.template = template;
  await makeTemplate(postgres.url, template);
  running.redis = await startRedis();
  process.env.POSTBAG_TEST_ADMIN_URL = postgres.url;
  process.env.POSTBAG_TEST_TEMPLATE = template;
  if (running.redis) process.env.TEST_REDIS_URL = running.redis.url;
}

/** Jest runs no teardown when it is interrupted. */
function stopWhenInterrupted(started: Promise<void>): void {
  const exitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
  let isStopping = false;
  const stop = async (exitCode: number): Promise<void> => {
    if (isStopping) return;
    isStopping = true;
    await started.catch(() => undefined);
    await stopServers();
    process.exit(exitCode);
  };
  for (const [signal, exitCode] of Object.entries(exitCodes)) process.on(signal, () => void stop(exitCode));
}
