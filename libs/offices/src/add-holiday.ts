import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DomainError, isDay, type HolidayDivision } from '@app/kernel';
import { UnitOfWork } from '@app/platform';
import { Calendars } from './calendars';

export class HolidayRefused extends DomainError {
  readonly code = 'offices.holiday-refused';
  readonly kind = 'invalid';
  constructor(pointer: string, message: string) {
    super('The holiday cannot be added.', { errors: [{ pointer, message }] });
  }
}

/** A new bank holiday, such as a one-off day proclaimed. Makes a new version of the calendar; answers its number. */
export class AddHoliday extends Command<number> {
  constructor(
    readonly divisions: readonly HolidayDivision[],
    readonly date: string,
    readonly title: string,
  ) {
    super();
  }
}

@CommandHandler(AddHoliday)
export class AddHolidayHandler implements ICommandHandler<AddHoliday> {
  constructor(
    private readonly calendars: Calendars,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  execute({ divisions, date, title }: AddHoliday): Promise<number> {
    if (!isDay(date)) throw new HolidayRefused('/date', 'must be a day that exists, as YYYY-MM-DD');
    return this.unitOfWork.run(async () => {
      const known = await this.calendars.newestHolidays();
      const added = divisions.filter(
        (division) => !known.some((each) => each.division === division && each.date === date),
      );
      if (added.length === 0) throw new HolidayRefused('/date', 'is a bank holiday there already');
      const all = [...known, ...added.map((division) => ({ division, date, title }))];
      return this.calendars.add(all, `added by hand: ${title}, ${date}`);
    });
  }
}
