import { HolidayCalendar } from '@app/kernel';
import fc from 'fast-check';
import { earliestDayWithin, percentile, workingDays } from './working-days-to-answer';

const calendar = new HolidayCalendar({
  version: 1,
  holidays: [
    { division: 'england-and-wales', date: '2026-04-03', title: 'Good Friday' },
    { division: 'england-and-wales', date: '2026-04-06', title: 'Easter Monday' },
    { division: 'scotland', date: '2026-04-07', title: 'Not a holiday here' },
  ],
});

describe('working days to answer', () => {
  it.each([
    ['2026-04-02', '2026-04-02', 0],
    ['2026-04-02', '2026-04-07', 1],
    ['2026-04-04', '2026-04-07', 1],
    ['2026-04-02', '2026-04-09', 3],
  ])('from %s to %s are %i', (from, to, days) => {
    expect(workingDays(calendar, from, to)).toBe(days);
  });

  it.each([
    ['inside', '2026-03-04', '2026-03-11', 5],
    ['over the weekend only', '2026-03-07', '2026-03-09', 10],
    ['from before the waiting began', '2026-02-23', '2026-03-04', 9],
    ['to after the answer', '2026-03-12', '2026-03-31', 7],
    ['without an end', '2026-03-12', null, 7],
    ['after the answer', '2026-03-20', '2026-03-25', 10],
    ['before the waiting', '2026-02-02', '2026-02-09', 10],
    ['of no day', '2026-03-04', '2026-03-04', 10],
  ])('less a pause %s (%s to %s) are %i', (_, from, to, days) => {
    expect(workingDays(calendar, '2026-03-02', '2026-03-16', [{ from, to }])).toBe(days);
  });
});

describe('the earliest day within so many working days', () => {
  it('reaches back over a weekend and a holiday', () => {
    expect(earliestDayWithin(calendar, 0, '2026-04-07')).toBe('2026-04-07');
    expect(earliestDayWithin(calendar, 1, '2026-04-07')).toBe('2026-04-02');
    expect(earliestDayWithin(calendar, 0, '2026-04-06')).toBe('2026-04-02');
  });
});

describe('percentiles', () => {
  const of = (values: readonly number[]): Map<number, number> => {
    const occurrences = new Map<number, number>();
    for (const value of values) occurrences.set(value, (occurrences.get(value) ?? 0) + 1);
    return occurrences;
  };

  it('are nothing of nothing', () => {
    expect(percentile(50, new Map())).toBeNull();
    expect(percentile(90, new Map())).toBeNull();
  });

  it('take the middle, or the mean of the two in the middle', () => {
    expect(percentile(50, of([9, 1, 3]))).toBe(3);
    expect(percentile(50, of([9, 1, 3, 4]))).toBe(3.5);
  });

  it('take the smallest value that nine in ten do not exceed', () => {
    expect(percentile(90, of([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]))).toBe(9);
    expect(percentile(90, of([1, 2, 3]))).toBe(3);
  });

  it('leave at least their share of the values at or under them', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50), { minLength: 1 }), fc.constantFrom(50 as const, 90 as const), (values, p) => {
        const at = percentile(p, of(values)) ?? -1;
        expect(values.filter((value) => value <= at).length / values.length).toBeGreaterThanOrEqual(p / 100);
        expect(values.filter((value) => value >= at).length / values.length).toBeGreaterThanOrEqual((100 - p) / 100);
      }),
    );
  });
});
