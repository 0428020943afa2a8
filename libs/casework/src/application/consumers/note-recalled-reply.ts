import { Injectable } from '@nestjs/common';
import { Consumer, Consumes, type ConsumedMessage } from '@app/platform';
import { RecalledReplies } from '../recalled-replies';

/** A reply was taken back in the outbox: the case, which counted it as its answer, waits again. */
@Consumes({ name: 'casework.note-recalled-reply', queue: 'deadlines', events: ['notifications.message-cancelled'] })
@Injectable()
export class NoteRecalledReply extends Consumer {
  constructor(private readonly recalled: RecalledReplies) {
    super();
  }

  async handle({ data }: ConsumedMessage): Promise<void> {
    const { caseId, outgoingMessageId, kind } = data;
    if (kind !== 'reply' || typeof caseId !== 'string' || typeof outgoingMessageId !== 'string') return;
    await this.recalled.note(caseId, outgoingMessageId);
  }
}
