import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { worksOn } from './cluster-processes';
import { isAlive } from './process-identity';
import { isolated, type ServerAccount } from './server-account';

const POLL_MS = 100;

/** PostgreSQL's first process, started by us or found running. */
export class Postmaster {
  /** Settles when the process is gone. */
  readonly gone: Promise<void>;
  /** Whether it was running before us. */
  readonly wasAdopted: boolean;
  private hasGone = false;

  constructor(
    readonly pid: number,
    readonly port: number,
    child: ChildProcess | null = null,
  ) {
    this.wasAdopted = child === null;
    const ended = child === null ? this.poll() : new Promise<void>((resolve) => child.once('exit', () => resolve()));
    this.gone = ended.then(() => {
      this.hasGone = true;
    });
  }

  get isGone(): boolean {
    return this.hasGone;
  }

  signal(name: NodeJS.Signals): void {
    try {
      if (!this.hasGone) process.kill(this.pid, name);
    } catch {
      // It died between the question and the signal; `gone` will tell.
    }
  }

  /** Fast shutdown (open sessions are ended, everything is written); at once, to be recovered later, after `patienceMs`. */
  async stop(patienceMs = 10_000): Promise<void> {
    for (const name of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
      this.signal(name);
      if (await this.isGoneWithin(patienceMs)) return;
    }
  }

  /** Ends the server as a power cut would, for all that is on disk. */
  async stopAtOnce(): Promise<void> {
    this.signal('SIGQUIT');
    if (await this.isGoneWithin(10_000)) return;
    this.signal('SIGKILL');
    await this.gone;
  }

  private async isGoneWithin(milliseconds: number): Promise<boolean> {
    const timer = new AbortController();
    const late = sleep(milliseconds, undefined, { signal: timer.signal }).catch(() => undefined);
    await Promise.race([this.gone, late]);
    timer.abort();
    return this.hasGone;
  }

  private async poll(): Promise<void> {
    while (isAlive(this.pid)) await sleep(POLL_MS, undefined, { ref: false });
  }
}

/** The server that runs on a cluster, if any; a stale or borrowed number in postmaster.pid is no server. */
export function findPostmaster(cluster: string): Postmaster | null {
  const lines = pidFile(cluster);
  const pid = Number(lines[0]);
  return isAlive(pid) && worksOn(pid, cluster) ? new Postmaster(pid, Number(lines[3])) : null;
}

/**
 * Removes a postmaster.pid whose number a later process of the same account has got, as happens at once in a restarted
 * container: PostgreSQL would take that process for its own and refuse to start.
 */
export function clearBorrowedPidFile(cluster: string): void {
  const pid = Number(pidFile(cluster)[0]);
  if (isAlive(pid) && !worksOn(pid, cluster)) rmSync(join(cluster, 'postmaster.pid'), { force: true });
}

/** Whether this very server says that it takes sessions; asking it sooner only fills its log with refusals. */
export function saysReady(server: Postmaster, cluster: string): boolean {
  const lines = pidFile(cluster);
  return Number(lines[0]) === server.pid && lines[7]?.trim() === 'ready';
}

/** Lines of postmaster.pid (PostgreSQL 18, "Database File Layout"): 1 process, 4 port, 8 state. */
function pidFile(cluster: string): string[] {
  try {
    return readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return [];
  }
}

/** Starts a server in a session of its own: neither a Ctrl-C at our terminal nor our death reaches it. */
export function launchPostmaster(
  postgres: string,
  cluster: string,
  port: number,
  account: ServerAccount | null,
  logFile: string,
): Postmaster | Error {
  const log = openSync(logFile, 'a', 0o600);
  try {
    const child = spawn(postgres, ['-D', cluster], {
      ...isolated(account),
      detached: true,
      stdio: ['ignore', log, log],
    });
    let failure: Error | null = null;
    child.once('error', (error) => (failure = error));
    if (child.pid === undefined) return failure ?? new Error(`${postgres} could not be run`);
    child.unref();
    return new Postmaster(child.pid, port, child);
  } finally {
    closeSync(log);
  }
}
