import { Injectable, Logger } from '@nestjs/common';
import { AssuranceTimers } from '@app/assurance';
import { WatchDeadlines } from '@app/casework';
import { safeError } from '@app/http';
import { DigestTimer } from '@app/oversight';
import { Engine, UnitOfWork, runAs, systemCaller } from '@app/platform';
import { VirusScan } from '@app/scanning';

/** Starts everything that works behind the scenes in this process. */
@Injectable()
export class PostbagWorker {
  readonly #logger = new Logger('worker');

  constructor(
    private readonly engine: Engine,
    private readonly unitOfWork: UnitOfWork,
    private readonly deadlines: WatchDeadlines,
    private readonly assurance: AssuranceTimers,
    private readonly digests: DigestTimer,
    private readonly virusScan: VirusScan,
  ) {}

  async start(): Promise<void> {
    const onError = (what: string, error: unknown): void =>
      this.#logger.warn({ what, ...safeError(error) }, 'will be tried again');
    await this.engine.start(onError);
    this.virusScan.start(onError);
    await runAs(systemCaller('worker'), () =>
      this.unitOfWork.run(async () => {
        await this.deadlines.arm();
        await this.assurance.arm();
        await this.digests.arm();
      }),
    );
  }
}
