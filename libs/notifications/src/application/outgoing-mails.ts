import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@app/platform';
import type { DeliveryState } from '../domain/next-delivery-step';
import { ForwardedItem } from './forwarded-item';
import type { OutgoingMail } from './mail-transport';
import { HEAD_COLUMNS, toHead, type OutgoingHead, type OutgoingHeadRow } from './outgoing-row';

interface MailRow extends OutgoingHeadRow {
  mail_message_id: string;
  from_address: string;
  from_name: string | null;
  to_address: string;
  subject: string;
  body: string;
  in_reply_to: string | null;
  reference_ids: string[];
  attached_item_id: string | null;
  automatic: boolean;
  is_accepted: boolean;
  is_lease_live: boolean;
  sending_token: string | null;
}

/** A stored message as the worker that is to send it finds it. */
export interface FoundMessage {
  readonly head: OutgoingHead;
  readonly state: DeliveryState;
  /** The attempt that is, or was, sending it. */
  readonly token: string | null;
  /** Composes the mail with what goes along, in the open transaction. */
  mail(): Promise<OutgoingMail>;
}

/** Reads stored messages for sending. */
@Injectable()
export class OutgoingMails {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly forwardedItem: ForwardedItem,
  ) {}

  /** The message, locked until the open transaction ends; null when there is none. */
  async find(id: string): Promise<FoundMessage | null> {
    const [row]: MailRow[] = await this.unitOfWork.manager.query(
      `SELECT ${HEAD_COLUMNS}, mail_message_id, from_address, from_name, to_address, subject, body, in_reply_to,
              reference_ids, attached_item_id, automatic, sending_token, accepted_at IS NOT NULL AS is_accepted,
              coalesce(sending_lease_until > clock_timestamp(), false) AS is_lease_live
         FROM outgoing_message WHERE id = $1 FOR UPDATE`,
      [id],
    );
    if (!row) return null;
    return {
      head: toHead(row),
      state: { status: row.status, isAcceptedByServer: row.is_accepted, isLeaseLive: row.is_lease_live },
      token: row.sending_token,
      mail: async () => ({
        mailMessageId: row.mail_message_id,
        from: row.from_address,
        fromName: row.from_name,
        to: row.to_address,
        subject: row.subject,
        body: row.body,
        inReplyTo: row.in_reply_to,
        references: row.reference_ids,
        automatic: row.automatic,
        files: [
          ...(row.attached_item_id === null ? [] : await this.forwardedItem.files(row.office, row.attached_item_id)),
          ...(await this.forwardedItem.own(row.office, id)),
        ],
      }),
    };
  }
}
