import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseGovUkBankHolidays } from './bank-holiday-feed';
import { countDeadline } from './deadline';
import { type DeadlinePolicy, type DeadlineUnit, defaultPolicy } from './deadline-policy';
import { HolidayCalendar, holidayDivisions } from './holiday-calendar';
import { addDays, daysBetween } from './london-time';
import type { Pause } from './paused-days';

const seed = join(__dirname, '../../offices/src/seed/bank-holidays.json');
const holidays = parseGovUkBankHolidays(JSON.parse(readFileSync(seed, 'utf8')));
const calendar = new HolidayCalendar({ version: 1, holidays });

const day = fc.integer({ min: 0, max: 6500 }).map((days) => addDays('2011-10-01', days));
const count = fc.integer({ min: 1, max: 60 });
const region = fc.constantFrom('england-and-wales' as const, 'any-uk' as const);
const unit = fc.constantFrom<DeadlineUnit>('working-days', 'calendar-days', 'calendar-months');
const policy = fc
  .record({
    unit,
    region,
    count,
    dayZero: fc.constantFrom('receipt' as const, 'given-date-is-day-one' as const),
    rollForward: fc.constantFrom('none' as const, 'next-working-day' as const),
  })
  .map((fields): DeadlinePolicy => ({ ...defaultPolicy(fields.unit, fields.count, fields.region), ...fields }));

function pausesFrom(start: string): fc.Arbitrary<{ from: string; to: string }[]> {
  const pause = fc.tuple(fc.integer({ min: -10, max: 90 }), fc.integer({ min: 0, max: 30 }));
  return fc.array(
    pause.map(([after, length]) => ({ from: addDays(start, after), to: addDays(start, after + length) })),
    { maxLength: 4 },
  );
}

const isPaused = (pauses: readonly Pause[], on: string): boolean =>
  pauses.some(({ from, to }) => from <= on && (to === null || on < to));

describe('every deadline', () => {
  it('in working days is a working day, and as many of them after day 0 as were asked for', () => {
    fc.assert(
      fc.property(day, count, region, (from, days, where) => {
        const { deadline, days: counted } = countDeadline(defaultPolicy('working-days', days, where), from, calendar);
        expect(calendar.isWorkingDay(deadline, where)).toBe(true);
        expect(calendar.workingDaysBetween(from, deadline, where)).toBe(days);
        expect(counted).toHaveLength(days);
        expect(counted.every((each) => calendar.isWorkingDay(each, where))).toBe(true);
      }),
    );
  });

  it('in calendar days is that many days later', () => {
    fc.assert(
      fc.property(day, count, region, (from, days, where) => {
        const { deadline } = countDeadline(defaultPolicy('calendar-days', days, where), from, calendar);
        expect(daysBetween(from, deadline)).toBe(days);
      }),
    );
  });

  it('that rolls forward is a working day, and never more than a long weekend later', () => {
    fc.assert(
      fc.property(policy, day, (rule, from) => {
        const rolled = countDeadline({ ...rule, rollForward: 'next-working-day' }, from, calendar).deadline;
        const { deadline } = countDeadline({ ...rule, rollForward: 'none' }, from, calendar);
        expect(rolled).toBe(calendar.rollForward(deadline, rule.region));
        expect(daysBetween(deadline, rolled)).toBeLessThan(6);
      }),
    );
  });

  it('is no earlier for a later start or a higher count', () => {
    fc.assert(
      fc.property(
        policy,
        day,
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: 0, max: 5 }),
        (rule, from, on, more) => {
          const { deadline } = countDeadline(rule, from, calendar);
          expect(countDeadline(rule, addDays(from, on), calendar).deadline >= deadline).toBe(true);
          expect(countDeadline({ ...rule, count: rule.count + more }, from, calendar).deadline >= deadline).toBe(true);
        },
      ),
    );
  });

  it('is no earlier when a bank holiday is added', () => {
    const added = fc.tuple(fc.integer({ min: 1, max: 90 }), fc.constantFrom(...holidayDivisions));
    fc.assert(
      fc.property(policy, day, added, (rule, from, [after, division]) => {
        const more = [...holidays, { division, date: addDays(from, after), title: 'Proclaimed' }];
        const { deadline } = countDeadline(rule, from, new HolidayCalendar({ version: 2, holidays: more }));
        expect(deadline >= countDeadline(rule, from, calendar).deadline).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('is the last of its days, which are in order and each explained from its own rule', () => {
    fc.assert(
      fc.property(policy, day, (rule, from) => {
        const { deadline, days, steps } = countDeadline(rule, from, calendar);
        expect(days.at(-1)).toBe(deadline);
        expect(days).toEqual([...new Set(days)].sort());
        expect(steps.every((step) => /^[A-Z0-9].*\.$/.test(step))).toBe(true);
      }),
    );
  });

  it('never falls on, nor counts, a paused day, and is no earlier for a pause', () => {
    const paused = day.chain((from) => fc.tuple(fc.constant(from), pausesFrom(from)));
    fc.assert(
      fc.property(policy, paused, (rule, [from, pauses]) => {
        const unrolled: DeadlinePolicy = { ...rule, rollForward: 'none' };
        const { deadline, days } = countDeadline(unrolled, from, calendar, pauses);
        expect(isPaused(pauses, deadline)).toBe(false);
        if (rule.unit !== 'calendar-months') expect(days.some((each) => isPaused(pauses, each))).toBe(false);
        expect(deadline >= countDeadline(unrolled, from, calendar).deadline).toBe(true);
      }),
    );
  });

  it('in calendar days or months is later by as many days as were paused on the way', () => {
    const paused = day.chain((from) => fc.tuple(fc.constant(from), pausesFrom(from)));
    const inCalendarTime = policy.filter((each) => each.unit !== 'working-days');
    fc.assert(
      fc.property(inCalendarTime, paused, (rule, [from, pauses]) => {
        const unrolled: DeadlinePolicy = { ...rule, rollForward: 'none' };
        const { deadline } = countDeadline(unrolled, from, calendar, pauses);
        let lost = 0;
        const first = rule.dayZero === 'receipt' ? addDays(from, 1) : from;
        for (let each = first; each <= deadline; each = addDays(each, 1)) if (isPaused(pauses, each)) lost++;
        expect(daysBetween(countDeadline(unrolled, from, calendar).deadline, deadline)).toBe(lost);
      }),
    );
  });
});
