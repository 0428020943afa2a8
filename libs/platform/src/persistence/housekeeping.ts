import { Inject, Injectable } from '@nestjs/common';
import { runAs, systemCaller } from './caller';
import { UnitOfWork } from './unit-of-work';

/** Rows that have done their work after a time. Never the record of anything: that is kept, or erased by a person. */
export interface PassingRows {
  readonly table: string;
  /** A column or an expression: the instant from which the days count; null keeps the row. */
  readonly since: string;
  readonly keepDays: number;
}

export const PASSING_ROWS = Symbol('postbag passing rows');

/** The platform's own. An inbox row guards against a repeat of its message, whose outbox row went with it. */
export const PLATFORM_PASSING_ROWS: readonly PassingRows[] = [
  { table: 'inbox', since: 'processed_at', keepDays: 30 },
  { table: 'idempotency_key', since: 'created_at', keepDays: 90 },
  { table: 'scheduled_action', since: 'coalesce(fired_at, cancelled_at)', keepDays: 90 },
];

const BATCH = 5000;

/** Removes what only grows. In small batches, so that nobody waits for it. */
@Injectable()
export class Housekeeping {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(PASSING_ROWS) private readonly passing: readonly PassingRows[],
  ) {}

  /** One batch of each table; returns how many rows went. */
  async sweep(): Promise<number> {
    let removed = 0;
    for (const { table, since, keepDays } of this.passing) {
      const [, gone]: [unknown[], number] = await runAs(systemCaller('housekeeping'), () =>
        this.unitOfWork.run((manager) =>
          manager.query(
            `DELETE FROM ${table} WHERE ctid = ANY (ARRAY(
               SELECT ctid FROM ${table} WHERE ${since} < clock_timestamp() - make_interval(days => $1) LIMIT $2))`,
            [keepDays, BATCH],
          ),
        ),
      );
      removed += gone;
    }
    return removed;
  }
}
