import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';

/** Whether a process is PostgreSQL at work on a cluster, and not a later process that got its number. */
export function worksOn(pid: number, cluster: string): boolean {
  if (process.platform !== 'linux') {
    const { stdout } = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
    return stdout.includes('postgres') && stdout.includes(cluster);
  }
  try {
    // The working directory of all its processes is the cluster; a program replaced meanwhile reads "postgres (deleted)".
    const program = basename(readlinkSync(`/proc/${pid}/exe`));
    return program.startsWith('postgres') && readlinkSync(`/proc/${pid}/cwd`) === cluster;
  } catch {
    return isNamedAfter(pid, cluster);
  }
}

/**
 * Ends the sessions that outlived their postmaster: one that is computing notices only when it next waits, and until
 * then no server can start. Nothing is lost, for what they had not committed is rolled back in any case.
 */
export function endOrphans(cluster: string): void {
  if (process.platform !== 'linux') return;
  for (const pid of readdirSync('/proc').map(Number)) {
    if (!Number.isInteger(pid) || !worksOn(pid, cluster)) continue;
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
}

/** Where the links in /proc may not be read. */
function isNamedAfter(pid: number, cluster: string): boolean {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return basename(command[0] ?? '') === 'postgres' && command.includes(cluster);
  } catch {
    return false;
  }
}
