import { HolidayCalendar } from '@app/kernel';
import { clockInWords } from './clock-in-words';

const calendar = new HolidayCalendar({
  version: 1,
  holidays: [{ division: 'england-and-wales', date: '2026-12-25', title: 'Christmas Day' }],
});
const reply = { clock: 'reply', status: 'open', metOn: null };

describe('a clock in words', () => {
  it.each([
    ['2026-11-24', '2026-11-20', 'Reply due on Tuesday 24 November 2026: in 2 working days', 'soon'],
    ['2026-11-20', '2026-11-20', 'Reply due on Friday 20 November 2026: today', 'today'],
    ['2026-11-20', '2026-11-23', 'Reply due on Friday 20 November 2026: 1 working day late', 'late'],
    ['2026-12-28', '2026-12-24', 'Reply due on Monday 28 December 2026: in 1 working day', 'soon'],
    ['2026-11-20', '2026-11-21', 'Reply due on Friday 20 November 2026: overdue', 'late'],
  ])('due %s, seen on %s: %s', (dueOn, today, text, state) => {
    expect(clockInWords({ ...reply, dueOn }, today, calendar)).toEqual({ text, state });
  });

  it('says what was done and when, and that a paused clock waits', () => {
    const done = { clock: 'reply', dueOn: '2026-11-20', status: 'missed', metOn: '2026-11-23' };
    expect(clockInWords(done, '2026-11-24', calendar).text).toBe(
      'Reply done on Monday 23 November 2026, after Friday 20 November 2026',
    );
    expect(clockInWords({ ...reply, dueOn: null }, '2026-11-24', calendar).text).toBe(
      'Reply waits while the case is paused',
    );
  });
});
