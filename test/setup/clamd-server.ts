import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const STARTS_WITHIN_MS = 30_000;

/** What every scanner knows and nobody is harmed by. Put together here, so that no scanner takes our sources away. */
export const harmfulSample = (): Buffer =>
  Buffer.from(['X5O!P%@AP[4\\PZX54(P^)7CC)7}', '$EICAR', '-STANDARD-', 'ANTIVIRUS', '-TEST-FILE!$H+H*'].join(''));

/** True where clamd is. Under CI a suite that cannot run is a failure. */
export function hasClamd(): boolean {
  const found = spawnSync('/bin/sh', ['-c', 'PATH="$PATH:/usr/sbin"; command -v clamd']).status === 0;
  if (!found && process.env.CI === 'true') throw new Error('No clamd: install clamav-daemon');
  return found;
}

/** A real clamd that knows one signature, on a port of its own. It can be taken away and brought back. */
export class ClamdServer {
  #process: ChildProcess | null = null;

  private constructor(
    private readonly folder: string,
    private readonly port: number,
  ) {}

  static async prepare(): Promise<ClamdServer> {
    const folder = await mkdtemp(join(tmpdir(), 'postbag-clamd-'));
    const server = new ClamdServer(folder, await freePort());
    await mkdir(join(folder, 'signatures'));
    const signature = `Eicar-Test-Signature:0:*:${harmfulSample().toString('hex')}\n`;
    await writeFile(join(folder, 'signatures/test.ndb'), signature);
    const settings = {
      Foreground: 'yes',
      TCPSocket: String(server.port),
      TCPAddr: '127.0.0.1',
      DatabaseDirectory: join(folder, 'signatures'),
      TemporaryDirectory: folder,
      StreamMaxLength: '1M',
      // As root it would change to a user who may not read this folder.
      ...(process.getuid?.() === 0 ? { User: 'root' } : {}),
    };
    const lines = Object.entries(settings).map(([name, value]) => `${name} ${value}\n`);
    await writeFile(join(folder, 'clamd.conf'), lines.join(''));
    return server;
  }

  get url(): string {
    return `tcp://127.0.0.1:${String(this.port)}`;
  }

  async start(): Promise<void> {
    const path = `${process.env.PATH ?? ''}:/usr/sbin`;
    const started = spawn('clamd', ['--config-file', join(this.folder, 'clamd.conf')], {
      env: { ...process.env, PATH: path },
      stdio: 'ignore',
    });
    this.#process = started;
    for (const until = Date.now() + STARTS_WITHIN_MS; !(await answers(this.port)); await sleep(50)) {
      if (started.exitCode !== null || Date.now() > until) throw new Error('clamd did not start');
    }
  }

  async halt(): Promise<void> {
    const running = this.#process;
    this.#process = null;
    if (!running || running.exitCode !== null) return;
    const ended = new Promise<void>((resolve) => running.once('exit', () => resolve()));
    running.kill('SIGKILL');
    await ended;
  }

  async stop(): Promise<void> {
    await this.halt();
    await rm(this.folder, { recursive: true, force: true });
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise<void>((resolve) => probe.close(() => resolve()));
  return port;
}
