import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Holiday } from '@app/kernel';
import { UnitOfWork } from '@app/platform';
import { Calendars } from '../calendars';
import {
  ConfigurationChangedMeanwhile,
  ConfigurationNotFound,
  InvalidConfiguration,
} from '../editing/configuration.errors';

/** Puts a proposed calendar in force, as a new version: open deadlines are counted again. Answers its number. */
export class ImportHolidays extends Command<number> {
  constructor(
    readonly id: string,
    readonly reason: string,
  ) {
    super();
  }
}

@CommandHandler(ImportHolidays)
export class ImportHolidaysHandler implements ICommandHandler<ImportHolidays> {
  constructor(
    private readonly calendars: Calendars,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @throws ConfigurationChangedMeanwhile when another version came in since it was proposed. */
  execute({ id, reason }: ImportHolidays): Promise<number> {
    return this.unitOfWork.run(async (manager) => {
      if (reason.trim() === '' || reason.length > 1000) {
        throw new InvalidConfiguration([{ pointer: '/reason', message: 'must say why, in at most 1000 characters' }]);
      }
      const [row]: { holidays: Holiday[]; source: string; base_version: number }[] = await manager.query(
        `SELECT holidays, source, base_version FROM holiday_import WHERE id::text = $1`,
        [id],
      );
      if (!row) throw new ConfigurationNotFound();
      await this.calendars.newestHolidays();
      const { version } = await this.calendars.newest();
      if (version !== row.base_version) throw new ConfigurationChangedMeanwhile();
      await manager.query(`DELETE FROM holiday_import WHERE id::text = $1`, [id]);
      return this.calendars.add(row.holidays, row.source, reason.trim());
    });
  }
}
