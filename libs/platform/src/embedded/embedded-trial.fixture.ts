import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { worksOn } from './cluster-processes';
import { compiledApart } from './compiled-apart.fixture';
import { EmbeddedPostgres, type EmbeddedPostgresOptions } from './embedded-postgres';
import { EmbeddedPostgresError } from './embedded-postgres-error';

export const isRoot = process.getuid?.() === 0;

/** A supervisor in another process. */
export interface Child {
  readonly process: ChildProcess;
  readonly serverPid: number;
  readonly url: string;
}

/** A data folder for one test, and what was started on it. */
export class EmbeddedTrial {
  readonly folder: string;
  private readonly started: EmbeddedPostgres[] = [];
  private readonly children: ChildProcess[] = [];
  private readonly serverPids: number[] = [];

  constructor(private readonly bench: TrialBench) {
    this.folder = join(mkdtempSync(join(bench.folder, 'trial-')), 'data');
    chmodSync(dirname(this.folder), 0o755);
  }

  async start(options: Partial<EmbeddedPostgresOptions> = {}): Promise<EmbeddedPostgres> {
    const postgres = await EmbeddedPostgres.start({ dataFolder: this.folder, ...options });
    this.started.push(postgres);
    return postgres;
  }

  async startInChild(settings: { uid?: number; script?: string } = {}): Promise<Child> {
    const { uid, script = this.bench.script } = settings;
    const child = spawn(process.execPath, [script, JSON.stringify({ dataFolder: this.folder, uid })], {
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.children.push(child);
    for await (const line of createInterface({ input: child.stdout })) {
      const { pid, url } = JSON.parse(line) as { pid: number; url: string };
      this.serverPids.push(pid);
      return { process: child, serverPid: pid, url };
    }
    throw new Error('the child ended before its database ran');
  }

  /** The one line with which a start is refused. */
  async refusal(): Promise<string> {
    const error: unknown = await this.start().then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(EmbeddedPostgresError);
    const { message } = error as EmbeddedPostgresError;
    expect(message).not.toContain('\n');
    return message;
  }

  async end(): Promise<void> {
    for (const child of this.children) child.kill('SIGKILL');
    for (const postgres of this.started) await postgres.stop();
    const left = this.serverPids.filter((pid) => worksOn(pid, join(this.folder, 'postgres')));
    for (const pid of left) process.kill(pid, 'SIGKILL');
  }
}

/** The folder of a whole file of tests, with the script for `startInChild`. */
export class TrialBench {
  readonly folder = mkdtempSync(join(tmpdir(), 'postbag-embedded-'));
  readonly script: string;

  constructor() {
    chmodSync(this.folder, 0o755);
    this.script = compiledApart(join(this.folder, 'apart'));
  }

  clear(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export async function query(url: string, sql: string, values?: unknown[]): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

export async function until(isTrue: () => boolean): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!isTrue()) {
    if (Date.now() > deadline) throw new Error('waited half a minute in vain');
    await sleep(20);
  }
}

/** As a terminal that is closed, or a container's out-of-memory killer, would. */
export async function killGroup(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  process.kill(-(child.pid ?? 0), 'SIGKILL');
  await gone;
}

export const uidOf = (pid: number): number => statSync(`/proc/${pid}`).uid;

export function noteOf(dataFolder: string): string {
  return readFileSync(join(dataFolder, 'database-is-elsewhere.txt'), 'utf8').trim().split('\n').at(-1) ?? '';
}
