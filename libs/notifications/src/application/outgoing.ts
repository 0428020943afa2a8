import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '@app/kernel';
import { BulkInsert, byteaText, EventStore, Timers, UnitOfWork } from '@app/platform';
import { headerLine } from '../domain/header-line';
import { isMailAddress } from '../domain/mail-address';
import { bareMessageId, mailMessageId } from '../domain/mail-message-id';
import { NOTIFICATION_EVENT_VERSIONS } from '../domain/notification.events';
import { UnusableMailAddress } from '../domain/outgoing.errors';
import { belongsToThread, type OutgoingKind } from '../domain/outgoing-status';
import { OutgoingChanges } from './outgoing-changes';
import { streamOf } from './outgoing-row';

export const SEND_LATER = 'notifications.send-later';

const LONGEST_SUBJECT = 200;
const LONGEST_NAME = 100;
const MOST_REFERENCES = 20;

/** A stored file of our own that goes along with a message. */
export interface OutgoingFile {
  readonly filename: string;
  readonly contentType: string;
  readonly sizeBytes: number;
  /** Its address in the content store of the office. */
  readonly sha256: Buffer;
}

export interface OutgoingRequest {
  readonly office: string;
  readonly caseId: string;
  readonly caseReference: string;
  readonly kind: OutgoingKind;
  readonly from: string;
  /** Shown beside the address, such as the office's name. */
  readonly fromName?: string | null;
  readonly to: string;
  readonly subject: string;
  readonly body: string;
  /** Message-ID that this answers, with or without angle brackets. */
  readonly inReplyTo: string | null;
  readonly references?: readonly string[];
  /** Item of the intake ledger that goes along, as received. */
  readonly attachedItemId?: string | null;
  /** No person decided to send this one message. */
  readonly automatic: boolean;
  /** Undo window: it can be cancelled until then, and does not go out before. */
  readonly notBefore?: Date | null;
  /** Only for kinds that the thread shows: there they can be seen. */
  readonly files?: readonly OutgoingFile[];
}

export interface QueuedMessage {
  readonly id: string;
  /** Without angle brackets. */
  readonly mailMessageId: string;
}

/** Takes messages to be sent. Everything here runs in the caller's open transaction and commits with it. */
@Injectable()
export class Outgoing {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: EventStore,
    private readonly timers: Timers,
    private readonly changes: OutgoingChanges,
    private readonly clock: Clock,
  ) {}

  /** Stores the intent to send. @throws UnusableMailAddress */
  async queue(message: OutgoingRequest): Promise<QueuedMessage> {
    for (const field of ['from', 'to'] as const) {
      if (!isMailAddress(message[field])) throw new UnusableMailAddress(field);
    }
    const now = this.clock.now();
    const notBefore = message.notBefore && message.notBefore > now ? message.notBefore : null;
    const id = randomUUID();
    const ordinal = await this.nextOrdinal(message);
    const mailId = mailMessageId({ ...message, ordinal, outgoingMessageId: id });
    const { office, caseId, kind } = message;
    const bulk = new BulkInsert().add('outgoing_message', outgoingRow(message, id, mailId, now, notBefore));
    const inThread = threadRow(message, id, now);
    if (belongsToThread(kind)) bulk.add('case_message', inThread);
    if (message.files?.length) bulk.add('message_attachment', ...fileRows(message, inThread.id));
    await this.store.append(
      [
        {
          stream: streamOf(id),
          office,
          expectedVersion: 0,
          events: [
            {
              type: 'notifications.message-queued',
              schemaVersion: NOTIFICATION_EVENT_VERSIONS['notifications.message-queued'],
              data: {
                outgoingMessageId: id,
                caseId,
                kind,
                automatic: message.automatic,
                notBefore: notBefore?.toISOString() ?? null,
              },
              effectiveAt: now,
            },
          ],
        },
      ],
      bulk,
    );
    await bulk.run(this.unitOfWork.manager);
    // So that replies and bounces find the case.
    await this.unitOfWork.manager.query(
      `INSERT INTO mail_thread_id (office, message_id_header, case_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
      [office, mailId, caseId],
    );
    if (notBefore) {
      await this.timers.set({
        kind: SEND_LATER,
        office,
        subject: id,
        dueAt: notBefore,
        data: { outgoingMessageId: id },
      });
    }
    return { id, mailMessageId: mailId };
  }

  /**
   * Takes a message back that has not begun to go out; it leaves the thread.
   * @throws OutgoingNotFound @throws OutgoingNotInState
   */
  async cancel(id: string): Promise<void> {
    const message = await this.changes.find(id);
    this.changes.require(message, ['queued'], 'cancelled');
    await this.changes.move(id, 'cancelled');
    await this.timers.cancel(SEND_LATER, id);
    await this.unitOfWork.manager.query(
      `DELETE FROM message_attachment WHERE message_id IN
         (SELECT id FROM case_message WHERE case_id = $1 AND outgoing_message_id = $2)`,
      [message.caseId, id],
    );
    await this.unitOfWork.manager.query(`DELETE FROM case_message WHERE case_id = $1 AND outgoing_message_id = $2`, [
      message.caseId,
      id,
    ]);
    await this.changes.record(message, 'notifications.message-cancelled');
  }

  /** Two at once may take the same number: the rest of the Message-ID still tells them apart. */
  private async nextOrdinal({ caseId, kind }: OutgoingRequest): Promise<number> {
    const [row]: { earlier: string }[] = await this.unitOfWork.manager.query(
      `SELECT count(*) AS earlier FROM outgoing_message WHERE case_id = $1 AND kind = $2`,
      [caseId, kind],
    );
    return Number(row?.earlier ?? 0) + 1;
  }
}

/** The row of a message that is to be sent. */
export function outgoingRow(
  message: OutgoingRequest,
  id: string,
  mailId: string,
  now: Date,
  notBefore: Date | null,
): Record<string, unknown> {
  const [inReplyTo = null] = usableIds(message.inReplyTo === null ? [] : [message.inReplyTo]);
  const references = usableIds(message.references ?? []);
  const all = inReplyTo === null ? references : [...references.filter((each) => each !== inReplyTo), inReplyTo];
  return {
    id,
    office: message.office,
    case_id: message.caseId,
    kind: message.kind,
    mail_message_id: mailId,
    from_address: message.from,
    from_name: senderName(message),
    to_address: message.to,
    subject: headerLine(message.subject, LONGEST_SUBJECT),
    body: message.body,
    in_reply_to: inReplyTo,
    // RFC 5322, 3.6.4: the thread's first mail and its nearest ones are what readers thread by.
    reference_ids: all.length <= MOST_REFERENCES ? all : [...all.slice(0, 1), ...all.slice(1 - MOST_REFERENCES)],
    attached_item_id: message.attachedItemId ?? null,
    automatic: message.automatic,
    status: 'queued',
    queued_at: now,
    not_before: notBefore,
    version: 1,
  };
}

/** The message as the case's thread shows it. */
export function threadRow(message: OutgoingRequest, id: string, now: Date): Record<string, unknown> {
  return {
    id: randomUUID(),
    case_id: message.caseId,
    office: message.office,
    direction: 'outbound',
    channel: 'email',
    at: now,
    from_name: senderName(message),
    from_address: message.from,
    to_addresses: [message.to],
    subject: headerLine(message.subject, LONGEST_SUBJECT),
    text: message.body,
    sender_on_case: true,
    problems: [],
    outgoing_message_id: id,
  };
}

/** What goes along, as files of the message in the thread. @throws Error for a kind that the thread does not show */
function fileRows(
  { kind, files = [], caseId, office }: OutgoingRequest,
  messageId: unknown,
): Record<string, unknown>[] {
  if (!belongsToThread(kind)) throw new Error(`No files go along with a message of the kind ${kind}`);
  return files.map((file) => ({
    id: randomUUID(),
    message_id: messageId,
    case_id: caseId,
    office,
    filename: file.filename,
    content_type: file.contentType,
    size_bytes: file.sizeBytes,
    sha256: byteaText(file.sha256),
    is_inline: false,
    scan_status: 'unscanned',
  }));
}

function senderName({ fromName }: OutgoingRequest): string | null {
  const name = headerLine(fromName ?? '', LONGEST_NAME);
  return name === '' ? null : name;
}

/** Ids come from strangers' mail: only those that a header can carry as they are. */
function usableIds(ids: readonly string[]): string[] {
  const bare = ids.map(bareMessageId).filter((id) => id.length <= 250 && /^[\x21-\x3b\x3d\x3f-\x7e]+$/.test(id));
  return [...new Set(bare)];
}
