import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '@app/platform';
import { OpenAttention } from './open-attention';
import { OutgoingChanges } from './outgoing-changes';

/** A person has checked and wants a message sent that may not have gone out, or was refused. */
export class ResendOutgoing extends Command<void> {
  constructor(readonly id: string) {
    super();
  }
}

/** It goes out under the same Message-ID: where the first copy did arrive, most mail systems show one. */
@CommandHandler(ResendOutgoing)
export class ResendOutgoingHandler implements ICommandHandler<ResendOutgoing> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly changes: OutgoingChanges,
    private readonly openAttention: OpenAttention,
  ) {}

  execute({ id }: ResendOutgoing): Promise<void> {
    return this.unitOfWork.run(async () => {
      const message = await this.changes.find(id);
      this.changes.require(message, ['uncertain', 'failed'], 'sent again');
      await this.changes.move(id, 'queued', { error: null });
      await this.openAttention.close(id, 'A person had the message sent again.');
      await this.changes.record(message, 'notifications.message-resend-asked');
    });
  }
}
