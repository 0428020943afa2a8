import { fork, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from '../scripts/ensure.mjs';

export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Starts a program of `dist` and resolves when `ready` answers true. */
export async function startProcess(entry, env, ready) {
  const child = spawn(
    process.execPath,
    [...(env.NODE_FLAGS ?? '').split(' ').filter(Boolean), join(root, 'dist', entry)],
    {
      env: { ...process.env, LOG_LEVEL: 'error', ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  let exited = false;
  child.once('exit', () => (exited = true));
  for (let tries = 0; tries < 600; tries++) {
    if (exited) throw new Error(`${entry} ended: ${output}`);
    if (await ready(output)) break;
    await sleep(100);
  }
  return {
    pid: child.pid,
    async stop() {
      if (exited) return;
      child.kill('SIGTERM');
      await new Promise((resolve) => child.once('exit', resolve));
    },
  };
}

/** The whole service in one process on an embedded PostgreSQL in a folder of its own. */
export async function startPostbag(env = {}) {
  const dataFolder = mkdtempSync(join(tmpdir(), 'postbag-bench-'));
  const port = await freePort();
  const smtpPort = await freePort();
  const started = await startProcess(
    'apps/postbag/src/main.js',
    { POSTBAG_DATA: dataFolder, PORT: String(port), SMTP_PORT: String(smtpPort), ...env },
    (output) => output.includes('Postbag ready'),
  );
  const { databaseUrl } = JSON.parse(readFileSync(join(dataFolder, 'run.json'), 'utf8'));
  return {
    ...started,
    port,
    smtpPort,
    databaseUrl,
    dataFolder,
    async stop() {
      await started.stop();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

/** Runs a load in a process of its own. */
export function load(kind, options) {
  return new Promise((resolve, reject) => {
    const child = fork(join(root, 'bench', 'load-process.mjs'));
    child.once('message', ({ result, error }) => (error ? reject(new Error(error)) : resolve(result)));
    child.once('error', reject);
    child.send({ kind, options });
  });
}

/** Proportional memory (PSS) of a process and everything under it, in MB: shared pages are counted once. */
export function memoryOf(pid) {
  const parents = new Map();
  for (const line of spawnSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' }).stdout.split('\n')) {
    const [child, parent] = line.trim().split(/\s+/).map(Number);
    if (child) parents.set(child, parent);
  }
  const isUnder = (candidate) => {
    for (let at = candidate; at; at = parents.get(at)) if (at === pid) return true;
    return false;
  };
  return [...parents.keys()].filter(isUnder).reduce((sum, each) => sum + pssOf(each), 0);
}

export function pssOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    return Number(/^Pss:\s+(\d+)/m.exec(text)[1]) / 1024;
  } catch {
    return 0;
  }
}
