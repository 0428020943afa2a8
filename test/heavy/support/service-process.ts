import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readRunFile, type RunFile } from '@app/platform';

export const root = join(__dirname, '..', '..', '..');

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface LaunchOptions {
  /** Program and arguments for Node, relative to the repository. */
  readonly command?: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** The account to run as; only root may choose. */
  readonly uid?: number;
}

/** One process of the service, as an operator would start it. */
export class ServiceProcess {
  readonly ended: Promise<Ended>;
  readonly startedAt = Date.now();
  #output = '';
  #hasEnded = false;

  private constructor(private readonly child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.#output += text));
    }
    this.ended = new Promise((resolve) =>
      child.once('close', (code, signal) => {
        this.#hasEnded = true;
        resolve({ code, signal });
      }),
    );
  }

  static launch({ command = ['scripts/start.mjs'], env, uid }: LaunchOptions): ServiceProcess {
    const [program = '', ...parameters] = command;
    const child = spawn(process.execPath, [join(root, program), ...parameters], {
      cwd: root,
      env: { ...inherited(), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(uid === undefined ? {} : { uid, gid: uid }),
    });
    return new ServiceProcess(child);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Standard output and standard error together. */
  get output(): string {
    return this.#output;
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Resolves with the milliseconds since the launch. @throws Error with all it said, when it ends or says nothing. */
  async says(text: string, withinMs = 180_000): Promise<number> {
    while (!this.#output.includes(text)) {
      if (this.#hasEnded) throw new Error(`The process ended before it said "${text}":\n${this.#output}`);
      if (Date.now() - this.startedAt > withinMs) throw new Error(`It did not say "${text}":\n${this.#output}`);
      await sleep(10);
    }
    return Date.now() - this.startedAt;
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }

  /** As an operator stops it. */
  async stop(name: NodeJS.Signals = 'SIGTERM', withinMs = 60_000): Promise<Ended> {
    this.signal(name);
    const late = sleep(withinMs, null, { ref: false });
    const ended = await Promise.race([this.ended, late]);
    if (ended === null) throw new Error(`It did not stop within ${String(withinMs)} ms of ${name}:\n${this.#output}`);
    return ended;
  }

  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.ended;
  }
}

/** Everything in one process on its own PostgreSQL: `npm start` without npm. */
export async function startPostbag(
  folder: string,
  env: Readonly<Record<string, string>> = {},
  uid?: number,
): Promise<{ service: ServiceProcess; run: RunFile; readyAfterMs: number }> {
  const service = ServiceProcess.launch({
    env: { ...settings(folder), ...env },
    ...(uid === undefined ? {} : { uid }),
  });
  const readyAfterMs = await service.says('Postbag ready');
  const run = await readRunFile(folder);
  if (run === null) throw new Error(`There is no run file:\n${service.output}`);
  return { service, run, readyAfterMs };
}

/** An empty instance on free ports. */
export function settings(folder: string): Record<string, string> {
  return { POSTBAG_DATA: folder, PORT: '0', SMTP_PORT: '0', POSTBAG_DEMO: '0', LOG_LEVEL: 'warn' };
}

export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** One of the commands of package.json, such as `reconcile`. */
export function runCommand(
  name: string,
  parameters: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<CommandResult> {
  const child = spawn(process.execPath, [join(root, 'scripts/cli.mjs'), name, ...parameters], {
    cwd: root,
    env: { ...inherited(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, stdout, stderr })));
}

/** The processes that do not build by themselves need what was built to be fresh. */
export function ensureBuilt(): void {
  const program = `import { ensureBuilt } from './scripts/ensure.mjs'; ensureBuilt();`;
  const { status } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('The build failed');
}

/** Nothing of the test run's own settings, which would point the service at the tests' servers. */
function inherited(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return { PATH, HOME, ...(TMPDIR === undefined ? {} : { TMPDIR }) };
}
