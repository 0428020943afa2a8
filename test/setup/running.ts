import type { PostgresServer } from './postgres-server';
import type { RedisServer } from './redis-server';

interface Running {
  postgres?: PostgresServer;
  template?: string;
  redis?: RedisServer | null;
}

const shared = globalThis as { postbagTestServers?: Running };

/** What the global set-up started. Kept on the process, because Jest loads set-up and teardown apart. */
export const running: Running = (shared.postbagTestServers ??= {});
