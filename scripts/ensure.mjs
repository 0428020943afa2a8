// Plain Node: these files run before `npm ci` has installed anything.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  lstatSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { userInfo, tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const sourceFolders = ['apps', 'libs', 'migrations'];

const lockFile = join(root, 'package-lock.json');
const modules = join(root, 'node_modules');
const installedFile = join(modules, '.package-lock.json');
const installStamp = join(modules, '.postbag-stamp');
const buildStamp = join(root, 'dist', '.stamp');
const ownSettings = ['.swcrc', 'package-lock.json', 'scripts/build.mjs'];

/** Progress goes to standard error: standard output belongs to the command that follows. */
export const progress = (line) => writeSync(2, `${line}\n`);

const digest = (text) => createHash('sha256').update(text).digest('hex');

/** Files under `folder`, in a stable order, as paths relative to the root. */
export function* filesUnder(folder) {
  const here = join(root, folder);
  if (!existsSync(here)) return;
  for (const entry of readdirSync(here, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesUnder(path);
    else if (entry.isFile()) yield path;
  }
}

export const isTestOnly = (path) => /(spec|\.fixture)\.ts$/.test(path);

/** Changes whenever a file is added, removed or written: names, sizes and times, not contents, so that it costs milliseconds. */
export function fingerprint(paths) {
  const lines = [process.versions.modules];
  for (const path of paths) {
    const file = join(root, path);
    if (!existsSync(file)) continue;
    const { size, mtimeMs } = statSync(file);
    lines.push(`${relative(root, file)} ${size} ${mtimeMs}`);
  }
  return digest(lines.join('\n'));
}

export function sourcesFingerprint() {
  const sources = sourceFolders.flatMap((folder) => [...filesUnder(folder)]).filter((path) => !isTestOnly(path));
  return fingerprint([...sources, ...ownSettings]);
}

export function readBuildStamp() {
  try {
    return JSON.parse(readFileSync(buildStamp, 'utf8'));
  } catch {
    return {};
  }
}

function isInstalled() {
  if (!existsSync(installedFile)) return false;
  if (existsSync(installStamp) && readFileSync(installStamp, 'utf8') === digest(readFileSync(lockFile))) return true;
  return statSync(installedFile).mtimeMs >= statSync(lockFile).mtimeMs || holdsWhatIsLocked();
}

// A copied or checked-out lock file is newer than what was installed from the same one.
function holdsWhatIsLocked() {
  const packagesIn = (path) => Object.entries(JSON.parse(readFileSync(path, 'utf8')).packages).filter(([at]) => at);
  const locked = new Map(packagesIn(lockFile));
  const installed = new Map(packagesIn(installedFile));
  const isOptional = ({ optional, devOptional, peer }) => optional || devOptional || peer;
  return (
    [...installed].every(([at, { version }]) => locked.get(at)?.version === version) &&
    [...locked].every(([at, entry]) => installed.has(at) || isOptional(entry))
  );
}

const isBuilt = () => readBuildStamp().sources === sourcesFingerprint();

/** Installs the locked dependencies if they are missing or the lock file has changed. */
export function ensureInstalled() {
  requireNode();
  if (isInstalled()) return;
  exclusively(() => {
    if (isInstalled()) return;
    // `npm ci` empties what the link points to, which may be another clone's.
    if (lstatSync(modules, { throwIfNoEntry: false })?.isSymbolicLink())
      fail('node_modules is a link and does not match package-lock.json: remove the link, then start again');
    progress('Installing dependencies (once; about a minute) …');
    const started = Date.now();
    // Build tools are development dependencies, also needed where NODE_ENV=production would leave them out.
    const npmArguments = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
    const npm = process.env.npm_execpath;
    const [command, prefix] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
    const { status, error } = spawnSync(command, [...prefix, ...npmArguments], { cwd: root, stdio: ['ignore', 2, 2] });
    if (status !== 0) fail(`Installing the dependencies failed${error ? `: ${error.message}` : ' (npm ci)'}`);
    writeStamp(installStamp, digest(readFileSync(lockFile)));
    progress(`Installed in ${seconds(started)} s`);
  });
}

/** Builds if a source is newer than what was built, in a process of its own so that the compiler's memory is given back. */
export function ensureBuilt({ evenIfFresh = false } = {}) {
  if (!evenIfFresh && isBuilt()) return;
  exclusively(() => {
    if (!evenIfFresh && isBuilt()) return;
    const build = join(root, 'scripts', 'build.mjs');
    const { status } = spawnSync(process.execPath, [build, '--locked'], { cwd: root, stdio: ['ignore', 2, 2] });
    if (status !== 0) fail('The build failed');
  });
}

/** Two commands started together on a fresh clone install and build once, one after the other. */
function exclusively(act) {
  const path = join(tmpdir(), `postbag-${userInfo().uid}-${digest(root).slice(0, 12)}.lock`);
  let waiting = false;
  for (;;) {
    try {
      const file = openSync(path, 'wx', 0o600);
      writeSync(file, String(process.pid));
      closeSync(file);
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (holderIsGone(path)) rmSync(path, { force: true });
    else {
      if (!waiting) progress('Waiting for another Postbag command to install or build …');
      waiting = true;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    }
  }
  const release = () => rmSync(path, { force: true });
  process.once('exit', release);
  try {
    act();
  } finally {
    process.off('exit', release);
    release();
  }
}

function holderIsGone(path) {
  try {
    const { mtimeMs } = statSync(path);
    const pid = Number(readFileSync(path, 'utf8'));
    // An empty file is one being written now, unless it has stayed empty.
    if (!pid) return Date.now() - mtimeMs > 2000;
    if (pid === process.pid) return true;
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    fail(`Postbag needs Node 20.19 or later; this is Node ${process.versions.node}`);
}

function writeStamp(path, text) {
  const file = openSync(path, 'w');
  writeSync(file, text);
  closeSync(file);
}

export const seconds = (since) => ((Date.now() - since) / 1000).toFixed(1);

export function fail(message) {
  progress(message);
  process.exit(1);
}
