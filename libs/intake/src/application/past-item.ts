import { londonDate } from '@app/kernel';
import { byteaText, sha256, systemCaller, type PastLog, type StoredEvent } from '@app/platform';
import type { IntakeOutcome } from '../domain/intake.events';
import { intakeStream } from './store-mail';

/** An item as it came in. */
export interface PastReceipt {
  readonly office: string;
  /** The office's address for a mail, else how it was logged. */
  readonly mailbox: string;
  readonly channel: string;
  readonly raw: Uint8Array;
  readonly envelopeFrom: string | null;
  readonly at: Date;
}

/** An item of the past in the ledger, of source `import`: its content as received, and what became of it. */
export class PastItem {
  readonly id: string;
  readonly #digest: Buffer;
  readonly #received: StoredEvent | null;
  readonly #correlationId: string;

  constructor(
    private readonly log: PastLog,
    private readonly receipt: PastReceipt,
  ) {
    this.id = log.newId();
    const { office, raw } = receipt;
    this.#digest = sha256(raw);
    const content = { office, sha256: byteaText(this.#digest), size_bytes: raw.length, bytes: byteaText(raw) };
    log.rows.addUnlessThere('stored_content', content);
    this.#correlationId = log.newId();
    this.#received = this.isMail ? this.recordReceipt() : null;
  }

  /** The event that filing followed from; null for what was logged and filed in one. */
  get receivedEventId(): string | null {
    return this.#received?.id ?? null;
  }

  filed(outcome: IntakeOutcome, caseId: string, messageId: string, at: Date): void {
    const { office, mailbox, channel, raw, envelopeFrom, at: receivedAt } = this.receipt;
    this.log.rows.add('intake_item', {
      id: this.id,
      office,
      source: 'import',
      mailbox,
      channel,
      sha256: byteaText(this.#digest),
      size_bytes: raw.length,
      envelope_from: envelopeFrom,
      envelope_to: this.isMail ? [mailbox] : [],
      received_at: receivedAt,
      received_on: londonDate(receivedAt),
      outcome,
      case_id: caseId,
      filed_at: at,
    });
    if (!this.#received) return;
    const data = { itemId: this.id, outcome, caseId, messageId };
    const caller = systemCaller('intake.file-mail', this.#correlationId, this.#received.id);
    const event = { type: 'intake.item-filed', schemaVersion: 1, data, effectiveAt: at };
    this.log.append({ stream: intakeStream(this.id), office, events: [event], caller });
  }

  private get isMail(): boolean {
    return this.receipt.channel === 'email';
  }

  private recordReceipt(): StoredEvent | null {
    const { office, mailbox, channel, raw, at } = this.receipt;
    const data = {
      itemId: this.id,
      source: 'import',
      mailbox,
      channel,
      sha256: this.#digest.toString('hex'),
      sizeBytes: raw.length,
      receivedOn: londonDate(at),
    };
    const [stored] = this.log.append({
      stream: intakeStream(this.id),
      office,
      events: [{ type: 'intake.item-received', schemaVersion: 1, data, effectiveAt: at }],
      caller: systemCaller('intake', this.#correlationId),
    });
    return stored ?? null;
  }
}
