import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MailParserPool, type MailParserPoolOptions } from './mail-parser-pool';
import { MailUnreadable } from './mail-unreadable';
import { aLetter, multipart } from './testing/sample-mail';

const root = join(__dirname, '../../../..');
const compiled = join(root, 'dist/libs/intake/src/mail/mail-parser.worker.js');
const pools: MailParserPool[] = [];

function aPool(options: MailParserPoolOptions = {}): MailParserPool {
  const pool = new MailParserPool({ workers: 2, ...options });
  pools.push(pool);
  return pool;
}

function isStale(): boolean {
  if (!existsSync(compiled)) return true;
  const built = statSync(compiled).mtimeMs;
  const sources = [__dirname, join(__dirname, 'bounce'), join(__dirname, 'spam')];
  return sources.some((folder) => readdirSync(folder).some((file) => statSync(join(folder, file)).mtimeMs > built));
}

/** A worker that does to each mail what its text says. */
const OBEDIENT = `
  const { parentPort } = require('node:worker_threads');
  parentPort.on('message', ({ raw }) => {
    const text = Buffer.from(raw).toString();
    if (text === 'hang') for (;;) {}
    if (text === 'exit') process.exit(3);
    if (text === 'throw') throw new Error('boom');
    if (text === 'fill') { const hold = []; for (;;) hold.push(new Array(1e6).fill(hold.length)); }
    setTimeout(() => parentPort.postMessage({ type: 'parsed', mail: { subject: text, attachments: [] } }), 20);
  });
  parentPort.postMessage({ type: 'ready' });
`;

describe('MailParserPool', () => {
  let folder: string;
  let obedient: string;
  let broken: string;

  beforeAll(() => {
    if (isStale()) execFileSync('npx', ['swc', 'libs', '--out-dir', 'dist'], { cwd: root });
    folder = mkdtempSync(join(tmpdir(), 'mail-parser-pool-'));
    obedient = join(folder, 'obedient.cjs');
    broken = join(folder, 'broken.cjs');
    writeFileSync(obedient, OBEDIENT);
    writeFileSync(broken, `throw new Error('does not start')`);
  }, 60_000);

  afterEach(async () => {
    await Promise.all(pools.splice(0).map((pool) => pool.close()));
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it('reads mails in the compiled worker and leaves the bytes with the caller', async () => {
    const pool = aPool();
    const raw = multipart('mixed', [
      ['Content-Type: text/plain', '', 'See the file.'],
      ['Content-Type: text/csv; name=a.csv', '', 'a,b'],
    ]);
    const before = Buffer.from(raw);
    const mail = await pool.parse(raw);
    expect(mail).toMatchObject({
      subject: 'Street lamp',
      text: 'See the file.',
      attachments: [{ filename: 'a.csv', contentType: 'text/csv' }],
    });
    expect(Buffer.from(mail.attachments[0]?.content ?? []).toString()).toBe('a,b');
    expect(raw.equals(before)).toBe(true);
  });

  it('says why a mail cannot be read', async () => {
    const refused: unknown = await aPool()
      .parse(Buffer.alloc(0))
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(MailUnreadable);
    expect(refused).toMatchObject({ reason: 'empty' });
  });

  it('answers every one of many', async () => {
    const pool = aPool();
    const subjects = Array.from({ length: 60 }, (_, index) => `letter ${index}`);
    const mails = await Promise.all(subjects.map((subject) => pool.parse(aLetter([`Subject: ${subject}`]))));
    expect(mails.map((mail) => mail.subject)).toEqual(subjects);
  });

  it('kills the worker of a mail that takes too long, and reads the others', async () => {
    const pool = aPool({ workers: 1, workerFile: obedient, timeoutMs: 300 });
    const settled = await Promise.allSettled(['one', 'hang', 'two'].map((text) => pool.parse(Buffer.from(text))));
    expect(settled).toMatchObject([
      { status: 'fulfilled', value: { subject: 'one' } },
      { status: 'rejected', reason: { code: 'mail-unreadable', reason: 'timeout' } },
      { status: 'fulfilled', value: { subject: 'two' } },
    ]);
  });

  it.each(['exit', 'throw', 'fill'])('outlives a worker that dies: %s', async (death) => {
    const pool = aPool({ workers: 1, workerFile: obedient });
    const settled = await Promise.allSettled([death, 'next'].map((text) => pool.parse(Buffer.from(text))));
    expect(settled).toMatchObject([
      { status: 'rejected', reason: { code: 'mail-unreadable', reason: 'crashed' } },
      { status: 'fulfilled', value: { subject: 'next' } },
    ]);
  });

  it('does not call a mail unreadable when its workers do not start', async () => {
    const refused: unknown = await aPool({ workers: 1, workerFile: broken })
      .parse(aLetter())
      .catch((error: unknown) => error);
    expect(refused).not.toBeInstanceOf(MailUnreadable);
    expect(refused).toMatchObject({ message: 'The mail parser does not start.' });
  });

  it('ends idle workers and starts new ones when there is work again', async () => {
    const pool = aPool({ workers: 1, workerFile: obedient, idleMs: 30 });
    await pool.parse(Buffer.from('one'));
    await waitUntil(() => pool.workerCount === 0);
    expect(await pool.parse(Buffer.from('two'))).toMatchObject({ subject: 'two' });
  });

  it('finishes what it reads when it is closed, and refuses the rest', async () => {
    const pool = aPool({ workers: 1, workerFile: obedient });
    await pool.parse(Buffer.from('warm'));
    const running = pool.parse(Buffer.from('running'));
    const waiting = pool.parse(Buffer.from('waiting')).catch((error: unknown) => error);
    await Promise.all([pool.close(), pool.close()]);
    expect(await running).toMatchObject({ subject: 'running' });
    expect(await waiting).toMatchObject({ message: 'The mail parser pool was closed.' });
    await expect(pool.parse(aLetter())).rejects.toThrow('The mail parser pool is closed.');
    expect(pool.workerCount).toBe(0);
  });
});

async function waitUntil(isDone: () => boolean): Promise<void> {
  const deadline = performance.now() + 5000;
  while (!isDone() && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 5));
}
