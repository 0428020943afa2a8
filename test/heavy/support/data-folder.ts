import { chmodSync, existsSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const PREFIX = `postbag-heavy-${String(userInfo().uid)}-`;

/** A folder of the service's for one test file. Its name bears our process, so that the next run clears what a killed run left. */
export class DataFolder {
  private constructor(readonly path: string) {}

  /** `mode`: PostgreSQL runs as another account when we are root, which may pass by default. */
  static async make(mode = 0o711): Promise<DataFolder> {
    await clearLeftovers();
    const path = mkdtempSync(join(tmpdir(), `${PREFIX}${String(process.pid)}-`));
    chmodSync(path, mode);
    return new DataFolder(path);
  }

  /** Numbers of the processes at work on this folder: ours, and PostgreSQL's. */
  processes(): number[] {
    return processesOn(this.path);
  }

  /** Ends what still works on the folder, then removes it. */
  async remove(): Promise<void> {
    await endAndRemove(this.path);
  }
}

async function clearLeftovers(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue;
    const pid = Number(name.slice(PREFIX.length).split('-')[0]);
    if (pid !== process.pid && !isAlive(pid)) await endAndRemove(join(tmpdir(), name));
  }
}

async function endAndRemove(folder: string): Promise<void> {
  for (let tries = 0; processesOn(folder).length > 0 && tries < 100; tries += 1) {
    for (const pid of processesOn(folder)) killAtOnce(pid);
    await sleep(50);
  }
  const outside = placeOutside(folder);
  for (const each of [folder, ...(outside === null ? [] : [outside])]) rmSync(each, { recursive: true, force: true });
}

/** Linux only: elsewhere a test must end its processes by the numbers it knows. */
function processesOn(folder: string): number[] {
  if (process.platform !== 'linux') return [];
  const outside = placeOutside(folder);
  const places = [folder, ...(outside === null ? [] : [outside])];
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && pid !== process.pid && places.some((place) => worksOn(pid, place)));
}

/** A database of a folder that its account cannot enter is kept elsewhere. */
export function placeOutside(folder: string): string | null {
  const note = join(folder, 'database-is-elsewhere.txt');
  if (!existsSync(note)) return null;
  return readFileSync(note, 'utf8').trim().split('\n').at(-1) ?? null;
}

function worksOn(pid: number, folder: string): boolean {
  try {
    if (`${readlinkSync(`/proc/${String(pid)}/cwd`)}/`.startsWith(`${folder}/`)) return true;
    return readFileSync(`/proc/${String(pid)}/environ`, 'utf8')
      .split('\0')
      .some(isDataFolder(folder));
  } catch {
    return false;
  }
}

const isDataFolder =
  (folder: string) =>
  (setting: string): boolean =>
    `${setting}/`.startsWith(`POSTBAG_DATA=${folder}/`);

export function killAtOnce(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
