import { HolidayCalendar } from '@app/kernel';
import { dueInWords } from './due-in-words';

const calendar = new HolidayCalendar({
  version: 1,
  holidays: [{ division: 'england-and-wales', date: '2026-12-25', title: 'Christmas Day' }],
});

describe('when something is due, in words', () => {
  it.each([
    // 24 November 2026 is a Tuesday.
    [null, '2026-11-24', 'no deadline', 'none'],
    ['2026-11-24', '2026-11-24', 'due today', 'today'],
    ['2026-11-25', '2026-11-24', 'due tomorrow', 'soon'],
    ['2026-11-26', '2026-11-24', 'due in 2 working days', 'soon'],
    ['2026-12-01', '2026-11-24', 'due in 5 working days', 'later'],
    ['2026-12-28', '2026-12-24', 'due in 1 working day', 'soon'],
    ['2026-11-29', '2026-11-27', 'due before the next working day', 'soon'],
    ['2026-11-23', '2026-11-24', '1 working day late', 'late'],
    ['2026-11-19', '2026-11-24', '3 working days late', 'late'],
    ['2026-11-28', '2026-11-29', 'late since the last working day', 'late'],
  ])('%s on %s: %s', (due, today, words, state) => {
    expect(dueInWords(due, today, calendar)).toMatchObject({ words, state });
  });

  it('names the day too', () => {
    expect(dueInWords('2026-11-26', '2026-11-24', calendar).day).toBe('Thu 26 Nov');
  });

  it('names the year of a day in another year', () => {
    expect(dueInWords('2027-01-04', '2026-11-24', calendar).day).toBe('4 Jan 2027');
  });
});
