import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Holiday } from '@app/kernel';
import { UnitOfWork } from '@app/platform';

/** One version of the bank holidays. */
export interface CalendarVersionView {
  readonly version: number;
  readonly source: string;
  readonly reason: string | null;
  readonly createdBy: string;
  readonly createdAt: string;
  readonly holidays: readonly Holiday[];
}

/** Every version of the bank holidays, the newest first. */
export class ListCalendars extends Query<readonly CalendarVersionView[]> {}

@QueryHandler(ListCalendars)
export class ListCalendarsHandler implements IQueryHandler<ListCalendars> {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async execute(): Promise<readonly CalendarVersionView[]> {
    const rows = await this.unitOfWork.run(
      (manager): Promise<(Omit<CalendarVersionView, 'createdAt'> & { createdAt: Date })[]> =>
        manager.query(
          `SELECT version, source, reason, created_by AS "createdBy", created_at AS "createdAt", holidays
             FROM holiday_calendar ORDER BY version DESC`,
        ),
    );
    return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }));
  }
}
