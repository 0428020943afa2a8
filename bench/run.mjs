// `npm run bench`: every figure beside its floor, measured in the same run. Loads are bounded in number and time.
import { spawnSync } from 'node:child_process';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { root } from '../scripts/ensure.mjs';
import { startRedis } from './redis.mjs';
import { worklist } from './worklist.mjs';
import { freePort, load, memoryOf, pssOf, startPostbag, startProcess } from './service.mjs';

const SECONDS = Number(process.env.BENCH_SECONDS ?? 8);
const rows = [];

function report(what, value, floor, aim) {
  rows.push({ what, value, floor, ratio: floor === null ? null : value / floor, aim });
  const ratio = floor === null ? '' : `  ${(value / floor).toFixed(2)} of the floor`;
  process.stdout.write(`${what.padEnd(58)} ${value.toFixed(value < 100 ? 1 : 0).padStart(8)}${ratio}  (aim: ${aim})\n`);
}

/** Many callers: one token alone is held to its fair share of requests a second. */
async function mintMany(databaseUrl, count) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const tokens = Array.from({ length: count }, () => `pb_${randomBytes(32).toString('base64url')}`);
  for (const token of tokens) {
    await client.query(
      `INSERT INTO api_token (id, token_hash, label, role, offices, created_by, expires_at)
       VALUES ($1, $2, 'bench', 'service', '{west-mercia}', 'bench', now() + interval '1 day')`,
      [randomUUID(), createHash('sha256').update(token).digest()],
    );
  }
  await client.end();
  return tokens;
}

function mint(databaseUrl, role = 'service') {
  const done = spawnSync(
    process.execPath,
    [join(root, 'scripts/cli.mjs'), 'token', '--role', role, '--office', 'west-mercia'],
    {
      env: { ...process.env, DATABASE_URL: databaseUrl },
      encoding: 'utf8',
    },
  );
  return done.stdout.trim();
}

/** Empties the queue of work that a load left behind, so that the next measurement starts in quiet. */
async function quiet(databaseUrl) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('DELETE FROM outbox');
  await client.query('CHECKPOINT');
  await client.end();
  await sleep(500);
}

async function intake() {
  const postbag = await startPostbag({ POSTBAG_DEMO: '0' });
  const { databaseUrl } = postbag;
  try {
    const tokens = await mintMany(databaseUrl, 64);
    await sleep(1000);
    // The API and the mailroom as processes of their own, and no worker in the measured time: what is measured is
    // how fast items become durable, against what PostgreSQL does with the same rows.
    const apiPort = await freePort();
    const smtpPort = await freePort();
    const api = await startProcess('apps/api/src/main.js', { DATABASE_URL: databaseUrl, PORT: String(apiPort) }, () =>
      answers(apiPort),
    );
    const mailroom = await startProcess(
      'apps/mailroom/src/main.js',
      { DATABASE_URL: databaseUrl, SMTP_PORT: String(smtpPort) },
      () => listens(smtpPort),
    );
    process.kill(postbag.pid, 'SIGSTOP');
    try {
      await load('api', { port: apiPort, tokens, clients: 8, seconds: 3 });
      await quiet(databaseUrl);
      const floor = (await load('floor', { databaseUrl, clients: 8, seconds: SECONDS })).perSecond;
      report('floor: same rows, one transaction an item, 8 clients, a second', floor, null, 'the measure');
      for (const [clients, aim] of [
        [8, '1.0'],
        [32, '2.0'],
      ]) {
        await quiet(databaseUrl);
        const measured = await load('api', { port: apiPort, tokens, clients, seconds: SECONDS });
        if (measured.refused > 0) throw new Error(`${measured.refused} requests were refused`);
        report(`durable intakes by API, ${clients} clients, a second`, measured.perSecond, floor, aim);
      }
      await quiet(databaseUrl);
      const mail = await load('smtp', { port: smtpPort, clients: 32, seconds: SECONDS });
      if (mail.refused > 0) throw new Error(`${mail.refused} mails were refused`);
      report('durable intakes by SMTP, 32 connections, a second', mail.perSecond, floor, '0.3');
      await quiet(databaseUrl);
      const again = (await load('floor', { databaseUrl, clients: 8, seconds: SECONDS })).perSecond;
      report('floor once more, to show the drift of the machine', again, floor, 'near 1.0');
    } finally {
      process.kill(postbag.pid, 'SIGCONT');
      await mailroom.stop();
      await api.stop();
    }
  } finally {
    await postbag.stop();
  }
}

async function latency(name, env) {
  const postbag = await startPostbag({ POSTBAG_DEMO: '0', ...env });
  try {
    const token = mint(postbag.databaseUrl);
    const options = { port: postbag.port, token, databaseUrl: postbag.databaseUrl, perSecond: 50 };
    await load('latency', { ...options, seconds: 4 });
    const measured = await load('latency', { ...options, seconds: Math.max(20, SECONDS * 2) });
    if (measured.routed !== measured.sent) throw new Error(`${measured.routed} of ${measured.sent} were routed`);
    report(`201 to routed at 50 a second, ${name}, p50, ms`, measured.p50, null, '-');
    report(`201 to routed at 50 a second, ${name}, p95, ms`, measured.p95, null, 'under 1000');
  } finally {
    await postbag.stop();
  }
}

/** The same open cases alone and among ten times as many closed ones: history must not make a list slower. */
async function worklists() {
  const token = (databaseUrl) => mint(databaseUrl, 'manager');
  const alone = await worklist({ cases: 10_000, open: 10_000, token });
  const among = await worklist({ cases: 100_000, open: 10_000, token });
  report('worklist of 10,000 open cases, p95 of a page, ms', alone.p95, null, 'under 150');
  report('worklist of 10,000 open among 100,000, p95 of a page, ms', among.p95, null, 'under 150');
  report('  of that among 10,000', among.p95, alone.p95, '1.3 at most');
}

async function idleMemory() {
  const postbag = await startPostbag({});
  try {
    await sleep(75_000);
    const own = pssOf(postbag.pid);
    const all = memoryOf(postbag.pid) + (await postgresMemory(postbag.dataFolder));
    report('memory of the one-process default, idle, MB', all, null, '350');
    report('  of which the Node process, MB', own, null, '-');
  } finally {
    await postbag.stop();
  }
}

/** The server is not our child: it is found by its data folder. */
async function postgresMemory(dataFolder) {
  const { stdout } = spawnSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' });
  const server = stdout.split('\n').find((line) => line.includes('-D') && line.includes(dataFolder.split('/').at(-1)));
  return server ? memoryOf(Number(server.trim().split(/\s+/)[0])) : 0;
}

async function answers(port) {
  return fetch(`http://127.0.0.1:${port}/health/ready`).then(
    (response) => response.ok,
    () => false,
  );
}

async function listens(port) {
  const { connect } = await import('node:net');
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

process.stdout.write(
  `${cpus().length} cores (${cpus()[0].model}), ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}, ${SECONDS} s a measurement\n`,
);
await intake();
await latency('PostgreSQL backend', {});
const redis = await startRedis();
if (redis) {
  await latency('Redis backend', { REDIS_URL: redis.url }).finally(() => redis.stop());
} else process.stdout.write('No redis-server on the PATH and no REDIS_URL: the Redis figures are left out\n');
await worklists();
await idleMemory();
writeFileSync(
  join(root, 'bench/results.json'),
  `${JSON.stringify({ measuredAt: new Date().toISOString(), cores: cpus().length, node: process.version, secondsEach: SECONDS, results: rows }, null, 2)}\n`,
);
