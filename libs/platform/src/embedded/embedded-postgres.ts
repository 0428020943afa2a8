import { existsSync } from 'node:fs';
import { mkdir, realpath } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { serverUrl } from './await-server';
import { findBinaries, removeOldCopies } from './binaries';
import { errorCode, explained, refusedToWrite } from './embedded-postgres-error';
import { FolderLock } from './folder-lock';
import type { Postmaster } from './postmaster';
import { prepareCluster } from './prepare-cluster';
import { ServerLog } from './server-log';
import { findPlace } from './server-place';
import { ServerRunner } from './server-runner';

export interface EmbeddedPostgresOptions {
  readonly dataFolder: string;
  readonly log?: (line: string) => void;
  /** Told of each change after the start: `down` when the server has died, `up` when it answers again. */
  readonly onState?: (state: 'up' | 'down') => void;
}

const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 5_000;
/** A server that lasted this long did not die of its start. */
const STEADY_AFTER_MS = 10_000;

/**
 * A PostgreSQL server of our own on a data folder, for as long as we run: made at the first start, taken over if it
 * outlived us, started again when it dies. One instance to a folder.
 */
export class EmbeddedPostgres {
  /** The owner's URL. The port stays the same until `stop`, also when the server is started again. */
  readonly url: string;
  private readonly port: number;
  private readonly stopping = new AbortController();
  private readonly supervision: Promise<void>;
  private stopped: Promise<void> | null = null;

  private constructor(
    private server: Postmaster,
    private readonly runner: ServerRunner,
    private readonly lock: FolderLock,
    private readonly onState: (state: 'up' | 'down') => void,
  ) {
    this.port = server.port;
    this.url = serverUrl(server.port, runner.password);
    runner.serverLog.watch(runner.log);
    this.supervision = this.supervise();
  }

  /** Starts or takes over the server. Refuses with an `EmbeddedPostgresError` of one line. */
  static async start(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
    const log = options.log ?? (() => undefined);
    const dataFolder = await makeDataFolder(options.dataFolder);
    const lock = await FolderLock.take(dataFolder);
    try {
      const place = await findPlace(dataFolder);
      const binaries = await findBinaries(place.account, place.home);
      const password = await prepareCluster(place, binaries, log);
      const serverLog = new ServerLog(dataFolder);
      serverLog.rotateIfLarge();
      const runner = new ServerRunner(place, binaries, password, serverLog, log);
      const server = await runner.run(null);
      if (!server.wasAdopted) await removeOldCopies(place.home);
      return new EmbeddedPostgres(server, runner, lock, options.onState ?? (() => undefined));
    } catch (error) {
      lock.release();
      throw explained(dataFolder, error);
    }
  }

  /** The server's first process; another one after it died and was started again. */
  get pid(): number {
    return this.server.pid;
  }

  /** Stops the server (sessions that are open are ended) and gives the data folder free. */
  stop(): Promise<void> {
    this.stopped ??= this.shutDown();
    return this.stopped;
  }

  /** Ends the server at once, as `pg_ctl stop -m immediate` does. It is started again like after any other death. */
  async crash(): Promise<void> {
    await this.server.stopAtOnce();
  }

  private async shutDown(): Promise<void> {
    this.stopping.abort();
    this.runner.serverLog.unwatch();
    const ended = this.supervision.then(() => true);
    // More than once: a start under way may bring up another process while we stop the one we know.
    do await this.runner.current?.stop();
    while (!(await Promise.race([ended, sleep(50, false)])));
    await this.runner.current?.stop();
    this.lock.release();
    this.runner.log('PostgreSQL stopped');
  }

  private async supervise(): Promise<void> {
    let delay = FIRST_DELAY_MS;
    while (!this.isStopping) {
      const upSince = Date.now();
      await this.server.gone;
      if (this.isStopping) return;
      this.runner.log('PostgreSQL has died; starting it again');
      this.onState('down');
      if (Date.now() - upSince > STEADY_AFTER_MS) delay = FIRST_DELAY_MS;
      delay = await this.restart(delay);
      if (!this.isStopping) this.onState('up');
    }
  }

  /** Tries until the server runs or we stop; answers how long to wait before the next time. */
  private async restart(firstDelay: number): Promise<number> {
    for (let delay = firstDelay; ; delay = Math.min(delay * 2, LONGEST_DELAY_MS)) {
      await sleep(delay, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      if (this.isStopping) return delay;
      try {
        this.server = await this.runner.run(this.port);
        return Math.min(delay * 2, LONGEST_DELAY_MS);
      } catch (error) {
        if (!this.isStopping) this.runner.log(error instanceof Error ? error.message : String(error));
      }
    }
  }

  private get isStopping(): boolean {
    return this.stopping.signal.aborted;
  }
}

/** Root makes the folder so that the server's account may pass through it, without seeing what it holds. */
async function makeDataFolder(path: string): Promise<string> {
  try {
    await makeFolder(resolve(path), process.getuid?.() === 0 ? 0o711 : 0o700);
    return await realpath(path);
  } catch (error) {
    throw refusedToWrite(`The data folder ${path}`, error);
  }
}

/** Step by step: `mkdir` with `recursive` never returns under /proc (seen on Node 20), an unwritable folder like others. */
async function makeFolder(path: string, mode?: number): Promise<void> {
  if (existsSync(path)) return;
  if (dirname(path) !== path) await makeFolder(dirname(path));
  await mkdir(path, { mode }).catch((error: unknown) => {
    if (errorCode(error) !== 'EEXIST') throw error;
  });
}
