import { Injectable } from '@nestjs/common';
import { EventCatalogue } from '../events/event-catalogue';
import { LEADER_LOCK } from '../events/sequencer';
import { UnitOfWork } from '../persistence/unit-of-work';
import { Wake } from '../outbox/wake';
import { Subscriptions } from '../queue/subscriptions';
import { PastLog } from './past-log';
import { PastRows } from './past-rows';

/**
 * The way by which work of the past gets into the log as if the service had run then: only for what imports a history.
 * One transaction: whoever looks sees all of it or nothing, and a crash leaves nothing behind.
 */
@Injectable()
export class EventHistory {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly catalogue: EventCatalogue,
    private readonly subscriptions: Subscriptions,
    private readonly wake: Wake,
  ) {}

  /**
   * Runs `work` with the log open for the past. Positions are given at once: while it runs no other event is numbered.
   * `parents`: tables that others point to, in the order in which they are written.
   */
  async write<T>(
    { parents, newId }: { parents: readonly string[]; newId: () => string },
    work: (log: PastLog) => Promise<T>,
  ): Promise<T> {
    return this.unitOfWork.run(async (manager) => {
      await manager.query(`SELECT pg_advisory_xact_lock($1)`, [LEADER_LOCK]);
      const [row]: { head: string }[] = await manager.query(
        `SELECT coalesce(max(position), 0) AS head FROM event_log WHERE position IS NOT NULL`,
      );
      const { catalogue, subscriptions } = this;
      const rows = new PastRows(parents);
      const log = new PastLog(manager, rows, newId, catalogue, subscriptions, Number(row?.head ?? 0));
      // Writing goes on while the next rows are made: nobody else may use this connection meanwhile.
      const result = await this.unitOfWork.apart(() => work(log));
      await log.finish();
      this.unitOfWork.afterCommit(() => this.wake.signal('events'));
      return result;
    });
  }
}
