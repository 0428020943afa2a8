import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseGovUkBankHolidays } from './bank-holiday-feed';
import { countDeadline } from './deadline';
import { type DeadlinePolicy, defaultPolicy } from './deadline-policy';
import { HolidayCalendar } from './holiday-calendar';

const seed = join(__dirname, '../../offices/src/seed/bank-holidays.json');
const holidays = parseGovUkBankHolidays(JSON.parse(readFileSync(seed, 'utf8')));
const calendar = new HolidayCalendar({ version: 1, holidays });
const ew = 'england-and-wales';

function explain(policy: DeadlinePolicy, from: string, known = calendar): readonly string[] {
  return countDeadline(policy, from, known).steps;
}

describe('the explanation of a deadline', () => {
  it('names day 0, the weekends once, every bank holiday passed over, and the first and the last day', () => {
    expect(explain(defaultPolicy('working-days', 20, ew), '2026-04-04')).toEqual([
      'Received on Saturday 4 April 2026 (day 0).',
      'Saturdays, Sundays and bank holidays in England and Wales are not counted.',
      'Monday 6 April 2026 is Easter Monday and is not counted.',
      'Day 1 is Tuesday 7 April 2026.',
      'Monday 4 May 2026 is the Early May bank holiday and is not counted.',
      'Day 20 is Tuesday 5 May 2026.',
    ]);
  });

  it('says in which part of the country a day is a holiday', () => {
    const steps = explain(defaultPolicy('working-days', 20, 'any-uk'), '2026-11-20');
    expect(steps[1]).toBe('Saturdays, Sundays and bank holidays in any part of the United Kingdom are not counted.');
    expect(steps).toContain('Monday 30 November 2026 is St Andrew’s Day in Scotland and is not counted.');
  });

  it('explains a month without the day, and why the deadline moves', () => {
    expect(explain(defaultPolicy('calendar-months', 1, ew), '2026-01-31')).toEqual([
      'Received on Saturday 31 January 2026 (day 0).',
      '1 calendar month from then ends on Saturday 28 February 2026, the last day of the month, because that month has no day 31.',
      'Saturday 28 February 2026 is not a working day.',
      'The deadline moves to the next working day, Monday 2 March 2026.',
    ]);
    expect(explain(defaultPolicy('calendar-months', 1, ew), '2026-03-03').slice(2)).toEqual([
      'Friday 3 April 2026 is Good Friday and is not a working day.',
      'Monday 6 April 2026 is Easter Monday and is not a working day.',
      'The deadline moves to the next working day, Tuesday 7 April 2026.',
    ]);
  });

  it('warns that calendar days end on a holiday, and begins with the office’s own words', () => {
    const limit = { ...defaultPolicy('calendar-days', 28, ew), startedBy: 'Review rights given' };
    expect(explain(limit, '2025-12-04')).toEqual([
      'Review rights given on Thursday 4 December 2025 (day 0).',
      'Every day is counted, weekends and bank holidays too.',
      'Day 1 is Friday 5 December 2025.',
      'Day 28 is Thursday 1 January 2026.',
      'Thursday 1 January 2026 is New Year’s Day and is not a working day.',
      'This rule does not move the deadline.',
    ]);
  });

  it('says what pauses added to a month', () => {
    const month = defaultPolicy('calendar-months', 1, ew);
    const { steps } = countDeadline(month, '2026-06-01', calendar, [{ from: '2026-06-10', to: '2026-06-11' }]);
    expect(steps.slice(1)).toEqual([
      '1 calendar month from then ends on Wednesday 1 July 2026.',
      'The clock was paused on Wednesday 10 June 2026, which is not counted.',
      '1 calendar day lost to pauses is added: Thursday 2 July 2026.',
    ]);
  });

  it('never hides that later bank holidays are not known yet', () => {
    const warning = 'Bank holidays after Sunday 31 December 2028 are not known yet: the deadline may become later.';
    const five = defaultPolicy('working-days', 5, ew);
    expect(explain(five, '2028-12-20').at(-1)).toBe('Day 5 is Friday 29 December 2028.');
    expect(explain(five, '2028-12-21').at(-1)).toBe(warning);
    expect(explain(defaultPolicy('calendar-months', 1, ew), '2028-12-22').at(-1)).toBe(warning);
    // Rolls into a year that is not known, though the corresponding day is in one that is.
    expect(explain(defaultPolicy('calendar-months', 1, ew), '2028-11-30').at(-1)).toBe(warning);
  });

  it('does not warn where bank holidays do not matter', () => {
    expect(explain(defaultPolicy('calendar-days', 28, ew), '2028-12-22').join(' ')).not.toContain('not known');
  });

  it('says that the bank holidays of early years are not known', () => {
    expect(explain(defaultPolicy('working-days', 20, ew), '2008-10-01').at(-1)).toBe(
      'Bank holidays before Sunday 1 January 2012 are not known: the deadline may be later.',
    );
  });

  it('says that none are known when the calendar is empty', () => {
    const empty = new HolidayCalendar({ version: 0, holidays: [] });
    expect(explain(defaultPolicy('working-days', 1, ew), '2026-04-02', empty).at(-1)).toBe(
      'The bank holidays of these years are not known: the deadline may be later.',
    );
  });
});
