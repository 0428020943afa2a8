import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';

export interface RedisServer {
  readonly url: string;
  /** Null for a server that is not ours. */
  readonly pid: number | null;
  stop(): Promise<void>;
}

const PROGRAMS = ['redis-server', 'valkey-server'];

/** `REDIS_URL`, else a server of our own if the PATH has one, else null. */
export async function startRedis(): Promise<RedisServer | null> {
  const url = process.env.REDIS_URL;
  return url ? { url, pid: null, stop: () => Promise.resolve() } : startOwnRedis();
}

/** A server that belongs to the caller alone, so that it may be emptied or killed. */
export async function startOwnRedis(port?: number): Promise<RedisServer | null> {
  const program = PROGRAMS.find((name) => spawnSync(name, ['--version']).status === 0);
  if (program === undefined) return null;
  const folder = await mkdtemp(join(tmpdir(), 'postbag-redis-'));
  const actual = port ?? (await freePort());
  const settings = { port: String(actual), bind: '127.0.0.1', save: '', appendonly: 'no', dir: folder };
  const parameters = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
  const server = spawn(program, parameters, { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => {
    server.once('exit', () => resolve());
    server.once('error', () => resolve());
  });
  // A run that is interrupted leaves no server behind.
  const kill = (): void => void server.kill('SIGKILL');
  process.once('exit', kill);
  const url = `redis://127.0.0.1:${String(actual)}`;
  await awaitAnswer(url);
  return {
    url,
    pid: server.pid ?? null,
    async stop() {
      process.off('exit', kill);
      server.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function awaitAnswer(url: string): Promise<void> {
  const client = new Redis(url, { lazyConnect: true, retryStrategy: null, maxRetriesPerRequest: 0 });
  client.on('error', () => undefined);
  for (let tries = 0; ; tries += 1) {
    try {
      await client.connect();
      await client.ping();
      client.disconnect();
      return;
    } catch (error) {
      if (tries === 200) throw new Error('Redis does not answer', { cause: error });
      await sleep(25);
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
