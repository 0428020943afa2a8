import { quarterOf, quarterOfDay, quartersBack } from './quarters';

describe('a quarter', () => {
  it.each([
    ['2026-01-01', '2026-Q1', '2026-01-01', '2026-03-31'],
    ['2026-03-31', '2026-Q1', '2026-01-01', '2026-03-31'],
    ['2028-02-29', '2028-Q1', '2028-01-01', '2028-03-31'],
    ['2026-04-01', '2026-Q2', '2026-04-01', '2026-06-30'],
    ['2026-12-31', '2026-Q4', '2026-10-01', '2026-12-31'],
  ])('of %s is %s', (day, key, from, to) => {
    expect(quarterOfDay(day)).toMatchObject({ key, from, to });
    expect(quarterOf(key)).toMatchObject({ from, to });
  });

  it('is nothing for any other text', () => {
    expect(['', '2026-Q5', '1999-Q1', '2026-q1', '2026'].map(quarterOf)).toEqual([null, null, null, null, null]);
  });

  it('goes back over the turn of the year', () => {
    expect(quartersBack('2026-02-10', 3).map(({ name }) => name)).toEqual([
      'January to March 2026',
      'October to December 2025',
      'July to September 2025',
    ]);
  });
});
