import { dayInWords, type HolidayCalendar } from '@app/kernel';

/** A clock as a sentence, with how pressing it is for those who can see colour. */
export interface ClockInWords {
  readonly text: string;
  readonly state: 'late' | 'today' | 'soon' | 'later' | 'done' | 'paused';
}

const NAMES: Readonly<Record<string, string>> = {
  acknowledge: 'Acknowledgement',
  reply: 'Reply',
  update: 'Update',
  forward: 'Forwarding',
};

export function clockName(clock: string): string {
  return NAMES[clock] ?? clock;
}

/** "Reply due on Tuesday 24 November 2026: in 2 working days". */
export function clockInWords(
  { clock, dueOn, status, metOn }: { clock: string; dueOn: string | null; status: string; metOn: string | null },
  today: string,
  calendar: HolidayCalendar,
): ClockInWords {
  const name = clockName(clock);
  if (metOn !== null) {
    const late = dueOn !== null && metOn > dueOn ? `, after ${dayInWords(dueOn)}` : '';
    return { text: `${name} done on ${dayInWords(metOn)}${late}`, state: 'done' };
  }
  if (status === 'stopped') return { text: `${name} no longer due`, state: 'done' };
  if (dueOn === null) return { text: `${name} waits while the case is paused`, state: 'paused' };
  const due = `${name} due on ${dayInWords(dueOn)}`;
  if (dueOn === today) return { text: `${due}: today`, state: 'today' };
  const between = (from: string, to: string): number => calendar.workingDaysBetween(from, to, 'england-and-wales');
  if (dueOn < today) {
    const days = between(dueOn, today);
    return { text: `${due}: ${days === 0 ? 'overdue' : `${inWorkingDays(days)} late`}`, state: 'late' };
  }
  const days = between(today, dueOn);
  return {
    text: `${due}: ${days === 0 ? 'before the next working day ends' : `in ${inWorkingDays(days)}`}`,
    state: days <= 2 ? 'soon' : 'later',
  };
}

function inWorkingDays(days: number): string {
  return days === 1 ? '1 working day' : `${String(days)} working days`;
}
