import { Injectable } from '@nestjs/common';
import { Clock, londonDate, type JsonObject } from '@app/kernel';
import { currentCaller, EventStore, UnitOfWork } from '@app/platform';
import { NOTIFICATION_EVENT_VERSIONS, type NotificationEventType } from '../domain/notification.events';
import { OutgoingNotFound, OutgoingNotInState } from '../domain/outgoing.errors';
import { statusesBefore, type OutgoingStatus } from '../domain/outgoing-status';
import { HEAD_COLUMNS, isId, streamOf, toHead, type OutgoingHead, type OutgoingHeadRow } from './outgoing-row';
import type { PrivateReason } from './private-reason';

/** Columns that go with a change of status. Names come from code, never from a request. */
type Columns = Readonly<Record<string, unknown>>;

/** Keeping the token of an uncertain one lets the attempt that sent it say so when it comes back. */
const KEEPS_TOKEN: ReadonlySet<OutgoingStatus> = new Set(['sending', 'uncertain']);

/** The one place that moves outgoing messages from status to status and records it, in the open transaction. */
@Injectable()
export class OutgoingChanges {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: EventStore,
    private readonly clock: Clock,
  ) {}

  /** The message of one of the caller's offices, locked. @throws OutgoingNotFound */
  async find(id: string): Promise<OutgoingHead> {
    if (!isId(id)) throw new OutgoingNotFound();
    const { offices, system } = currentCaller();
    const [row]: OutgoingHeadRow[] = await this.unitOfWork.manager.query(
      `SELECT ${HEAD_COLUMNS} FROM outgoing_message WHERE id = $1 AND ($2 OR office = ANY($3)) FOR UPDATE`,
      [id, system, offices],
    );
    if (!row) throw new OutgoingNotFound();
    return toHead(row);
  }

  /** For a person's act. @throws OutgoingNotInState naming what was wanted and why it cannot be. */
  require(message: OutgoingHead, from: readonly OutgoingStatus[], wanted: string): void {
    if (!from.includes(message.status)) throw new OutgoingNotInState(wanted, message.status);
  }

  /**
   * Moves the message if it may go there; with `token`, only while that attempt is the one that sends it.
   * Returns null where it is not, or no longer, in such a status.
   */
  async move(id: string, to: OutgoingStatus, columns: Columns = {}, token?: string): Promise<OutgoingHead | null> {
    const set = Object.entries(KEEPS_TOKEN.has(to) ? columns : { sending_token: null, accepted_at: null, ...columns });
    const assignments = set.map(([column], index) => `, ${column} = $${String(index + 5)}`).join('');
    const [[row]]: [OutgoingHeadRow[], number] = await this.unitOfWork.manager.query(
      `UPDATE outgoing_message SET status = $2${assignments}
        WHERE id = $1 AND status = ANY($3) AND ($4::uuid IS NULL OR sending_token = $4) RETURNING ${HEAD_COLUMNS}`,
      [id, to, statusesBefore(to), token ?? null, ...set.map(([, value]) => value)],
    );
    return row ? toHead(row) : null;
  }

  /**
   * Marks a message sent by whoever knows that it was: the attempt that holds the token, also after it was declared
   * uncertain or bounced in the meantime, or without a token the transport that sends within this transaction.
   */
  async markDelivered(id: string, transport: string, token: string | null): Promise<OutgoingHead | null> {
    const now = this.clock.now();
    const [[row]]: [OutgoingHeadRow[], number] = await this.unitOfWork.manager.query(
      `UPDATE outgoing_message
          SET status = CASE WHEN status = 'bounced' THEN status ELSE 'sent' END,
              transport = $2, sent_at = $3, error = NULL, sending_token = NULL
        WHERE id = $1 AND sent_at IS NULL
          AND (status IN ('queued', 'failed') OR (status IN ('sending', 'uncertain', 'bounced') AND sending_token = $4))
        RETURNING ${HEAD_COLUMNS}`,
      [id, transport, now, token],
    );
    if (!row) return null;
    await this.showInThread(row.case_id, id, now);
    return toHead(row);
  }

  /** The thread shows when a message went out, not when it was written. */
  async showInThread(caseId: string | null, id: string, sentAt: Date): Promise<void> {
    await this.unitOfWork.manager.query(
      `UPDATE case_message SET at = $3 WHERE case_id = $1 AND outgoing_message_id = $2`,
      [caseId, id, sentAt],
    );
  }

  /** `reason`: only where a person stated that it had been sent. */
  async recordSent(
    message: OutgoingHead,
    transport: string | null,
    reason: PrivateReason | null = null,
  ): Promise<void> {
    await this.record(message, 'notifications.message-sent', {
      on: londonDate(this.clock.now()),
      transport,
      reasonId: reason?.reasonId ?? null,
      reasonCommitment: reason?.reasonCommitment ?? null,
    });
  }

  /** Appends one event to the message's stream; ids and kind are added to `data`. */
  async record(message: OutgoingHead, type: NotificationEventType, data: JsonObject = {}): Promise<void> {
    const { id, office, caseId, kind, version } = message;
    await this.unitOfWork.manager.query(`UPDATE outgoing_message SET version = version + 1 WHERE id = $1`, [id]);
    await this.store.append([
      {
        stream: streamOf(id),
        office,
        expectedVersion: version,
        events: [
          {
            type,
            schemaVersion: NOTIFICATION_EVENT_VERSIONS[type],
            data: { outgoingMessageId: id, caseId, kind, ...data },
            effectiveAt: this.clock.now(),
          },
        ],
      },
    ]);
  }
}
