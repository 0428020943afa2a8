import { Injectable } from '@nestjs/common';
import { systemCaller, runAs } from '../persistence/caller';
import { UnitOfWork } from '../persistence/unit-of-work';

/** Held by whoever gives out positions. */
export const LEADER_LOCK = 4_208_101;

/**
 * Gives committed events their global position. One leader at a time numbers what is visible to it, so a transaction
 * that commits late gets a later number and no reader ever skips it; the numbers have no gaps.
 */
@Injectable()
export class Sequencer {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Numbers up to `limit` events. Returns how many; 0 also when another process is at it. */
  async number(limit = 2000): Promise<number> {
    return runAs(systemCaller('sequencer'), () =>
      this.unitOfWork.run(async (manager) => {
        const [lock]: { held: boolean }[] = await manager.query(`SELECT pg_try_advisory_xact_lock($1) AS held`, [
          LEADER_LOCK,
        ]);
        if (!lock?.held) return 0;
        const [, affected]: [unknown, number] = await manager.query(
          `WITH unnumbered AS (
             SELECT seq, row_number() OVER (ORDER BY seq) AS n
               FROM (SELECT seq FROM event_log WHERE position IS NULL ORDER BY seq LIMIT $1) s
           ), head AS (SELECT coalesce(max(position), 0) AS position FROM event_log WHERE position IS NOT NULL)
           UPDATE event_log e SET position = head.position + unnumbered.n
             FROM unnumbered, head WHERE e.seq = unnumbered.seq`,
          [limit],
        );
        return affected;
      }),
    );
  }
}
