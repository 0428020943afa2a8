import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseGovUkBankHolidays } from './bank-holiday-feed';
import { HolidayCalendar, type HolidayRegion } from './holiday-calendar';
import { addDays, InvalidDay } from './london-time';

const seed = join(__dirname, '../../offices/src/seed/bank-holidays.json');
const holidays = parseGovUkBankHolidays(JSON.parse(readFileSync(seed, 'utf8')));
const calendar = new HolidayCalendar({ version: 1, holidays });
const ew = 'england-and-wales';

function workingDaysOf(year: number, region: HolidayRegion): number {
  return calendar.workingDaysBetween(`${year - 1}-12-31`, `${year}-12-31`, region);
}

function onlyUk(year: number): string[] {
  const days = Array.from({ length: 366 }, (_, index) => addDays(`${year}-01-01`, index));
  return days.filter(
    (day) => day.startsWith(String(year)) && calendar.isWorkingDay(day, ew) && !calendar.isWorkingDay(day, 'any-uk'),
  );
}

describe('the shipped calendar', () => {
  it.each([
    [2024, '01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26', 254],
    [2025, '01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26', 253],
    [2026, '01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28', 253],
    [2027, '01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28', 253],
    [2028, '01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26', 252],
  ])('holds the England and Wales holidays of %i (table 11, bank holidays)', (year, days, workingDays) => {
    const dates = holidays.filter((each) => each.division === ew && each.date.startsWith(String(year)));
    expect(dates.map((each) => each.date.slice(5)).join(' ')).toBe(days);
    expect(workingDaysOf(year, ew)).toBe(workingDays);
  });

  it.each([
    [2024, '01-02 03-18 07-12 08-05 12-02'],
    [2025, '01-02 03-17 07-14 08-04 12-01'],
    [2026, '01-02 03-17 06-15 07-13 08-03 11-30'],
    [2027, '01-04 03-17 07-12 08-02 11-30'],
    [2028, '01-04 03-17 07-12 08-07 11-30'],
  ])('leaves out in %i for any UK nation also %s (section 11, extra days for FOI)', (year, days) => {
    expect(onlyUk(year)).toEqual(days.split(' ').map((day) => `${year}-${day}`));
  });

  it('names the holiday, and none on another day or in another part of the country', () => {
    expect(calendar.holidayTitle('2026-04-06', ew)).toBe('Easter Monday');
    expect(calendar.holidayTitle('2026-11-30', 'any-uk')).toBe('St Andrew’s Day');
    expect(calendar.holidayTitle('2026-11-30', ew)).toBeNull();
    expect(calendar.holidayTitle('2026-04-07', 'any-uk')).toBeNull();
  });

  it('rolls forward only from days that are not worked, and the next working day is always later', () => {
    expect(calendar.rollForward('2026-04-03', ew)).toBe('2026-04-07');
    expect(calendar.rollForward('2026-04-07', ew)).toBe('2026-04-07');
    expect(calendar.nextWorkingDay('2026-04-07', ew)).toBe('2026-04-08');
    expect(calendar.nextWorkingDay('2026-04-02', ew)).toBe('2026-04-07');
  });

  it('says from when to when it knows the bank holidays', () => {
    expect([calendar.firstKnownDay(), calendar.lastKnownDay()]).toEqual(['2012-01-01', '2028-12-31']);
  });
});

describe('what a calendar knows', () => {
  const withMore = (...more: typeof holidays): HolidayCalendar =>
    new HolidayCalendar({ version: 2, holidays: [...holidays, ...more] });

  it('does not take a day proclaimed early for a whole year', () => {
    const proclaimed = withMore({ division: ew, date: '2029-06-04', title: 'One-off bank holiday' });
    expect(proclaimed.lastKnownDay(ew)).toBe('2028-12-31');
  });

  it('knows a year for any UK nation only when it knows it for all three', () => {
    const half = withMore({ division: ew, date: '2029-12-25', title: 'Christmas Day' });
    expect(half.lastKnownDay(ew)).toBe('2029-12-31');
    expect(half.lastKnownDay('any-uk')).toBe('2028-12-31');
  });

  it('is nothing when it is empty', () => {
    const empty = new HolidayCalendar({ version: 0, holidays: [] });
    expect([empty.firstKnownDay(), empty.lastKnownDay(ew)]).toEqual([null, null]);
  });

  it('must be real days', () => {
    const wrong = { version: 1, holidays: [{ division: ew, date: '2026-02-30', title: 'None' }] } as const;
    expect(() => new HolidayCalendar(wrong)).toThrow(InvalidDay);
  });
});

describe('working days elapsed', () => {
  it.each([
    ['2026-04-04', '2026-05-05', 20],
    ['2026-04-02', '2026-04-07', 1],
    ['2026-04-03', '2026-04-06', 0],
    ['2026-04-07', '2026-04-07', 0],
    ['2026-04-08', '2026-04-07', 0],
  ])('from %s to %s are %i: the first day is left out, the last counts', (from, to, expected) => {
    expect(calendar.workingDaysBetween(from, to, ew)).toBe(expected);
  });

  it('are as many as the working days one comes to, one at a time', () => {
    const anyStart = fc.integer({ min: 0, max: 6500 }).map((days) => addDays('2011-06-01', days));
    fc.assert(
      fc.property(
        anyStart,
        fc.integer({ min: 0, max: 800 }),
        fc.constantFrom(ew, 'any-uk' as const),
        (from, days, region) => {
          const to = addDays(from, days);
          let counted = 0;
          for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) {
            if (calendar.isWorkingDay(day, region)) counted++;
          }
          expect(calendar.workingDaysBetween(from, to, region)).toBe(counted);
        },
      ),
      { numRuns: 60 },
    );
  });
});
