import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BulkInsert } from '../persistence/bulk-insert';
import { UnitOfWork } from '../persistence/unit-of-work';
import { LendingDatabase, LendingProcess } from '../testing/boot-lending.fixture';
import { ContentStore, INLINE_LIMIT_BYTES, sha256 } from './content-store';

describe('ContentStore', () => {
  let database: LendingDatabase;
  let lending: LendingProcess;
  let folder: string;
  let store: ContentStore;

  beforeAll(async () => {
    database = await LendingDatabase.create();
    lending = await LendingProcess.boot(database.url);
    folder = await mkdtemp(join(tmpdir(), 'postbag-content-'));
    store = new ContentStore(folder, lending.get(UnitOfWork));
  });
  afterAll(async () => {
    await lending.stop();
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  });

  async function keep(office: string, ...contents: Uint8Array[]): Promise<void> {
    const rows = await Promise.all(contents.map((bytes) => store.prepare(office, bytes)));
    await lending.inTransaction(async () => {
      const bulk = new BulkInsert();
      store.addTo(bulk, rows);
      await bulk.run(lending.get(UnitOfWork).manager);
    });
  }
  const read = (office: string, bytes: Uint8Array): Promise<Buffer> =>
    lending.inTransaction(() => store.read(office, sha256(bytes)));

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a line', Buffer.from('Dear commissioner,\r\n')],
    ['every octet', Buffer.from(Array.from({ length: 256 }, (_none, octet) => octet))],
    ['the most that PostgreSQL takes', randomBytes(INLINE_LIMIT_BYTES)],
    ['one octet more, in a file', randomBytes(INLINE_LIMIT_BYTES + 1)],
    ['a large letter, in a file', randomBytes(5 * 1024 * 1024)],
  ])('gives back %s as it was', async (_what, bytes) => {
    await keep('west-mercia', bytes);
    expect((await read('west-mercia', bytes)).equals(bytes)).toBe(true);
  });

  it('keeps large content on disk before the row that names it, readable by its owner alone', async () => {
    const bytes = randomBytes(INLINE_LIMIT_BYTES + 7);
    const row = await store.prepare('west-mercia', bytes);
    expect(row).toMatchObject({ size_bytes: bytes.length, bytes: null });
    const { size, mode } = await stat(store.path('west-mercia', sha256(bytes)));
    expect({ size, mode: mode & 0o777 }).toEqual({ size: bytes.length, mode: 0o600 });
  });

  it('keeps one copy of the same content, however many bring it at once', async () => {
    const bytes = randomBytes(INLINE_LIMIT_BYTES + 3);
    const small = Buffer.from('the same');
    await Promise.all(Array.from({ length: 5 }, () => keep('west-mercia', bytes, small)));
    const files = await readdir(join(store.path('west-mercia', sha256(bytes)), '..'));
    expect(files).toEqual([sha256(bytes).toString('hex')]);
    expect(await database.rows(`SELECT FROM stored_content WHERE sha256 = $1`, [sha256(small)])).toHaveLength(1);
    expect((await read('west-mercia', bytes)).equals(bytes)).toBe(true);
  });

  it('mends a file that a crash left short', async () => {
    const bytes = randomBytes(INLINE_LIMIT_BYTES + 5);
    await keep('west-mercia', bytes);
    await writeFile(store.path('west-mercia', sha256(bytes)), bytes.subarray(0, 100));
    await expect(read('west-mercia', bytes)).rejects.toThrow('does not match its address');
    await keep('west-mercia', bytes);
    expect((await read('west-mercia', bytes)).equals(bytes)).toBe(true);
  });

  it('refuses content that was changed under its address', async () => {
    const bytes = randomBytes(INLINE_LIMIT_BYTES + 9);
    await keep('west-mercia', bytes);
    const forged = Buffer.from(bytes);
    forged[0] = (forged[0] ?? 0) ^ 1;
    await writeFile(store.path('west-mercia', sha256(bytes)), forged);
    await expect(read('west-mercia', bytes)).rejects.toThrow('does not match its address');
  });

  it('knows nothing of another office’s content', async () => {
    const bytes = Buffer.from('for one office');
    await keep('west-mercia', bytes);
    await expect(read('staffordshire', bytes)).rejects.toThrow('missing');
  });
});
