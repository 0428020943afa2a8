import { Injectable } from '@nestjs/common';
import { addDays, Clock, londonDate, startOfLondonDay } from '@app/kernel';
import { Config, Timers, UnitOfWork } from '@app/platform';

export const DIGEST_TIMER = 'oversight.send-digests';
const SUBJECT = 'all';

/** Keeps the daily mail going: each day's sending sets the next day's timer, a starting process a missing one. */
@Injectable()
export class DigestTimer {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly timers: Timers,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** At start-up, as often as wanted. A timer that is due already stays: its letters have not gone out. */
  async arm(): Promise<void> {
    await this.unitOfWork.run(async (manager) => {
      const waiting: unknown[] = await manager.query(
        `SELECT 1 FROM scheduled_action
          WHERE kind = $1 AND subject = $2 AND fired_at IS NULL AND cancelled_at IS NULL AND data ->> 'at' = $3`,
        [DIGEST_TIMER, SUBJECT, this.config.digestAt],
      );
      if (waiting.length === 0) await this.again();
    });
  }

  /** In the open transaction. Summer time begins and ends on Sundays, so the hours after midnight are those of the clock. */
  async again(): Promise<void> {
    const now = this.clock.now();
    const [hours = 0, minutes = 0] = this.config.digestAt.split(':').map(Number);
    const at = (day: string): Date => new Date(startOfLondonDay(day).getTime() + (hours * 60 + minutes) * 60_000);
    const today = londonDate(now);
    const dueAt = at(today) > now ? at(today) : at(addDays(today, 1));
    await this.timers.set({
      kind: DIGEST_TIMER,
      office: null,
      subject: SUBJECT,
      dueAt,
      data: { at: this.config.digestAt },
    });
  }
}
