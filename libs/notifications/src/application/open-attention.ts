import { Injectable } from '@nestjs/common';
import { Attention, UnitOfWork } from '@app/platform';
import { streamOf } from './outgoing-row';

/** The consumer that delivers; its name is stored in outbox, inbox and attention rows. */
export const DELIVER_CONSUMER = 'notifications.deliver';

/** Closes the "needs attention" entries of a message that has been settled otherwise, so that no retry is left open. */
@Injectable()
export class OpenAttention {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly attention: Attention,
  ) {}

  async close(outgoingMessageId: string, reason: string): Promise<void> {
    const rows: { id: string }[] = await this.unitOfWork.manager.query(
      // A timer's entry names its subject, an event's its stream.
      `SELECT id FROM needs_attention WHERE state = 'open' AND consumer = $1 AND stream IN ($2, $3)`,
      [DELIVER_CONSUMER, outgoingMessageId, streamOf(outgoingMessageId)],
    );
    for (const { id } of rows) await this.attention.dismiss(id, reason);
  }
}
