import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './service.mjs';

/** REDIS_URL, else a server from the PATH in a folder of its own; null where there is none. */
export async function startRedis() {
  if (process.env.REDIS_URL) return { url: process.env.REDIS_URL, stop: () => undefined };
  const folder = mkdtempSync(join(tmpdir(), 'postbag-bench-redis-'));
  const port = await freePort();
  for (const program of ['redis-server', 'valkey-server']) {
    const child = spawn(program, ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder], {
      stdio: 'ignore',
    });
    const failed = new Promise((resolve) => child.once('error', () => resolve(true)));
    if (await Promise.race([failed, sleep(700, false)])) continue;
    return {
      url: `redis://127.0.0.1:${port}`,
      stop: () => {
        child.kill('SIGTERM');
        rmSync(folder, { recursive: true, force: true });
      },
    };
  }
  return null;
}
