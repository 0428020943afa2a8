import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Clock } from '@app/kernel';
import { isUnavailable, UnitOfWork } from '@app/platform';

const LEASE_SECONDS = 30;
const RENEW_EVERY_MS = 10_000;
/** Waits between tries to record what has happened outside, 24 seconds in all: a restart of PostgreSQL takes less. */
const PATIENCE_MS = [250, 500, 1_000, 2_000, 5_000, 5_000, 5_000, 5_000];

/**
 * Says which attempt is sending a message, and that it is alive: after a crash the lease runs out, and only then may
 * anyone conclude that nobody knows how the sending ended. Leases are in the database's own time, not business time.
 */
@Injectable()
export class SendingLease {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** In the open transaction, on a locked message that may be sent. */
  async take(id: string, token: string): Promise<void> {
    await this.unitOfWork.manager.query(
      `UPDATE outgoing_message SET status = 'sending', sending_token = $2, sending_since = $3, accepted_at = NULL,
              sending_lease_until = clock_timestamp() + make_interval(secs => $4)
        WHERE id = $1`,
      [id, token, this.clock.now(), LEASE_SECONDS],
    );
  }

  /** Runs `work` and renews the lease meanwhile. */
  async keep<T>(id: string, token: string, work: () => Promise<T>): Promise<T> {
    // A renewal that fails is made up for by the next; if all do, the worst is a question to a person.
    const timer = setInterval(() => void this.renew(id, token).catch(() => undefined), RENEW_EVERY_MS);
    try {
      return await work();
    } finally {
      clearInterval(timer);
    }
  }

  /** Commits that the server took the message, before anything else can go wrong. */
  async noteAccepted(id: string, token: string): Promise<void> {
    await this.insist(() =>
      this.unitOfWork.manager.query(
        `UPDATE outgoing_message SET accepted_at = clock_timestamp() WHERE id = $1 AND sending_token = $2`,
        [id, token],
      ),
    );
  }

  /** Runs `work` in its own transaction, again for a while if the database is away: what it records happened outside. */
  async insist<T>(work: () => Promise<T>): Promise<T> {
    for (const pause of PATIENCE_MS) {
      try {
        return await this.unitOfWork.run(work);
      } catch (error) {
        if (!isUnavailable(error)) throw error;
        await sleep(pause);
      }
    }
    return this.unitOfWork.run(work);
  }

  private async renew(id: string, token: string): Promise<void> {
    await this.unitOfWork.run((manager) =>
      manager.query(
        `UPDATE outgoing_message SET sending_lease_until = clock_timestamp() + make_interval(secs => $3)
          WHERE id = $1 AND sending_token = $2 AND status = 'sending'`,
        [id, token, LEASE_SECONDS],
      ),
    );
  }
}
