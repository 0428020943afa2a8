import { randomUUID } from 'node:crypto';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DomainError, parseGovUkBankHolidays, type FieldError } from '@app/kernel';
import { UnitOfWork, currentCaller } from '@app/platform';
import { Calendars } from '../calendars';
import { fetchJson } from './fetch-json';
import { mergeHolidays } from './merge-holidays';

/** Nothing in what was given differs from the calendar in force, or it is not a calendar. */
export class HolidayImportRefused extends DomainError {
  readonly code = 'offices.holiday-import-refused';
  readonly kind = 'invalid';
  constructor(errors: readonly FieldError[]) {
    super('The bank holidays cannot be taken in.', { errors });
  }
}

/** Where the bank holidays come from: the text of a file, or an address. */
export type HolidaySource = { readonly text: string; readonly name: string } | { readonly url: string };

/** Reads GOV.UK's bank holidays and keeps them as a proposal, for people to look at first. Answers its id. */
export class ProposeHolidays extends Command<string> {
  constructor(readonly source: HolidaySource) {
    super();
  }
}

@CommandHandler(ProposeHolidays)
export class ProposeHolidaysHandler implements ICommandHandler<ProposeHolidays> {
  constructor(
    private readonly calendars: Calendars,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @throws HolidayImportRefused, InvalidBankHolidayFeed, AddressRefused */
  async execute({ source }: ProposeHolidays): Promise<string> {
    // Outside the transaction: a slow server must not hold one open.
    const json = 'url' in source ? await fetchJson(source.url) : parsed(source.text);
    const feed = parseGovUkBankHolidays(json);
    const name = 'url' in source ? source.url.slice(0, 300) : `file ${source.name.slice(0, 150)}`;
    return this.unitOfWork.run(async (manager) => {
      const { version, holidays: known } = await this.calendars.newest();
      const merge = mergeHolidays(known, feed);
      if (merge.added.length + merge.removed.length + merge.renamed.length === 0) {
        throw new HolidayImportRefused([{ pointer: '', message: 'The calendar in force says all of this already.' }]);
      }
      const id = randomUUID();
      await manager.query(`DELETE FROM holiday_import WHERE created_at < clock_timestamp() - interval '7 days'`);
      await manager.query(
        `INSERT INTO holiday_import (id, holidays, source, base_version, created_by) VALUES ($1, $2::jsonb, $3, $4, $5)`,
        [id, JSON.stringify(merge.holidays), name, version, currentCaller().actor.id],
      );
      return id;
    });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new HolidayImportRefused([{ pointer: '/file', message: 'is not JSON as GOV.UK publishes it' }]);
  }
}
