import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Clock } from '@app/kernel';
import { UnitOfWork } from '@app/platform';
import { ReasonMissing } from '../domain/outgoing.errors';
import { OpenAttention } from './open-attention';
import { OutgoingChanges } from './outgoing-changes';
import { keepReason } from './private-reason';

/** A person has found out that an uncertain message did go out. */
export class MarkOutgoingSent extends Command<void> {
  constructor(
    readonly id: string,
    readonly reason: string,
  ) {
    super();
  }
}

/** Settles an uncertain message without sending anything. */
@CommandHandler(MarkOutgoingSent)
export class MarkOutgoingSentHandler implements ICommandHandler<MarkOutgoingSent> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly changes: OutgoingChanges,
    private readonly openAttention: OpenAttention,
    private readonly clock: Clock,
  ) {}

  execute({ id, reason }: MarkOutgoingSent): Promise<void> {
    return this.unitOfWork.run(async () => {
      const message = await this.changes.find(id);
      if (reason.trim() === '') throw new ReasonMissing();
      this.changes.require(message, ['uncertain'], 'marked as sent');
      const sentAt = this.clock.now();
      await this.changes.move(id, 'sent', { sent_at: sentAt, error: null });
      await this.changes.showInThread(message.caseId, id, sentAt);
      await this.openAttention.close(id, 'A person marked the message as sent.');
      await this.changes.recordSent(message, null, await keepReason(this.unitOfWork, message, reason.trim()));
    });
  }
}
