import { Injectable } from '@nestjs/common';
import { Clock, HolidayCalendar, type Holiday, type HolidayCalendarData } from '@app/kernel';
import { EventStore, UnitOfWork, Wake, currentCaller, runAs, systemCaller } from '@app/platform';

// A table lock would ask for the right to change rows, which nobody has.
const ONE_AT_A_TIME = `SELECT pg_advisory_xact_lock(4208202)`;

interface CalendarRow {
  version: number;
  holidays: Holiday[];
}

/** Versions of the bank-holiday calendar. A new version never changes what an old one said. */
@Injectable()
export class Calendars {
  readonly #versions = new Map<number, HolidayCalendar>();
  #current: Promise<HolidayCalendar> | null = null;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: EventStore,
    private readonly clock: Clock,
    private readonly wake: Wake,
  ) {
    wake.on('configuration', () => (this.#current = null));
  }

  current(): Promise<HolidayCalendar> {
    this.#current ??= this.read(null).catch((error: unknown) => {
      this.#current = null;
      throw error;
    });
    return this.#current;
  }

  async version(version: number): Promise<HolidayCalendar> {
    return this.#versions.get(version) ?? this.read(version);
  }

  /** The holidays of the newest version, in the open transaction; nobody else adds one until it ends. */
  async newestHolidays(): Promise<readonly Holiday[]> {
    const { manager } = this.unitOfWork;
    await manager.query(ONE_AT_A_TIME);
    const [row]: CalendarRow[] = await manager.query(
      `SELECT version, holidays FROM holiday_calendar ORDER BY version DESC LIMIT 1`,
    );
    return row?.holidays ?? [];
  }

  /** The newest version, in the open transaction. */
  async newest(): Promise<HolidayCalendarData> {
    const [row]: CalendarRow[] = await this.unitOfWork.manager.query(
      `SELECT version, holidays FROM holiday_calendar ORDER BY version DESC LIMIT 1`,
    );
    return row ?? { version: 0, holidays: [] };
  }

  /** Adds a version in the open transaction; open deadlines are recounted through the event. Returns its number. */
  async add(holidays: readonly Holiday[], source: string, reason: string | null = null): Promise<number> {
    const manager = this.unitOfWork.manager;
    await manager.query(ONE_AT_A_TIME);
    const [row]: { version: number }[] = await manager.query(
      `INSERT INTO holiday_calendar (version, holidays, source, created_by, created_at, reason)
       SELECT coalesce(max(version), 0) + 1, $1::jsonb, $2, $3, $4, $5 FROM holiday_calendar RETURNING version`,
      [JSON.stringify(holidays), source, currentCaller().actor.id, this.clock.now(), reason],
    );
    const version = row?.version ?? 0;
    await this.store.append([
      {
        stream: `holiday-calendar-${String(version)}`,
        office: null,
        expectedVersion: 0,
        events: [
          {
            type: 'offices.holiday-calendar-changed',
            schemaVersion: 1,
            data: { version, source, holidays: holidays.length },
            effectiveAt: this.clock.now(),
          },
        ],
      },
    ]);
    this.unitOfWork.afterCommit(() => this.wake.signal('configuration'));
    return version;
  }

  private async read(version: number | null): Promise<HolidayCalendar> {
    const [row] = await runAs(systemCaller('calendars'), () =>
      this.unitOfWork.run((manager): Promise<CalendarRow[]> =>
        manager.query(
          `SELECT version, holidays FROM holiday_calendar WHERE $1::int IS NULL OR version = $1 ORDER BY version DESC LIMIT 1`,
          [version],
        ),
      ),
    );
    if (!row) throw new Error('No holiday calendar is loaded');
    const calendar = new HolidayCalendar(row);
    this.#versions.set(row.version, calendar);
    return calendar;
  }
}
