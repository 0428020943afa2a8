import fc from 'fast-check';
import { addDays } from '@app/kernel';
import {
  daysInWords,
  earlierQuartersOfYear,
  exactQuarter,
  lastCompleteQuarter,
  periodInWords,
  quarterContaining,
  quartersUpTo,
  yearToDate,
} from './financial-quarter';

const day = fc.integer({ min: 0, max: 40_000 }).map((days) => addDays('2000-01-01', days));

describe('the financial quarter', () => {
  it.each([
    ['2026-04-01', '2026-06-30', 'Q1 2026/27 (1 April to 30 June 2026)'],
    ['2026-07-01', '2026-09-30', 'Q2 2026/27 (1 July to 30 September 2026)'],
    ['2026-10-01', '2026-12-31', 'Q3 2026/27 (1 October to 31 December 2026)'],
    ['2027-01-01', '2027-03-31', 'Q4 2026/27 (1 January to 31 March 2027)'],
    ['2100-01-01', '2100-03-31', 'Q4 2099/00 (1 January to 31 March 2100)'],
    // The known error: half a year is never called a quarter.
    ['2024-04-01', '2024-09-30', '1 April to 30 September 2024'],
    ['2026-07-01', '2027-06-30', '1 July 2026 to 30 June 2027'],
  ])('%s to %s is %s', (from, to, words) => {
    expect(periodInWords({ from, to })).toBe(words);
  });

  it('holds every day once, and its quarters follow each other without a gap', () => {
    fc.assert(
      fc.property(day, (each) => {
        const quarter = quarterContaining(each);
        expect(quarter.from <= each && each <= quarter.to).toBe(true);
        expect(quarterContaining(addDays(quarter.to, 1)).from).toBe(addDays(quarter.to, 1));
        expect(exactQuarter(quarter)).toEqual(quarter);
        expect(exactQuarter({ from: quarter.from, to: addDays(quarter.to, -1) })).toBeNull();
        expect(exactQuarter({ from: addDays(quarter.from, 1), to: quarter.to })).toBeNull();
        expect(lastCompleteQuarter(each).to).toBe(addDays(quarter.from, -1));
        expect(yearToDate(quarter).from).toMatch(/-04-01$/);
        expect(earlierQuartersOfYear(quarter)).toHaveLength(quarter.number - 1);
        expect(earlierQuartersOfYear(quarter).every(({ year, to }) => year === quarter.year && to < each)).toBe(true);
      }),
    );
  });

  it('counts back over the year', () => {
    const last = lastCompleteQuarter('2026-11-22');
    expect(quartersUpTo(last, 4).map(({ number, year }) => `Q${String(number)} ${year}`)).toEqual([
      'Q3 2025/26',
      'Q4 2025/26',
      'Q1 2026/27',
      'Q2 2026/27',
    ]);
    expect(daysInWords(yearToDate(last))).toBe('1 April to 30 September 2026');
  });
});
