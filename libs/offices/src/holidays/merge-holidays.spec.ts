import type { Holiday } from '@app/kernel';
import { mergeHolidays } from './merge-holidays';

const day = (date: string, title = 'Day', division: Holiday['division'] = 'england-and-wales'): Holiday => ({
  division,
  date,
  title,
});

it('speaks for the years that the feed covers and leaves older and later ones', () => {
  const known = [day('2017-12-25'), day('2027-05-03'), day('2027-05-07', 'By hand'), day('2030-01-01', 'Proclaimed')];
  const feed = [day('2026-01-01'), day('2027-05-03', 'Early May')];
  const merge = mergeHolidays(known, feed);
  expect(merge.holidays.map(({ date }) => date)).toEqual(['2017-12-25', '2026-01-01', '2027-05-03', '2030-01-01']);
  expect(merge.added).toEqual([day('2026-01-01')]);
  expect(merge.removed).toEqual([day('2027-05-07', 'By hand')]);
  expect(merge.renamed).toEqual([day('2027-05-03', 'Early May')]);
});

it('keeps each part of the United Kingdom apart', () => {
  const known = [day('2027-01-04', 'Scottish', 'scotland')];
  expect(mergeHolidays(known, [day('2027-01-01')]).removed).toEqual([]);
});
