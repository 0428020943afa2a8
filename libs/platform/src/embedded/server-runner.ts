import { existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { awaitServer } from './await-server';
import type { Binaries } from './binaries';
import { endOrphans } from './cluster-processes';
import { EmbeddedPostgresError, refusedToWrite } from './embedded-postgres-error';
import { clearBorrowedPidFile, findPostmaster, launchPostmaster, type Postmaster } from './postmaster';
import type { ServerLog } from './server-log';
import type { ServerPlace } from './server-place';
import { LOCAL_SETTINGS, serverSettings } from './server-settings';

/** The sessions of a killed server need a moment to notice; until then the next one may not use its memory. */
const STILL_HELD = /pre-existing shared memory block/;
const STARTED_BY_OTHERS = /lock file "postmaster\.pid" already exists/;
const PORT_TAKEN = /could not (bind|create any TCP\/IP sockets|create listen socket)/;
const PATIENCE_MS = 15_000;

/** Brings up the server of a cluster, whether it must be started or already runs. */
export class ServerRunner {
  /** The newest process, from the moment it exists, which may be long before it answers. */
  current: Postmaster | null = null;

  constructor(
    readonly place: ServerPlace,
    readonly binaries: Binaries,
    readonly password: string,
    readonly serverLog: ServerLog,
    readonly log: (line: string) => void,
  ) {}

  /** A server that answers, on `port` or else on one that is free. */
  async run(port: number | null): Promise<Postmaster> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const adopted = await this.adopt(port);
      if (adopted !== null) return adopted;
      const offset = this.serverLog.size;
      const launched = await this.launch(port ?? (await freePort()));
      if (await this.awaitOrStop(launched)) return launched;
      const reason = this.serverLog.lastFailureAfter(offset) ?? 'it left no message';
      const isHeld = STILL_HELD.test(reason);
      const mayPass = isHeld || STARTED_BY_OTHERS.test(reason) || (port === null && PORT_TAKEN.test(reason));
      if (isHeld && findPostmaster(this.place.cluster) === null) endOrphans(this.place.cluster);
      if (!mayPass || Date.now() > deadline) throw new EmbeddedPostgresError(`PostgreSQL did not start: ${reason}`);
      await sleep(100);
    }
  }

  private async adopt(port: number | null): Promise<Postmaster | null> {
    const found = findPostmaster(this.place.cluster);
    if (found === null) {
      clearBorrowedPidFile(this.place.cluster);
      return null;
    }
    if (port !== null && found.port !== port) {
      this.log(`PostgreSQL was started on port ${found.port} by other means; starting it again on ${port}`);
      await found.stop();
      return null;
    }
    this.current = found;
    if (!(await awaitServer(found, this.place.cluster, this.password, this.log))) return null;
    this.log(`PostgreSQL was running and is taken over (process ${found.pid})`);
    return found;
  }

  private async launch(port: number): Promise<Postmaster> {
    await this.writeSettings(port);
    const { cluster, account } = this.place;
    const launched = launchPostmaster(this.binaries.postgres, cluster, port, account, this.serverLog.path);
    if (launched instanceof Error) {
      throw new EmbeddedPostgresError(`PostgreSQL did not start: ${launched.message}`, { cause: launched });
    }
    this.current = launched;
    return launched;
  }

  private async awaitOrStop(launched: Postmaster): Promise<boolean> {
    try {
      const answers = await awaitServer(launched, this.place.cluster, this.password, this.log);
      if (answers) this.log(`PostgreSQL ${this.binaries.version} started (process ${launched.pid})`);
      return answers;
    } catch (error) {
      await launched.stop();
      throw error;
    }
  }

  /** The port stands in the file, so that pg_ctl used by hand starts the server where the URL says. */
  private async writeSettings(port: number): Promise<void> {
    const { cluster, account } = this.place;
    const path = join(cluster, 'postgresql.conf');
    const unfinished = `${path}.new`;
    try {
      await rm(unfinished, { force: true });
      // Never through a link: root writes here into a folder of another account.
      const file = await open(unfinished, 'wx', 0o600);
      try {
        await file.writeFile(serverSettings(port, existsSync(join(cluster, LOCAL_SETTINGS))));
        if (account !== null) await file.chown(account.uid, account.gid);
      } finally {
        await file.close();
      }
      await rename(unfinished, path);
    } catch (error) {
      throw refusedToWrite(path, error);
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
