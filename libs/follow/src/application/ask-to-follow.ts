import { randomUUID } from 'node:crypto';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Clock } from '@app/kernel';
import { Timers, UnitOfWork } from '@app/platform';
import { addressHash } from '../domain/follow-secret';

export const CONSIDER_REQUEST = 'follow.consider-request';

/** Somebody asks for a link to a case. */
export class AskToFollow extends Command<void> {
  constructor(
    readonly reference: string,
    readonly email: string,
  ) {
    super();
  }
}

/**
 * Takes the request and looks nothing up: the work and its time are the same for every reference and every address.
 * Whether there is such a case is found out afterwards, by a consumer.
 */
@CommandHandler(AskToFollow)
export class AskToFollowHandler implements ICommandHandler<AskToFollow> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly timers: Timers,
    private readonly clock: Clock,
  ) {}

  execute({ reference, email }: AskToFollow): Promise<void> {
    return this.unitOfWork.run(async (manager) => {
      const id = randomUUID();
      await manager.query(`INSERT INTO follow_request (id, reference, address_hash) VALUES ($1, $2, $3)`, [
        id,
        reference,
        addressHash(id, email),
      ]);
      await this.timers.set({ kind: CONSIDER_REQUEST, office: null, subject: id, dueAt: this.clock.now() });
    });
  }
}
