// `npm test`, or `npm test -- PATTERN` for the test files whose path matches: installs, builds and provisions what is
// missing, runs every check and every suite, and ends with one line `N passed, N failed`.
import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, root, seconds } from './ensure.mjs';
import { provision } from './provision.mjs';
import { clearRunFolder, environmentIn, makeRunFolder } from './run-folder.mjs';

const patterns = process.argv.slice(2);
const isCi = process.env.CI === 'true';
const bin = (name) => join(root, 'node_modules', name);
const checks = [
  ['types', bin('typescript/bin/tsc'), '--noEmit', '-p', 'tsconfig.json'],
  ['lint', bin('eslint/bin/eslint.js'), '.', '--max-warnings', '0'],
  ['format', bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'],
  ['boundaries', bin('dependency-cruiser/bin/dependency-cruise.mjs'), 'apps', 'libs', 'migrations', 'test'],
];
// Days are London's wherever the server stands. Not again: stopwatches, corpora and what reads sources, which know no day.
const abroad = [
  'unit tests in another time zone',
  bin('jest/bin/jest.js'),
  '--selectProjects',
  'unit',
  '--maxWorkers=2',
  '--testPathIgnorePatterns=/(fresh-text|mail-limits|spam-corpus|mail-parser-pool|boundaries|documented-events)\\.spec\\.ts$',
];
const results = { passed: 0, failed: 0 };
const running = new Set();
const runFolder = makeRunFolder();
let interrupted = null;

function count(passed, failed) {
  results.passed += passed;
  results.failed += failed;
}

/** Runs a Node program and answers its exit code. With `quiet` its output is kept and shown only if it fails. */
function run([program, ...parameters], { quiet = false, env = {} } = {}) {
  if (interrupted) return Promise.resolve(1);
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program, ...parameters], {
      cwd: root,
      // A group of its own, so that whatever it leaves behind can be ended with it.
      detached: true,
      env: { ...process.env, ...environmentIn(runFolder), ...env },
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
    });
    running.add(child);
    const output = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => output.push(chunk));
    child.once('exit', () => endGroup(child));
    child.once('close', (code) => {
      running.delete(child);
      if (code !== 0) process.stdout.write(Buffer.concat(output));
      resolve(code ?? 1);
    });
  });
}

/** Jest's workers outlive a Jest that was interrupted. */
function endGroup({ pid }) {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

async function check([name, ...command], env = {}) {
  const started = Date.now();
  const code = await run(command, { quiet: true, env });
  console.log(`${code === 0 ? 'PASS' : 'FAIL'} ${name} (${seconds(started)} s)`);
  count(code === 0 ? 1 : 0, code === 0 ? 0 : 1);
}

/** The type check and the linter take a core each; the others are short. */
async function runChecks() {
  const [types, lint, ...others] = checks;
  const inTurn = async (list) => {
    for (const each of list) await check(each);
  };
  await Promise.all([inTurn([lint]), inTurn([types, ...others])]);
  await check(abroad, { TZ: 'America/New_York' });
}

async function runJest(projects, ...options) {
  const outputFile = join(runFolder, 'jest.json');
  const selected = ['--selectProjects', ...projects, '--passWithNoTests', '--json', `--outputFile=${outputFile}`];
  const code = await run([bin('jest/bin/jest.js'), ...patterns, ...selected, ...options]);
  try {
    const found = JSON.parse(readFileSync(outputFile, 'utf8'));
    const failed = found.numFailedTests + found.numRuntimeErrorTestSuites;
    // Jest may also fail as a whole, as when a set-up or a teardown does.
    count(found.numPassedTests, Math.max(failed, code === 0 ? 0 : 1));
  } catch {
    count(0, 1);
  } finally {
    rmSync(outputFile, { force: true });
  }
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    interrupted = signal;
    // Children clear away what they started.
    for (const child of running) child.kill(signal);
  });
}

process.on('exit', () => clearRunFolder(runFolder));

ensureInstalled();
ensureBuilt();
const missing = provision();
for (const line of missing.values()) console.log(line);
if (isCi) count(0, missing.size);

if (patterns.length === 0) await runChecks();
await runJest(['unit', 'int', 'e2e', ...(missing.has('chromium') ? [] : ['browser'])], '--maxWorkers=2');
// Loads and kills mostly wait, so two files share the cores; what they kill and measure is their own.
// A client that a failed test left waiting must not keep the whole run from ending.
await runJest(['heavy'], '--maxWorkers=2', '--forceExit');

if (results.passed + results.failed === 0) console.log('No test file matches');
console.log(`${String(results.passed)} passed, ${String(results.failed)} failed`);
process.exitCode = results.failed === 0 && results.passed > 0 && !interrupted ? 0 : 1;
