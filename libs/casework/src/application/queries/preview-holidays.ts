import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { countDeadline, HolidayCalendar, type DeadlinePolicy, type Holiday, type Pause } from '@app/kernel';
import { UnitOfWork } from '@app/platform';

/** A deadline that another calendar would move. */
export interface MovingDeadline {
  /** Null for a case that the caller may not know of. */
  readonly reference: string | null;
  readonly office: string;
  readonly clock: string;
  readonly from: string;
  readonly to: string;
}

export interface HolidayPreview {
  /** Running deadlines of the caller's offices that were counted again. */
  readonly counted: number;
  readonly moving: readonly MovingDeadline[];
}

interface DeadlineRow {
  reference: string | null;
  office: string;
  clock: string;
  policy: DeadlinePolicy;
  from_day: string;
  pauses: Pause[];
  extension: { to: string } | null;
  due_on: string | null;
}

/** Which running deadlines of the caller's offices other bank holidays would move. Nothing is stored. */
export class PreviewHolidays extends Query<HolidayPreview> {
  constructor(readonly holidays: readonly Holiday[]) {
    super();
  }
}

@QueryHandler(PreviewHolidays)
export class PreviewHolidaysHandler implements IQueryHandler<PreviewHolidays> {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async execute({ holidays }: PreviewHolidays): Promise<HolidayPreview> {
    const calendar = new HolidayCalendar({ version: 0, holidays });
    const rows = await this.unitOfWork.run((manager): Promise<DeadlineRow[]> =>
      manager.query(`SELECT * FROM running_deadlines()`),
    );
    const moving = rows.flatMap((row): MovingDeadline[] => {
      const counted = countDeadline(row.policy, row.from_day, calendar, row.pauses).deadline;
      if (counted === null || row.due_on === null) return [];
      // As when it is counted again in earnest: an extension stands unless the counted day has become later.
      const to = row.extension !== null && row.extension.to > counted ? row.extension.to : counted;
      if (to === row.due_on) return [];
      return [{ reference: row.reference, office: row.office, clock: row.clock, from: row.due_on, to }];
    });
    return { counted: rows.length, moving };
  }
}
