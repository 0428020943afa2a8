import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, londonDate } from '@app/kernel';
import type { Office } from '@app/offices';
import { BulkInsert, ContentStore, EventStore, UnitOfWork, byteaText, sha256, type ContentRow } from '@app/platform';
import { OfficeCommits } from './office-commits';

/** One mail as it was received for one mailbox. */
export interface ReceivedMail {
  readonly mailbox: string;
  readonly envelopeFrom: string;
  readonly envelopeTo: readonly string[];
  readonly raw: Uint8Array;
}

export interface StoredMail {
  readonly itemId: string;
  /** True when the same octets were received before: counted, not filed again. */
  readonly isRepeat: boolean;
}

interface PreparedMail extends ReceivedMail {
  readonly digest: Buffer;
  readonly content: ContentRow;
}

/** Stream of an intake item. */
export function intakeStream(itemId: string): string {
  return `intake-${itemId}`;
}

/**
 * Makes mail durable: raw octets, ledger entry, event and outbox row in one commit, shared by mails that arrive
 * together. One mail is mailbox + SHA-256 of the octets. Parsing comes later, through the queue.
 */
@Injectable()
export class MailStore {
  readonly #commits = new OfficeCommits<PreparedMail, StoredMail>((office, mails) => this.commit(office, mails));

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: EventStore,
    private readonly content: ContentStore,
    private readonly clock: Clock,
  ) {}

  /** Resolves after the commit. */
  async accept(office: Office, mail: ReceivedMail): Promise<StoredMail> {
    const digest = sha256(mail.raw);
    const content = await this.content.prepare(office.id, mail.raw, digest);
    return this.#commits.submit(office.id, { ...mail, digest, content });
  }

  /** Resolves when nothing waits for a commit any more. */
  idle(): Promise<void> {
    return this.#commits.idle();
  }

  private commit(office: string, mails: readonly PreparedMail[]): Promise<StoredMail[]> {
    return this.unitOfWork.run(async (manager) => {
      const now = this.clock.now();
      const receivedOn = londonDate(now);
      const rows = mails.map((mail) => ({
        id: randomUUID(),
        office,
        source: 'smtp',
        mailbox: mail.mailbox,
        channel: 'email',
        sha256: byteaText(mail.digest),
        size_bytes: mail.raw.length,
        envelope_from: mail.envelopeFrom,
        envelope_to: mail.envelopeTo,
        received_at: now,
        received_on: receivedOn,
      }));
      const added: { id: string }[] = await manager.query(
        `INSERT INTO intake_item (id, office, source, mailbox, channel, sha256, size_bytes, envelope_from, envelope_to, received_at, received_on)
         SELECT id, office, source, mailbox, channel, sha256, size_bytes, envelope_from, envelope_to, received_at, received_on
           FROM json_populate_recordset(NULL::intake_item, $1) ORDER BY mailbox, sha256
         ON CONFLICT (mailbox, sha256) WHERE source = 'smtp' DO NOTHING RETURNING id`,
        [JSON.stringify(rows)],
      );
      const addedIds = new Set(added.map((row) => row.id));
      const isNew = rows.map((row) => addedIds.has(row.id));
      const known = await this.knownItems(mails.filter((_, index) => !isNew[index]));
      const bulk = new BulkInsert();
      this.content.addTo(
        bulk,
        mails.map((mail) => mail.content),
      );
      const results = mails.map((mail, index): StoredMail => {
        const row = rows[index];
        if (row && isNew[index]) return { itemId: row.id, isRepeat: false };
        const itemId = known.get(keyOf(mail)) ?? '';
        bulk.add('intake_redelivery', { office, item_id: itemId, received_at: now, received_on: receivedOn });
        return { itemId, isRepeat: true };
      });
      await this.store.append(
        mails.flatMap((mail, index) => {
          const row = rows[index];
          if (!row || !isNew[index]) return [];
          const data = {
            itemId: row.id,
            source: 'smtp',
            mailbox: mail.mailbox,
            channel: 'email',
            sha256: mail.digest.toString('hex'),
            sizeBytes: mail.raw.length,
            receivedOn,
          };
          return [
            {
              stream: intakeStream(row.id),
              office,
              expectedVersion: 0,
              events: [{ type: 'intake.item-received', schemaVersion: 1, data, effectiveAt: now }],
            },
          ];
        }),
        bulk,
      );
      await bulk.run(manager);
      return results;
    });
  }

  private async knownItems(mails: readonly PreparedMail[]): Promise<Map<string, string>> {
    if (mails.length === 0) return new Map();
    const rows: { id: string; mailbox: string; sha256: Buffer }[] = await this.unitOfWork.manager.query(
      `SELECT i.id, i.mailbox, i.sha256 FROM intake_item i
         JOIN unnest($1::text[], $2::bytea[]) AS m (mailbox, sha256) ON m.mailbox = i.mailbox AND m.sha256 = i.sha256
        WHERE i.source = 'smtp'`,
      [mails.map((mail) => mail.mailbox), mails.map((mail) => mail.digest)],
    );
    return new Map(rows.map((row) => [`${row.mailbox} ${row.sha256.toString('hex')}`, row.id]));
  }
}

function keyOf(mail: PreparedMail): string {
  return `${mail.mailbox} ${mail.digest.toString('hex')}`;
}
