import type { PostgresServer } from './postgres-server';
import type { RedisServer } from './redis-server';
import { dropTemplates } from './template';

interface Running {
  postgres?: PostgresServer;
  template?: string;
  redis?: RedisServer | null;
}

const shared = globalThis as { postbagTestServers?: Running };

/** What the global set-up started. Kept on the process, because Jest loads set-up and teardown apart. */
export const running: Running = (shared.postbagTestServers ??= {});

/** Stops what runs. A server that is gone already is no reason to leave the other one. */
export async function stopServers(): Promise<void> {
  const { postgres, template, redis } = running;
  await redis?.stop();
  if (postgres && template) await dropTemplates(postgres.url, template).catch(() => undefined);
  await postgres?.stop();
}
