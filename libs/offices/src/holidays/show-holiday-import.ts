import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Holiday } from '@app/kernel';
import { UnitOfWork } from '@app/platform';
import { Calendars } from '../calendars';
import { ConfigurationNotFound } from '../editing/configuration.errors';
import { mergeHolidays, type HolidayMerge } from './merge-holidays';

/** A proposed calendar and how it differs from the one in force. */
export interface HolidayImportView extends HolidayMerge {
  readonly id: string;
  readonly source: string;
  /** The version that it was compared with when it was made. */
  readonly baseVersion: number;
  /** The version in force: another one means that somebody changed the calendar since. */
  readonly currentVersion: number;
}

export class ShowHolidayImport extends Query<HolidayImportView> {
  constructor(readonly id: string) {
    super();
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

@QueryHandler(ShowHolidayImport)
export class ShowHolidayImportHandler implements IQueryHandler<ShowHolidayImport> {
  constructor(
    private readonly calendars: Calendars,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @throws ConfigurationNotFound */
  execute({ id }: ShowHolidayImport): Promise<HolidayImportView> {
    return this.unitOfWork.run(async (manager) => {
      if (!UUID.test(id)) throw new ConfigurationNotFound();
      const [row]: { holidays: Holiday[]; source: string; base_version: number }[] = await manager.query(
        `SELECT holidays, source, base_version FROM holiday_import WHERE id = $1`,
        [id],
      );
      if (!row) throw new ConfigurationNotFound();
      const { version, holidays: known } = await this.calendars.newest();
      const merge = mergeHolidays(known, row.holidays);
      // The proposal is whole: what it leaves out is gone, also in years that no feed covers.
      const removed = known.filter(
        (each) => !row.holidays.some((other) => other.date === each.date && other.division === each.division),
      );
      return {
        ...{ ...merge, holidays: row.holidays, removed, id, source: row.source },
        baseVersion: row.base_version,
        currentVersion: version,
      };
    });
  }
}
