// What the tests need from the system: taken from the PATH, else installed where that is ours to do.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { progress } from './ensure.mjs';

const needs = [
  {
    name: 'redis',
    title: 'Redis',
    programs: ['redis-server', 'valkey-server'],
    packages: ['redis-server', 'valkey-server'],
    isGiven: () => Boolean(process.env.REDIS_URL),
    without: 'the queue tests ran on PostgreSQL only; install redis-server or valkey-server, or set REDIS_URL',
  },
  {
    name: 'chromium',
    title: 'Chromium',
    programs: ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'],
    packages: ['chromium'],
    isGiven: () => false,
    without: 'the browser tests did not run; install chromium',
  },
  {
    name: 'clamd',
    title: 'clamd',
    // Debian puts it where only root's PATH leads.
    programs: ['clamd', '/usr/sbin/clamd'],
    packages: ['clamav-daemon'],
    isGiven: () => false,
    without: 'the virus scan was not tested; install clamav-daemon',
  },
];

const isOnPath = (program) => spawnSync('/bin/sh', ['-c', 'command -v "$1"', 'sh', program]).status === 0;
const mayInstall = () => process.getuid?.() === 0 && existsSync('/etc/debian_version') && isOnPath('apt-get');

let isUpdated = false;

function apt(...parameters) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync('apt-get', ['-qq', '-y', ...parameters], { env, stdio: ['ignore', 'ignore', 2] }).status === 0;
}

function install(title, packages) {
  progress(`Installing ${title} for the tests with apt-get (we are root on Debian or Ubuntu) …`);
  isUpdated ||= apt('update');
  packages.some((name) => apt('install', '--no-install-recommends', name));
}

/** Answers what is still missing: name and the line to print. */
export function provision() {
  const missing = new Map();
  for (const { name, title, programs, packages, isGiven, without } of needs) {
    if (isGiven() || programs.some(isOnPath)) continue;
    if (mayInstall()) install(title, packages);
    if (!programs.some(isOnPath)) missing.set(name, `${title} is missing: ${without}`);
  }
  return missing;
}
