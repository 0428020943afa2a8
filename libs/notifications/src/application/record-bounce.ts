import { Injectable } from '@nestjs/common';
import { Clock } from '@app/kernel';
import { UnitOfWork } from '@app/platform';
import { bareMessageId } from '../domain/mail-message-id';
import { mayBecome } from '../domain/outgoing-status';
import { OpenAttention } from './open-attention';
import { OutgoingChanges } from './outgoing-changes';
import { HEAD_COLUMNS, toHead, type OutgoingHeadRow } from './outgoing-row';

export type BounceSeverity = 'hard' | 'soft' | 'unknown';

export interface BouncedMessage {
  readonly outgoingMessageId: string;
  readonly caseId: string;
}

/** The worst that is known counts: "mailbox full" after "no such person" changes nothing. */
const GRAVITY: Readonly<Record<BounceSeverity, number>> = { unknown: 1, soft: 2, hard: 3 };

/** Ties bounces to the letters that bounced, in the caller's open transaction. */
@Injectable()
export class OutgoingBounces {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly changes: OutgoingChanges,
    private readonly openAttention: OpenAttention,
    private readonly clock: Clock,
  ) {}

  /** Which of the office's messages a bounce is about, by the Message-IDs it quotes; null if none. A repeat changes nothing. */
  async record(
    mailMessageIds: readonly string[],
    office: string,
    severity: BounceSeverity,
  ): Promise<BouncedMessage | null> {
    const [row]: (OutgoingHeadRow & { bounce_severity: BounceSeverity | null })[] = await this.unitOfWork.manager.query(
      `SELECT ${HEAD_COLUMNS}, bounce_severity FROM outgoing_message
        WHERE mail_message_id = ANY($1) AND office = $2 ORDER BY queued_at DESC, id LIMIT 1 FOR UPDATE`,
      [mailMessageIds.map((id) => bareMessageId(id).toLowerCase()), office],
    );
    if (!row) return null;
    const message = toHead(row);
    const known = row.bounce_severity;
    const isNews = known === null ? mayBecome(message.status, 'bounced') : GRAVITY[severity] > GRAVITY[known];
    if (isNews) {
      await this.unitOfWork.manager.query(
        // The attempt that sends keeps its token: it still has to say that it was sent.
        `UPDATE outgoing_message SET status = 'bounced', bounce_severity = $2, bounced_at = coalesce(bounced_at, $3)
          WHERE id = $1`,
        [message.id, severity, this.clock.now()],
      );
      await this.changes.record(message, 'notifications.message-bounced', { severity });
      await this.openAttention.close(message.id, 'It has come back as undeliverable, so it had been sent.');
    }
    // A letter to staff has no case to file its return on.
    return message.caseId === null ? null : { outgoingMessageId: message.id, caseId: message.caseId };
  }
}
