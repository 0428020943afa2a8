import { randomUUID } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { HolidayCalendar, parseGovUkBankHolidays, type ConfigurationEntry, type Holiday } from '@app/kernel';
import type { DataSource } from 'typeorm';

const FOLDER = join(__dirname, 'seed');
const HOLIDAYS = 'bank-holidays.json';

/** The configuration that ships with the product. */
export function seedEntries(): ConfigurationEntry[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.json') && name !== HOLIDAYS)
    .sort()
    .flatMap((name) => JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as ConfigurationEntry[]);
}

/** The bank holidays that ship with the product, for what works without a database. */
export function shippedCalendar(): HolidayCalendar {
  return new HolidayCalendar({ version: 1, holidays: seedHolidays() });
}

function seedHolidays(): Holiday[] {
  return parseGovUkBankHolidays(JSON.parse(readFileSync(join(FOLDER, HOLIDAYS), 'utf8')));
}

/** Adds shipped entries that the database does not know yet; what an office has changed stays as it is. */
export async function seedConfiguration(source: DataSource): Promise<void> {
  await source.transaction(async (manager) => {
    await manager.query(`SELECT pg_advisory_xact_lock(4208201)`);
    await manager.query(
      `INSERT INTO configuration_entry (id, kind, key, office, version, valid_from, valid_to, data, changed_by, revision)
       SELECT e.id, e.kind, e.key, e.office, 1, e.valid_from, e.valid_to, e.data, 'shipped',
              (SELECT coalesce(max(c.revision), 0) + 1 FROM configuration_entry c
                WHERE c.kind = e.kind AND c.key = e.key AND c.office IS NOT DISTINCT FROM e.office)
         FROM json_populate_recordset(NULL::configuration_entry, $1) e
        WHERE NOT EXISTS (SELECT FROM configuration_entry c WHERE c.kind = e.kind AND c.key = e.key
                             AND coalesce(c.office, '') = coalesce(e.office, '')
                             AND (c.valid_from = e.valid_from OR c.action <> 'shipped'))`,
      [
        JSON.stringify(
          seedEntries().map((entry) => ({
            id: randomUUID(),
            kind: entry.kind,
            key: entry.key,
            office: entry.office,
            valid_from: entry.validFrom,
            valid_to: entry.validTo,
            data: entry.data,
          })),
        ),
      ],
    );
    await manager.query(
      `INSERT INTO holiday_calendar (version, holidays, source, created_by)
       SELECT 1, $1::jsonb, 'GOV.UK bank holidays, shipped', 'shipped'
        WHERE NOT EXISTS (SELECT FROM holiday_calendar)`,
      [JSON.stringify(seedHolidays())],
    );
  });
}
