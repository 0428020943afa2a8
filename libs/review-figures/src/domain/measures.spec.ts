import fc from 'fast-check';
import { addDays, HolidayCalendar } from '@app/kernel';
import { AGE_BANDS, ageBand, average, daysTaken, median, share } from './measures';

const calendar = new HolidayCalendar({
  version: 1,
  holidays: [
    { date: '2026-04-03', title: 'Good Friday', division: 'england-and-wales' },
    { date: '2026-04-06', title: 'Easter Monday', division: 'england-and-wales' },
  ],
});
const day = fc.integer({ min: 0, max: 200 }).map((days) => addDays('2026-01-05', days));
const pauses = fc
  .array(fc.tuple(day, fc.integer({ min: 0, max: 40 })), { maxLength: 4 })
  .map((found) => found.map(([from, days]) => ({ from, to: addDays(from, days) })));

describe('measures of reviews', () => {
  it('takes the middle of an odd number, and the mean of the two in the middle of an even one', () => {
    expect(median([])).toBeNull();
    expect(median([9])).toBe(9);
    expect(median([9, 1, 4])).toBe(4);
    expect(median([9, 1, 4, 6])).toBe(5);
  });

  it('has as many values below the median as above', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(400), { minLength: 1 }), (values) => {
        const middle = median(values) ?? Number.NaN;
        expect(values.filter((each) => each < middle).length).toBeLessThanOrEqual(values.length / 2);
        expect(values.filter((each) => each > middle).length).toBeLessThanOrEqual(values.length / 2);
        expect(median([...values].reverse())).toBe(middle);
      }),
    );
  });

  it('keeps the average between the least and the most', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(400), { minLength: 1 }), (values) => {
        expect(average(values)).toBeGreaterThanOrEqual(Math.min(...values));
        expect(average(values)).toBeLessThanOrEqual(Math.max(...values));
      }),
    );
    expect(average([1, 2, 2])).toBe(1.7);
    expect(average([])).toBeNull();
  });

  it('gives no share of nothing', () => {
    expect(share(0, 0)).toBeNull();
    expect(share(1, 3)).toBe(0.3333);
  });

  it('puts every age into exactly one band', () => {
    fc.assert(
      fc.property(fc.nat(2000), (age) => {
        const bands = AGE_BANDS.filter(({ from, to }) => age >= from && (to === null || age <= to));
        expect(bands.map(({ key }) => key)).toEqual([ageBand(age)]);
      }),
    );
    expect([0, 28, 29, 56, 57, 112, 113].map(ageBand)).toEqual([
      ...['0-28', '0-28', '29-56', '29-56', '57-112', '57-112', 'over-112'],
    ]);
  });

  it('counts working days over Easter, and leaves out the days of a pause', () => {
    const from = '2026-04-02';
    expect(daysTaken('calendar-days', from, '2026-04-13', calendar)).toBe(11);
    expect(daysTaken('working-days', from, '2026-04-13', calendar)).toBe(5);
    const paused = [{ from: '2026-04-08', to: '2026-04-10' }];
    expect(daysTaken('calendar-days', from, '2026-04-13', calendar, paused)).toBe(9);
    expect(daysTaken('working-days', from, '2026-04-13', calendar, paused)).toBe(3);
  });

  it('counts the days one by one to the same end, whatever the pauses', () => {
    fc.assert(
      fc.property(
        day,
        day,
        pauses,
        fc.constantFrom('calendar-days' as const, 'working-days' as const),
        (a, b, stops, unit) => {
          const [from, to] = a < b ? [a, b] : [b, a];
          let expected = 0;
          for (let each = addDays(from, 1); each <= to; each = addDays(each, 1)) {
            const isPaused = stops.some((stop) => each >= stop.from && each < stop.to);
            const isCounted = unit === 'calendar-days' || calendar.isWorkingDay(each, 'england-and-wales');
            if (isCounted && !isPaused) expected += 1;
          }
          expect(daysTaken(unit, from, to, calendar, stops)).toBe(expected);
        },
      ),
    );
  });
});
