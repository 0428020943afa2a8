import { Injectable } from '@nestjs/common';
import { Clock, londonDate } from '@app/kernel';
import { Consumer, Consumes, EventFeed, LogVerifier, UnitOfWork } from '@app/platform';
import { AssuranceTimers, SEAL_TIMER } from './assurance-timers';

/** Once a London day: keeps the root over every stream, so that a stream or a tail that was removed later shows. */
@Injectable()
@Consumes({ name: SEAL_TIMER, queue: 'deadlines', timers: [SEAL_TIMER], attempts: 1000 })
export class SealLog extends Consumer {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly feed: EventFeed,
    private readonly verifier: LogVerifier,
    private readonly timers: AssuranceTimers,
    private readonly clock: Clock,
  ) {
    super();
  }

  async handle(): Promise<void> {
    const { manager } = this.unitOfWork;
    // The root is over the whole log, however long it has become.
    await manager.query(`SET LOCAL statement_timeout = 0`);
    const position = await this.feed.head();
    const { root, streams, events } = await this.verifier.rootAt(position);
    await manager.query(
      `INSERT INTO log_seal (day, position, streams, events, root) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
      [londonDate(this.clock.now()), position, streams, events, root],
    );
    await this.timers.sealAgain();
  }
}
