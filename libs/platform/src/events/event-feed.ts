import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../persistence/unit-of-work';
import { EventStore } from './event-store';
import { EVENT_COLUMNS, toStoredEvent, type EventRow, type StoredEvent } from './stored-event';

/** Committed and numbered events in order. What is not numbered yet is not there yet. */
@Injectable()
export class EventFeed {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: EventStore,
  ) {}

  /** Events after `position`, of `types` only and of `offices` only when given, oldest first. */
  async after(
    position: number,
    limit: number,
    filter: { types?: readonly string[]; offices?: readonly string[] } = {},
  ): Promise<StoredEvent[]> {
    const rows: EventRow[] = await this.unitOfWork.manager.query(
      `SELECT ${EVENT_COLUMNS} FROM event_log
        WHERE position > $1 AND ($2::text[] IS NULL OR type = ANY($2)) AND ($3::text[] IS NULL OR office = ANY($3))
        ORDER BY position LIMIT $4`,
      [position, filter.types ?? null, filter.offices ?? null, limit],
    );
    return rows.map((row) => this.store.upcast(toStoredEvent(row)));
  }

  /** The newest position, 0 when nothing is numbered. */
  async head(): Promise<number> {
    const [row]: { head: string }[] = await this.unitOfWork.manager.query(
      `SELECT coalesce(max(position), 0) AS head FROM event_log WHERE position IS NOT NULL`,
    );
    return Number(row?.head ?? 0);
  }
}
