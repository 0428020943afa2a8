import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '@app/platform';
import { Outgoing } from './outgoing';

/** Takes a message back within its undo window. */
export class CancelOutgoing extends Command<void> {
  constructor(readonly id: string) {
    super();
  }
}

/** Refuses once the message has begun to go out. */
@CommandHandler(CancelOutgoing)
export class CancelOutgoingHandler implements ICommandHandler<CancelOutgoing> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly outgoing: Outgoing,
  ) {}

  execute({ id }: CancelOutgoing): Promise<void> {
    return this.unitOfWork.run(() => this.outgoing.cancel(id));
  }
}
