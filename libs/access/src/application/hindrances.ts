import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@app/platform';
import { asAccess } from './as-access';
import { Seal } from './seal';
import { TooManyAttempts } from './sign-in.errors';

/** How many failures are free, for an account and for an address (an office shares one). */
const FREE = { account: 5, code: 5, address: 50 } as const;
const FIRST_BLOCK_SECONDS = 30;
const LONGEST_BLOCK_SECONDS = 15 * 60;
/** After this long without a failure the count begins anew. */
const FORGET = '1 hour';

export type HindranceKind = keyof typeof FREE;

/**
 * Slows guessing down: after some failures an account or address is blocked, each time twice as long. Counted for accounts
 * that do not exist as for those that do, so that being blocked tells nothing.
 */
@Injectable()
export class Hindrances {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly seal: Seal,
  ) {}

  /**
   * Counts an attempt as failed before it is looked at, so that many at once gain nothing; `forgive` takes it back.
   * @throws TooManyAttempts while blocked.
   */
  async attempt(kind: HindranceKind, who: string): Promise<void> {
    const key = await this.keyOf(kind, who);
    const blockedFor = await asAccess(() =>
      this.unitOfWork.run(async (manager) => {
        await manager.query(
          `DELETE FROM sign_in_hindrance WHERE key IN (SELECT key FROM sign_in_hindrance
            WHERE last_failed_at < clock_timestamp() - $1::interval LIMIT 100 FOR UPDATE SKIP LOCKED)`,
          [FORGET],
        );
        await manager.query(
          `INSERT INTO sign_in_hindrance (key, failures, last_failed_at) VALUES ($1, 0, clock_timestamp())
           ON CONFLICT (key) DO NOTHING`,
          [key],
        );
        const [row]: { failures: number; seconds: number }[] = await manager.query(
          `SELECT failures, coalesce(ceil(extract(epoch FROM blocked_until - clock_timestamp())), 0)::int AS seconds
             FROM sign_in_hindrance WHERE key = $1 FOR UPDATE`,
          [key],
        );
        if (!row || row.seconds > 0) return row?.seconds ?? 0;
        const failures = row.failures + 1;
        const block =
          failures < FREE[kind]
            ? 0
            : Math.min(FIRST_BLOCK_SECONDS * 2 ** (failures - FREE[kind]), LONGEST_BLOCK_SECONDS);
        await manager.query(
          `UPDATE sign_in_hindrance SET failures = $2, last_failed_at = clock_timestamp(),
                  blocked_until = CASE WHEN $3 > 0 THEN clock_timestamp() + make_interval(secs => $3) END
            WHERE key = $1`,
          [key, failures, block],
        );
        return 0;
      }),
    );
    if (blockedFor > 0) throw new TooManyAttempts(blockedFor);
  }

  /** What was tried was right. */
  async forgive(kind: HindranceKind, who: string): Promise<void> {
    const key = await this.keyOf(kind, who);
    await asAccess(() =>
      this.unitOfWork.run((manager) =>
        kind === 'address'
          ? manager.query(
              `UPDATE sign_in_hindrance SET failures = greatest(failures - 1, 0), blocked_until = NULL WHERE key = $1`,
              [key],
            )
          : manager.query(`DELETE FROM sign_in_hindrance WHERE key = $1`, [key]),
      ),
    );
  }

  private keyOf(kind: HindranceKind, who: string): Promise<Buffer> {
    return this.seal.digest('sign-in hindrance', `${kind} ${who.trim().toLowerCase()}`);
  }
}
