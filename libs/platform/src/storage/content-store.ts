import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { byteaText, type BulkInsert } from '../persistence/bulk-insert';
import { UnitOfWork } from '../persistence/unit-of-work';

/** Up to this size content commits with the ledger in PostgreSQL; larger content goes to the file store first. */
export const INLINE_LIMIT_BYTES = 1024 * 1024;

export interface ContentRow {
  readonly office: string;
  readonly sha256: string;
  readonly size_bytes: number;
  readonly bytes: string | null;
}

export function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}

/** Immutable, content-addressed bytes of an office. */
export class ContentStore {
  constructor(
    private readonly folder: string,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Makes the bytes durable as far as the file store goes and returns the row for `stored_content`, which the caller
   * writes in its transaction: large content is on disk and synced before the commit that names it.
   */
  async prepare(office: string, bytes: Uint8Array, digest: Buffer = sha256(bytes)): Promise<ContentRow> {
    const isInline = bytes.length <= INLINE_LIMIT_BYTES;
    if (!isInline) await this.writeFile(office, digest, bytes);
    return { office, sha256: byteaText(digest), size_bytes: bytes.length, bytes: isInline ? byteaText(bytes) : null };
  }

  /** Adds the rows to a bulk insert; content that is there already stays as it is. */
  addTo(bulk: BulkInsert, rows: readonly ContentRow[]): void {
    // One order for all writers, so that two batches with the same files wait instead of dead-locking.
    const sorted = [...rows].sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1));
    bulk.addUnlessThere('stored_content', ...sorted.map((row) => ({ ...row })));
  }

  /** @throws Error when the content is not there or does not match its address. */
  async read(office: string, digest: Buffer): Promise<Buffer> {
    const [row]: { bytes: Buffer | null }[] = await this.unitOfWork.manager.query(
      `SELECT bytes FROM stored_content WHERE office = $1 AND sha256 = $2`,
      [office, digest],
    );
    if (!row) throw new Error('Stored content is missing');
    const bytes = row.bytes ?? (await readFile(this.path(office, digest)));
    if (!sha256(bytes).equals(digest)) throw new Error('Stored content does not match its address');
    return bytes;
  }

  path(office: string, digest: Buffer): string {
    const hex = digest.toString('hex');
    return join(this.folder, office, hex.slice(0, 2), hex);
  }

  private async writeFile(office: string, digest: Buffer, bytes: Uint8Array): Promise<void> {
    const target = this.path(office, digest);
    const existing = await stat(target).catch(() => null);
    if (existing?.size === bytes.length) return;
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    const temporary = `${target}.${randomBytes(6).toString('hex')}`;
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, target);
    const folder = await open(dirname(target), 'r');
    await folder.sync().finally(() => folder.close());
  }
}
