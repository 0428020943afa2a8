import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { parseGovUkBankHolidays } from './bank-holiday-feed';
import { countDeadline } from './deadline';
import { type DeadlinePolicy, defaultPolicy, InvalidDeadlineInput } from './deadline-policy';
import { HolidayCalendar } from './holiday-calendar';
import type { Pause } from './paused-days';

const seed = join(__dirname, '../../offices/src/seed/bank-holidays.json');
const holidays = parseGovUkBankHolidays(JSON.parse(readFileSync(seed, 'utf8')));
const calendar = new HolidayCalendar({ version: 1, holidays });
const ew = 'england-and-wales';
const reviewLimit: DeadlinePolicy = {
  ...defaultPolicy('calendar-days', 28, ew),
  rule: 'review-limit',
  startedBy: 'Review rights given',
};
const dataProtectionComplaint: DeadlinePolicy = {
  ...defaultPolicy('calendar-days', 30, ew),
  rule: 'data-protection-complaint',
  rollForward: 'next-working-day',
};

function workingDays(count: number, from: string, region: DeadlinePolicy['region'] = ew): string {
  return countDeadline(defaultPolicy('working-days', count, region), from, calendar).deadline;
}

function errorsOf(policy: DeadlinePolicy, from: string, pauses: readonly Pause[] = []): string[] {
  try {
    countDeadline(policy, from, calendar, pauses);
  } catch (error) {
    if (error instanceof InvalidDeadlineInput) return error.errors.map((each) => each.pointer);
    throw error;
  }
  return [];
}

describe('domain.md section 11, worked tests: working days', () => {
  it.each([
    ['2026-04-02', '2026-04-07 2026-04-09 2026-04-13 2026-04-20 2026-05-05 2026-05-15'],
    ['2026-04-04', '2026-04-07 2026-04-09 2026-04-13 2026-04-20 2026-05-05 2026-05-15'],
    ['2025-12-23', '2025-12-24 2025-12-30 2026-01-02 2026-01-09 2026-01-23 2026-02-04'],
    ['2026-12-23', '2026-12-24 2026-12-30 2027-01-04 2027-01-11 2027-01-25 2027-02-04'],
    ['2027-12-23', '2027-12-24 2027-12-30 2028-01-04 2028-01-11 2028-01-25 2028-02-04'],
    ['2026-05-22', '2026-05-26 2026-05-28 2026-06-01 2026-06-08 2026-06-22 2026-07-02'],
  ])('received on %s: after 1, 3, 5, 10, 20 and 28 working days %s', (from, expected) => {
    expect([1, 3, 5, 10, 20, 28].map((count) => workingDays(count, from)).join(' ')).toBe(expected);
  });
});

describe('domain.md section 11, worked tests: freedom of information', () => {
  it.each([
    ['2025-12-18', '2026-01-20', '2026-01-21'],
    ['2026-03-05', '2026-04-02', '2026-04-07'],
    ['2026-06-01', '2026-06-29', '2026-06-30'],
    ['2026-07-01', '2026-07-29', '2026-07-30'],
    ['2026-11-20', '2026-12-18', '2026-12-21'],
  ])('received on %s: %s by the wrong calendar, %s by the holidays of any UK nation', (from, wrong, right) => {
    expect([workingDays(20, from, ew), workingDays(20, from, 'any-uk')]).toEqual([wrong, right]);
  });
});

describe('domain.md section 11, worked tests: subject access, one calendar month', () => {
  it.each([
    ['2026-01-30', '2026-02-28', '2026-03-02'],
    ['2026-01-31', '2026-02-28', '2026-03-02'],
    ['2026-03-03', '2026-04-03', '2026-04-07'],
    ['2026-08-31', '2026-09-30', '2026-09-30'],
    ['2026-11-25', '2026-12-25', '2026-12-29'],
  ])('received on %s: corresponding day %s, due %s', (from, corresponding, due) => {
    const { deadline, days } = countDeadline(defaultPolicy('calendar-months', 1, ew), from, calendar);
    expect(deadline).toBe(due);
    expect(days).toEqual(corresponding === due ? [due] : [corresponding, due]);
  });
});

describe('domain.md section 11, worked tests: data protection complaint, 30 days', () => {
  it.each([
    ['2026-06-19', '2026-07-19', '2026-07-20'],
    ['2026-07-09', '2026-08-08', '2026-08-10'],
    ['2026-11-25', '2026-12-25', '2026-12-29'],
    ['2026-11-26', '2026-12-26', '2026-12-29'],
  ])('received on %s: day 30 is %s, acknowledgement due %s', (from, day30, due) => {
    const { deadline, days } = countDeadline(dataProtectionComplaint, from, calendar);
    expect([days[29], deadline]).toEqual([day30, due]);
  });
});

describe('domain.md section 1.3, worked dates: the 28 days for a review', () => {
  it.each([
    ['2025-04-01', '2025-04-02', '2025-04-29', true],
    ['2025-12-04', '2025-12-05', '2026-01-01', false],
    ['2026-03-06', '2026-03-07', '2026-04-03', false],
    ['2024-02-01', '2024-02-02', '2024-02-29', true],
    ['2025-04-14', '2025-04-15', '2025-05-12', true],
  ])('information given on %s: day 1 is %s, last day %s', (from, day1, last, isWorkingDay) => {
    const { deadline, days, steps } = countDeadline(reviewLimit, from, calendar);
    expect([days[0], days[27], days.length, deadline]).toEqual([day1, last, 28, last]);
    expect(steps.includes('This rule does not move the deadline.')).toBe(!isWorkingDay);
  });

  it.each([
    ['2025-04-25', true],
    ['2025-04-30', false],
  ])('transit: at the wrong body on %s and forwarded on 12 May 2025, in time: %s', (wrongBodyOn, isInTime) => {
    const transit = [{ from: wrongBodyOn, to: '2025-05-12' }];
    const { deadline } = countDeadline(reviewLimit, '2025-04-01', calendar, transit);
    expect('2025-05-12' <= deadline).toBe(isInTime);
  });
});

describe('deadline-examples.csv, from the tests of public bodies', () => {
  const file = readFileSync(join(__dirname, '../data/deadline-examples.csv'), 'utf8');
  const rows = parse<Record<string, string>>(file, { columns: true });
  const ours = rows.filter((row) => row['counting_rule'] !== 'B');

  it('holds sixteen examples of the rules A, C, MON and CAL', () => {
    expect(
      ours
        .map((row) => row['counting_rule'])
        .sort()
        .join(' '),
    ).toBe('A A A A A A C C CAL MON MON MON MON MON MON');
  });

  it.each(ours.map((row) => [row['id'] ?? '', row['counting_rule'] ?? '', row] as const))(
    '%s, rule %s',
    (_, rule, row) => {
      const region = row['holiday_set'] === 'EW' ? ew : 'any-uk';
      const unit = rule === 'MON' ? 'calendar-months' : rule === 'CAL' ? 'calendar-days' : 'working-days';
      const policy = defaultPolicy(unit, Number(row['n']), region);
      const dayZero = rule === 'C' ? 'given-date-is-day-one' : 'receipt';
      expect(countDeadline({ ...policy, dayZero }, row['start'] ?? '', calendar).deadline).toBe(row['expected']);
    },
  );
});

describe('pauses', () => {
  const tenDays = defaultPolicy('working-days', 10, ew);
  const month = defaultPolicy('calendar-months', 1, ew);

  it('take out the days from their start up to, but not including, their end', () => {
    const unpaused = countDeadline(tenDays, '2026-06-01', calendar);
    const paused = countDeadline(tenDays, '2026-06-01', calendar, [{ from: '2026-06-03', to: '2026-06-05' }]);
    expect([unpaused.deadline, paused.deadline]).toEqual(['2026-06-15', '2026-06-17']);
    expect(paused.days.slice(0, 3)).toEqual(['2026-06-02', '2026-06-05', '2026-06-08']);
    expect(paused.steps).toContain(
      'The clock was paused from Wednesday 3 June 2026 to Thursday 4 June 2026: these days are not counted.',
    );
  });

  it('count once where they overlap, whatever their order', () => {
    const overlapping = [
      { from: '2026-06-04', to: '2026-06-08' },
      { from: '2026-06-03', to: '2026-06-05' },
      { from: '2026-06-08', to: '2026-06-09' },
      { from: '2026-06-11', to: '2026-06-11' },
    ];
    const single = [{ from: '2026-06-03', to: '2026-06-09' }];
    for (const policy of [tenDays, reviewLimit, month]) {
      const once = countDeadline(policy, '2026-06-01', calendar, single);
      expect(countDeadline(policy, '2026-06-01', calendar, overlapping)).toEqual(once);
    }
  });

  it('that are still open leave no deadline, and say how far the count had come', () => {
    const { deadline, days, steps } = countDeadline(tenDays, '2026-06-01', calendar, [
      { from: '2026-06-03', to: null },
    ]);
    expect(deadline).toBeNull();
    expect(days).toEqual(['2026-06-02']);
    expect(steps.slice(-2)).toEqual([
      'The clock was stopped on Wednesday 3 June 2026 and has not been started again.',
      '1 of 10 working days were counted before that. There is no deadline until it starts again.',
    ]);
  });

  it('that open after the deadline change nothing', () => {
    for (const policy of [tenDays, reviewLimit, month]) {
      const { deadline } = countDeadline(policy, '2026-06-01', calendar);
      const later = [{ from: '2026-07-02', to: null }];
      expect(countDeadline(policy, '2026-06-01', calendar, later).deadline).toBe(deadline);
    }
  });

  it('add their calendar days after a month, and then it moves to a working day', () => {
    const pauses = [{ from: '2026-06-10', to: '2026-06-13' }];
    const { deadline, days } = countDeadline(month, '2026-06-01', calendar, pauses);
    expect(days).toEqual(['2026-07-01', '2026-07-04', '2026-07-06']);
    expect(deadline).toBe('2026-07-06');
  });

  it('that fall into the days added to a month are added too', () => {
    const pauses = [
      { from: '2026-06-10', to: '2026-06-12' },
      { from: '2026-07-02', to: '2026-07-07' },
    ];
    expect(countDeadline(month, '2026-06-01', calendar, pauses).days).toEqual(['2026-07-01', '2026-07-08']);
  });

  it('that cover the end of a month are made up after them', () => {
    const pauses = [{ from: '2026-06-29', to: '2026-07-06' }];
    expect(countDeadline(month, '2026-06-01', calendar, pauses).days).toEqual(['2026-07-01', '2026-07-08']);
  });

  it.each([
    ['before the month ends', '2026-06-29'],
    ['in the days that are added', '2026-07-02'],
  ])('that open %s leave a month without a deadline', (_, openFrom) => {
    const pauses = [
      { from: '2026-06-10', to: '2026-06-15' },
      { from: openFrom, to: null },
    ];
    const { deadline, steps } = countDeadline(month, '2026-06-01', calendar, pauses);
    expect(deadline).toBeNull();
    expect(steps.join(' ')).toContain('has not been started again. There is no deadline');
  });
});

describe('the day that is given being day 1', () => {
  const including = (policy: DeadlinePolicy): DeadlinePolicy => ({ ...policy, dayZero: 'given-date-is-day-one' });

  it('ends a month the day before the same day of the next month', () => {
    const month = including({ ...defaultPolicy('calendar-months', 1, ew), rollForward: 'none' });
    const ends = ['2026-03-01', '2026-01-15', '2026-01-31'].map(
      (from) => countDeadline(month, from, calendar).deadline,
    );
    expect(ends).toEqual(['2026-03-31', '2026-02-14', '2026-02-28']);
  });

  it('is passed over when it is no working day', () => {
    const { days } = countDeadline(including(defaultPolicy('working-days', 2, ew)), '2026-04-04', calendar);
    expect(days).toEqual(['2026-04-07', '2026-04-08']);
  });
});

describe('what cannot be counted', () => {
  const twenty = defaultPolicy('working-days', 20, ew);

  it.each(['', 'tomorrow', '2026-02-29', '1999-12-31', '2201-01-01', '9999-12-31', '2026-04-07T00:00:00Z'])(
    'names /from for %j',
    (from) => {
      expect(errorsOf(twenty, from)).toEqual(['/from']);
    },
  );

  it.each([-1, 1.5, 3651, Number.NaN, Number.POSITIVE_INFINITY])('names /count for %d', (count) => {
    expect(errorsOf({ ...twenty, count }, '2026-04-07')).toEqual(['/count']);
  });

  it('names everything that is wrong at once', () => {
    const pauses = [
      { from: '2026-04-08', to: '2026-04-07' },
      { from: 'x', to: 'y' },
      { from: '2026-04-08', to: '2999-01-01' },
    ];
    expect(errorsOf({ ...twenty, count: -1 }, 'x', pauses)).toEqual([
      '/from',
      '/count',
      '/pauses/0/to',
      '/pauses/1/from',
      '/pauses/1/to',
      '/pauses/2/to',
    ]);
  });

  it.each(['working-days', 'calendar-days', 'calendar-months'] as const)(
    'refuses a count of %s that leads past the year 2200',
    (unit) => {
      expect(errorsOf(defaultPolicy(unit, 3650, ew), '2199-01-01')).toEqual(['/count']);
      expect(errorsOf(defaultPolicy(unit, 5, ew), '2200-12-30')).toEqual(['/count']);
    },
  );

  it('takes the longest count, and a pause of two centuries', () => {
    const long = countDeadline({ ...twenty, count: 3650 }, '2026-04-04', calendar);
    expect(long.days).toHaveLength(3650);
    const pauses = [{ from: '2000-01-02', to: '2200-01-01' }];
    expect(countDeadline(reviewLimit, '2000-01-01', calendar, pauses).deadline).toBe('2200-01-28');
    expect(countDeadline(defaultPolicy('calendar-months', 1, ew), '2000-01-01', calendar, pauses).deadline).toBe(
      '2200-01-31',
    );
  });

  it('counts nothing at all when told to: the day itself', () => {
    expect(countDeadline({ ...twenty, count: 0 }, '2026-04-04', calendar)).toMatchObject({
      deadline: '2026-04-04',
      days: [],
    });
    expect(countDeadline({ ...dataProtectionComplaint, count: 0 }, '2026-04-04', calendar).deadline).toBe('2026-04-07');
  });
});
