import fc from 'fast-check';
import {
  addDays,
  dayInWords,
  daysBetween,
  endOfLondonDay,
  InvalidDay,
  isDay,
  londonDate,
  londonDateTimeInWords,
  startOfLondonDay,
} from './london-time';

const anyInstant = fc.date({
  min: new Date('2000-01-01T00:00:00Z'),
  max: new Date('2199-12-31T00:00:00Z'),
  noInvalidDate: true,
});
const anyDay = anyInstant.map((instant) => instant.toISOString().slice(0, 10));

describe('the London day', () => {
  it.each([
    ['2026-06-30T22:59:59.999Z', '2026-06-30'],
    // domain.md section 11, other rules: half past eleven at night UTC in summer is the next day in London.
    ['2026-06-30T23:30:00Z', '2026-07-01'],
    ['2026-12-31T23:30:00Z', '2026-12-31'],
    ['2026-03-29T00:59:59.999Z', '2026-03-29'],
    ['2026-03-29T22:59:59.999Z', '2026-03-29'],
    ['2026-03-29T23:00:00Z', '2026-03-30'],
    ['2026-10-24T23:00:00Z', '2026-10-25'],
    ['2026-10-25T23:30:00Z', '2026-10-25'],
    ['2026-10-26T00:00:00Z', '2026-10-26'],
  ])('of %s is %s', (instant, day) => {
    expect(londonDate(new Date(instant))).toBe(day);
  });

  it.each([
    ['2026-01-15', '2026-01-15T00:00:00.000Z', '2026-01-15T23:59:59.999Z', 24],
    ['2026-03-29', '2026-03-29T00:00:00.000Z', '2026-03-29T22:59:59.999Z', 23],
    ['2026-07-01', '2026-06-30T23:00:00.000Z', '2026-07-01T22:59:59.999Z', 24],
    ['2026-10-25', '2026-10-24T23:00:00.000Z', '2026-10-25T23:59:59.999Z', 25],
  ])('%s runs from %s to %s: %i hours', (day, start, end, hours) => {
    expect(startOfLondonDay(day).toISOString()).toBe(start);
    expect(endOfLondonDay(day).toISOString()).toBe(end);
    expect(endOfLondonDay(day).getTime() + 1 - startOfLondonDay(day).getTime()).toBe(hours * 3_600_000);
  });

  it('holds every instant between its start and its end, and each day starts where the last one ended', () => {
    fc.assert(
      fc.property(anyInstant, (instant) => {
        const day = londonDate(instant);
        expect(startOfLondonDay(day).getTime()).toBeLessThanOrEqual(instant.getTime());
        expect(endOfLondonDay(day).getTime()).toBeGreaterThanOrEqual(instant.getTime());
        expect(startOfLondonDay(addDays(day, 1)).getTime()).toBe(endOfLondonDay(day).getTime() + 1);
      }),
    );
  });
});

describe('adding days', () => {
  it.each([
    ['2026-03-28', 2, '2026-03-30'],
    ['2024-02-28', 1, '2024-02-29'],
    ['2026-01-01', -1, '2025-12-31'],
    ['2026-01-01', 0, '2026-01-01'],
  ])('%s and %i is %s', (day, days, expected) => {
    expect(addDays(day, days)).toBe(expected);
  });

  it('is undone by counting the days between', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -4000, max: 4000 }), (day, days) => {
        expect(daysBetween(day, addDays(day, days))).toBe(days);
      }),
    );
  });

  it('refuses to leave the years that have four digits', () => {
    expect(() => addDays('9999-12-31', 1)).toThrow(InvalidDay);
  });
});

describe('words for days and times', () => {
  it('names the weekday and the month', () => {
    expect(dayInWords('2026-04-07')).toBe('Tuesday 7 April 2026');
    expect(dayInWords('2028-02-29')).toBe('Tuesday 29 February 2028');
  });

  it.each([
    ['2026-06-04T08:32:00Z', '4 June 2026 at 9:32am'],
    ['2026-06-04T11:00:00Z', '4 June 2026 at midday'],
    ['2026-06-03T23:00:59Z', '4 June 2026 at midnight'],
    ['2026-06-03T23:05:00Z', '4 June 2026 at 12:05am'],
    ['2026-12-04T12:30:00Z', '4 December 2026 at 12:30pm'],
    ['2026-12-04T17:00:00Z', '4 December 2026 at 5pm'],
    ['2026-03-29T00:59:00Z', '29 March 2026 at 12:59am'],
    ['2026-03-29T01:00:00Z', '29 March 2026 at 2am'],
    ['2026-10-25T01:30:00Z', '25 October 2026 at 1:30am'],
  ])('%s is %s', (instant, words) => {
    expect(londonDateTimeInWords(new Date(instant))).toBe(words);
  });

  it('agrees with the calendar of the platform on every day', () => {
    const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'UTC' });
    fc.assert(
      fc.property(anyDay, (day) => {
        expect(dayInWords(day)).toBe(format.format(new Date(day)).replace(',', ''));
      }),
    );
  });
});

describe('a text that is no day', () => {
  it.each([
    '',
    '2026-4-7',
    '20260407',
    '2026-02-29',
    '2026-13-01',
    '2026-04-31',
    '2026-04-07T00:00',
    ' 2026-04-07',
    '-002026-04-07',
    '2026-00-10',
    '２０２６-04-07',
  ])('is refused: %j', (text) => {
    expect(isDay(text)).toBe(false);
    expect(() => dayInWords(text)).toThrow(InvalidDay);
  });

  it('is refused when it is no text at all', () => {
    expect([null, undefined, 20260407, {}, ['2026-04-07']].filter(isDay)).toEqual([]);
  });
});
