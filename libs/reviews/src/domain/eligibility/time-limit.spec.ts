import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HolidayCalendar, parseGovUkBankHolidays } from '@app/kernel';
import { VALID_EXAMPLE } from './decision-table';
import { checkEligibility, type Eligibility } from './eligibility';
import type { EligibilityFacts } from './eligibility-facts';

const seed = join(__dirname, '../../../../offices/src/seed/bank-holidays.json');
const holidays = parseGovUkBankHolidays(JSON.parse(readFileSync(seed, 'utf8')));
const calendar = new HolidayCalendar({ version: 1, holidays });
const isNonWorkingDay = (day: string): boolean => !calendar.isWorkingDay(day, 'england-and-wales');

const check = (changes: Partial<EligibilityFacts>): Eligibility =>
  checkEligibility({ ...VALID_EXAMPLE, ...changes }, { isNonWorkingDay });
const rules = (texts: readonly { readonly rule: string }[]): string[] => texts.map(({ rule }) => rule);

describe('The 28 days', () => {
  it.each([
    ['R1.21 the example of West Midlands and the IOPC', '2025-04-01', '2025-04-02', '2025-04-29', false],
    ['R1.23 a bank holiday is still the last day', '2025-12-04', '2025-12-05', '2026-01-01', true],
    ['R1.23 Good Friday is still the last day', '2026-03-06', '2026-03-07', '2026-04-03', true],
    ['R1.20 a leap year', '2024-02-01', '2024-02-02', '2024-02-29', false],
    ['R1.20 a corrected letter', '2025-04-14', '2025-04-15', '2025-05-12', false],
    ['R1.20 over the clocks going forward', '2026-03-20', '2026-03-21', '2026-04-17', false],
    ['R1.20 over the clocks going back', '2026-10-01', '2026-10-02', '2026-10-29', false],
    ['R1.20 over the end of a year', '2025-12-15', '2025-12-16', '2026-01-12', false],
    ['R1.23 a last day on a Sunday', '2025-04-06', '2025-04-07', '2025-05-04', true],
  ])('%s: provided %s, day 1 %s, last day %s', (_rule, notifiedOn, dayOne, lastDay, isNonWorking) => {
    const dated = { complaintMadeOn: '2023-11-06', reviewRightsNotifiedOn: notifiedOn };
    const answer = check({ ...dated, receivedOn: lastDay });
    expect(answer).toMatchObject({ lastDay, inTime: true, clock: 'running', validity: 'valid', madeOn: lastDay });
    expect(answer.count).toMatchObject({ notifiedOn, dayOne, lastDay, daysLate: 0, lastDayIsNonWorking: isNonWorking });
    expect(rules(answer.warnings).includes('R1.23')).toBe(isNonWorking);
  });

  it('R1.22 counts the day of receipt: the day after the last is a day late', () => {
    const answer = check({ receivedOn: '2025-04-30' });
    expect(answer).toMatchObject({ inTime: false, clock: 'expired', validity: 'out-of-time', lastDay: '2025-04-29' });
    expect(answer.count.daysLate).toBe(1);
    expect(answer.reasons).toEqual([
      {
        rule: 'R1.20',
        text: 'It was received on Wednesday 30 April 2025, the last day was Tuesday 29 April 2025: 1 day late.',
      },
    ]);
  });

  it('R1.20 does not begin where no review-rights information was ever given, however long ago it was', () => {
    const answer = check({ reviewRightsNotifiedOn: null, receivedOn: '2031-04-25' });
    expect(answer).toMatchObject({ clock: 'not-started', lastDay: null, inTime: null, validity: 'valid' });
    expect(answer.count).toMatchObject({ dayOne: null, daysLate: 0, lastDayIsNonWorking: false });
    expect(answer.reasons.find(({ rule }) => rule === 'R1.20')?.text).toContain('have not begun');
    expect(rules(answer.discretion)).toEqual([]);
  });

  it('R1.25 leaves an extension to the review body when it is late, and only then', () => {
    expect(rules(check({ receivedOn: '2025-04-29' }).discretion)).toEqual([]);
    const late = check({ receivedOn: '2025-05-09' }).discretion;
    expect(rules(late)).toEqual(['R1.25']);
    expect(late[0]?.text).toContain('10 days');
  });

  it('R1.23 takes Saturdays and Sundays for non-working days when it is told of no calendar', () => {
    const on = (lastDay: string): boolean =>
      checkEligibility({ ...VALID_EXAMPLE, reviewRightsNotifiedOn: lastDay }).count.lastDayIsNonWorking;
    expect([on('2025-04-04'), on('2025-04-05'), on('2025-04-06'), on('2025-04-07')]).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it('R1.27 counts from the day it was provided and warns that the letter bears another', () => {
    const answer = check({
      letterDatedOn: '2025-04-01',
      reviewRightsNotifiedOn: '2025-04-14',
      receivedOn: '2025-05-12',
    });
    expect(answer).toMatchObject({ lastDay: '2025-05-12', inTime: true });
    expect(rules(answer.warnings)).toEqual(['R1.27']);
    expect(rules(check({ letterDatedOn: '2025-04-01' }).warnings)).toEqual([]);
  });

  it('R1.20 warns when it came before the review-rights information', () => {
    expect(rules(check({ receivedOn: '2025-03-31' }).warnings)).toEqual(['R1.20']);
    expect(check({ receivedOn: '2025-03-31' }).inTime).toBe(true);
    expect(rules(check({ receivedOn: '2025-04-01' }).warnings)).toEqual([]);
  });
});

describe('Days at another body', () => {
  it('R1.24 leaves out the 17 days of the worked example, and takes the day of forwarding as the day it was made', () => {
    const hops = { receivedByWrongBodyOn: '2025-04-25', forwardedOn: '2025-05-12' };
    for (const receivedOn of ['2025-04-25', '2025-05-12', '2025-05-13']) {
      const answer = check({ ...hops, receivedOn });
      expect(answer).toMatchObject({
        madeOn: '2025-05-12',
        lastDay: '2025-04-29',
        inTime: true,
        clock: 'running',
        validity: 'valid',
      });
      expect(answer.count).toMatchObject({
        testedOn: '2025-04-25',
        excludedFrom: '2025-04-25',
        excludedTo: '2025-05-12',
        excludedDays: 17,
        daysLate: 0,
      });
    }
  });

  it('R1.24 is out of time when the other body received it a day late, whatever the days there', () => {
    const answer = check({ receivedByWrongBodyOn: '2025-04-30', forwardedOn: '2025-05-12' });
    expect(answer).toMatchObject({ madeOn: '2025-05-12', inTime: false, validity: 'out-of-time' });
    expect(answer.count).toMatchObject({ excludedDays: 12, testedOn: '2025-04-30', daysLate: 1 });
  });

  it('R1.24 is in time on the last day at the other body, and forwarded on the same day', () => {
    const same = check({ receivedByWrongBodyOn: '2025-04-29', forwardedOn: '2025-04-29' });
    expect(same).toMatchObject({ inTime: true, madeOn: '2025-04-29', count: { excludedDays: 0 } });
  });

  it('R1.42 counts while it is still there: nothing was forwarded yet', () => {
    const answer = check({ receivedByWrongBodyOn: '2025-04-25', receivedOn: '2025-05-06' });
    expect(answer).toMatchObject({ inTime: true, madeOn: '2025-05-06' });
    expect(answer.count).toMatchObject({ excludedTo: '2025-05-06', excludedDays: 11 });
  });

  it('R1.43 does not leave out days with the force, but says that they may be special circumstances', () => {
    const late = check({ sentToForceOn: '2025-04-25', receivedOn: '2025-05-06' });
    expect(late).toMatchObject({ inTime: false, count: { excludedDays: 0, daysLate: 7 } });
    expect(rules(late.discretion)).toEqual(['R1.25', 'R1.43']);
    expect(late.discretion[1]?.text).toContain('which was in time');
    const onTheLastDay = check({ sentToForceOn: '2025-04-29', receivedOn: '2025-05-06' });
    expect(onTheLastDay.discretion[1]?.text).toContain('which was in time');
    const lateAlready = check({ sentToForceOn: '2025-05-01', receivedOn: '2025-05-06' });
    expect(lateAlready.discretion[1]?.text).toContain('which was late as well');
    expect(rules(check({ sentToForceOn: '2025-04-20' }).discretion)).toEqual([]);
  });
});
