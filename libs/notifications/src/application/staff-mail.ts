import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '@app/kernel';
import { BulkInsert, EventStore, UnitOfWork } from '@app/platform';
import { headerLine } from '../domain/header-line';
import { isMailAddress } from '../domain/mail-address';
import { mailMessageId } from '../domain/mail-message-id';
import { NOTIFICATION_EVENT_VERSIONS } from '../domain/notification.events';
import { UnusableMailAddress } from '../domain/outgoing.errors';
import { streamOf } from './outgoing-row';

/** A letter that is about no one case: to somebody of the office, or to the writer of what is not sent yet. */
export interface StaffLetter {
  /** Says which letter this is: the same key is never sent twice. */
  readonly key: string;
  readonly kind: 'digest' | 'draft-link';
  readonly office: string;
  readonly day: string;
  readonly from: string;
  readonly fromName: string;
  readonly to: string;
  readonly subject: string;
  readonly body: string;
}

const LONGEST_SUBJECT = 200;
const LONGEST_NAME = 100;

/** Takes letters to staff to be sent, in the caller's open transaction. */
@Injectable()
export class StaffMail {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: EventStore,
    private readonly clock: Clock,
  ) {}

  /** Whether it was queued: false where the letter of that key is there already. @throws UnusableMailAddress */
  async queue({ key, kind, office, day, from, fromName, to, subject, body }: StaffLetter): Promise<boolean> {
    for (const [field, address] of [['from', from] as const, ['to', to] as const]) {
      if (!isMailAddress(address)) throw new UnusableMailAddress(field);
    }
    const id = idOf(`${kind} ${key}`);
    const { manager } = this.unitOfWork;
    const known: unknown[] = await manager.query(`SELECT 1 FROM outgoing_message WHERE id = $1`, [id]);
    if (known.length > 0) return false;
    const now = this.clock.now();
    const bulk = new BulkInsert().add('outgoing_message', {
      id,
      office,
      case_id: null,
      kind,
      mail_message_id: mailMessageId({ kind, caseReference: day, ordinal: 1, from, outgoingMessageId: id }),
      from_address: from,
      from_name: headerLine(fromName, LONGEST_NAME),
      to_address: to,
      subject: headerLine(subject, LONGEST_SUBJECT),
      body,
      in_reply_to: null,
      reference_ids: [],
      attached_item_id: null,
      automatic: true,
      status: 'queued',
      queued_at: now,
      not_before: null,
      version: 1,
    });
    const type = 'notifications.message-queued';
    const data = { outgoingMessageId: id, caseId: null, kind, automatic: true, notBefore: null };
    const event = { type, schemaVersion: NOTIFICATION_EVENT_VERSIONS[type], data, effectiveAt: now };
    await this.store.append([{ stream: streamOf(id), office, expectedVersion: 0, events: [event] }], bulk);
    await bulk.run(manager);
    return true;
  }
}

/** The same text gives the same id (RFC 9562, 5.8), and so the same row and Message-ID. */
function idOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
