import { Injectable } from '@nestjs/common';
import { addDays, Clock, londonDate, startOfLondonDay } from '@app/kernel';
import { Timers, UnitOfWork } from '@app/platform';

export const SWEEP_TIMER = 'assurance.sweep';
export const SEAL_TIMER = 'assurance.seal-log';

const SWEEP_EVERY_MS = 5 * 60_000;
const SEALED_AT_MS = 10 * 60_000;
/** One of each kind runs for the whole installation. */
const SUBJECT = 'all';

/** Keeps the sweep and the seal going: each sets its next timer; a starting process sets what is missing. */
@Injectable()
export class AssuranceTimers {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly timers: Timers,
    private readonly clock: Clock,
  ) {}

  /** At start-up, as often as wanted: sweeps now, and seals now where this day's seal is not there yet. */
  async arm(): Promise<void> {
    await this.unitOfWork.run(async (manager) => {
      const now = this.clock.now();
      await this.set(SWEEP_TIMER, now);
      const sealed: unknown[] = await manager.query(`SELECT 1 FROM log_seal WHERE day = $1`, [londonDate(now)]);
      await this.set(SEAL_TIMER, sealed.length > 0 ? this.nextSeal() : now);
    });
  }

  /** In the open transaction. */
  sweepAgain(): Promise<void> {
    return this.set(SWEEP_TIMER, new Date(this.clock.now().getTime() + SWEEP_EVERY_MS));
  }

  /** In the open transaction. */
  sealAgain(): Promise<void> {
    return this.set(SEAL_TIMER, this.nextSeal());
  }

  /** Ten past midnight in London, when the day before is over for every process. */
  private nextSeal(): Date {
    const tomorrow = addDays(londonDate(this.clock.now()), 1);
    return new Date(startOfLondonDay(tomorrow).getTime() + SEALED_AT_MS);
  }

  private set(kind: string, dueAt: Date): Promise<void> {
    return this.timers.set({ kind, office: null, subject: SUBJECT, dueAt });
  }
}
