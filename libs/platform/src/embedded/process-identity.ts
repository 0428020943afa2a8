import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

interface ProcessFacts {
  readonly isZombie: boolean;
  readonly startedAt: string;
}

/** Whether a process runs. A zombie does not: in a container nothing may ever collect an orphan's remains. */
export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  return !(factsOf(pid)?.isZombie ?? false);
}

/** Tells a process from a later one with the same number, which a restarted container hands out again at once. */
export function identityOf(pid: number): string | null {
  const facts = factsOf(pid);
  return facts === null || facts.isZombie ? null : facts.startedAt;
}

function factsOf(pid: number): ProcessFacts | null {
  return process.platform === 'linux' ? factsFromProc(pid) : factsFromPs(pid);
}

function factsFromProc(pid: number): ProcessFacts | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in brackets may itself hold brackets and spaces. proc(5): state is field 3, start time field 22.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return { isZombie: fields[0] === 'Z' || fields[0] === 'X', startedAt: `${boot} ${fields[19] ?? ''}` };
  } catch {
    return null;
  }
}

function factsFromPs(pid: number): ProcessFacts | null {
  const { status, stdout } = spawnSync('ps', ['-o', 'state=,lstart=', '-p', String(pid)], { encoding: 'utf8' });
  if (status !== 0) return null;
  const line = stdout.trim();
  return { isZombie: line.startsWith('Z'), startedAt: line.replace(/^\S+\s+/, '') };
}
