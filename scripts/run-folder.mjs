// A temporary folder for one run of the tests. Whatever still runs in it afterwards is ended: servers that outlive
// their parents on purpose would outlive an interrupted run too.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export function makeRunFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'postbag-run-'));
  // Root runs PostgreSQL as another account, which must be able to pass.
  chmodSync(folder, 0o711);
  return folder;
}

/** Environment of everything that the run starts. */
export const environmentIn = (folder) => ({ TMPDIR: folder, POSTBAG_TEST_SERVERS: tmpdir() });

export function clearRunFolder(folder) {
  for (const [pid, name] of processesIn(folder)) {
    try {
      // PostgreSQL ends its own children when it is told to stop at once.
      process.kill(pid, /postgres/.test(name) ? 'SIGQUIT' : 'SIGKILL');
    } catch (error) {
      if (error.code !== 'ESRCH') throw error;
    }
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}

/** By command line, and where the system shows it by environment. */
function processesIn(folder) {
  const readable = (path) => {
    try {
      return readFileSync(path, 'latin1');
    } catch {
      return '';
    }
  };
  const pids = readable('/proc/self/stat') === '' ? [] : readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const found = pids
    .map((pid) => [Number(pid), readable(`/proc/${pid}/cmdline`), readable(`/proc/${pid}/environ`)])
    .filter(([pid, command, environment]) => pid !== process.pid && `${command}${environment}`.includes(folder));
  if (pids.length > 0) return found;
  const { stdout } = spawnSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' });
  return (stdout ?? '')
    .split('\n')
    .filter((line) => line.includes(folder))
    .map((line) => [Number.parseInt(line, 10), line]);
}
