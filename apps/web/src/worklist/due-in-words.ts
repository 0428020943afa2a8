import { addDays, dayInWords, type HolidayCalendar } from '@app/kernel';

/** When something is owed, in words, with how pressing it is. */
export interface DueInWords {
  readonly words: string;
  /** The day itself; empty without one. */
  readonly day: string;
  readonly state: 'late' | 'today' | 'soon' | 'later' | 'none';
}

const SOON = 2;

/** "due tomorrow", "3 working days late". Working days are those of England and Wales, as service standards count them. */
export function dueInWords(due: string | null, today: string, calendar: HolidayCalendar): DueInWords {
  if (due === null) return { words: 'no deadline', day: '', state: 'none' };
  const day = shortDay(due, today);
  const between = (from: string, to: string): number => calendar.workingDaysBetween(from, to, 'england-and-wales');
  if (due < today) {
    const late = between(due, today);
    return { words: late === 0 ? 'late since the last working day' : `${workingDays(late)} late`, day, state: 'late' };
  }
  if (due === today) return { words: 'due today', day, state: 'today' };
  const left = between(today, due);
  const state = left <= SOON ? 'soon' : 'later';
  if (due === addDays(today, 1)) return { words: 'due tomorrow', day, state };
  return { words: left === 0 ? 'due before the next working day' : `due in ${workingDays(left)}`, day, state };
}

function workingDays(count: number): string {
  return count === 1 ? '1 working day' : `${String(count)} working days`;
}

/** "Tue 24 Nov"; with the year instead of the weekday where it is another year than `today`. For tables. */
export function shortDay(day: string, today: string): string {
  const [weekday = '', date = '', month = '', year = ''] = dayInWords(day).split(' ');
  const short = `${date} ${month.slice(0, 3)}`;
  return day.slice(0, 4) === today.slice(0, 4) ? `${weekday.slice(0, 3)} ${short}` : `${short} ${year}`;
}
