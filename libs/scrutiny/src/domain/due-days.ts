import { countDeadline, defaultPolicy, type DeadlineUnit, type HolidayCalendar } from '@app/kernel';

/** A day by which something is due, and how it was counted. */
export interface DueDay {
  readonly dueOn: string;
  readonly steps: readonly string[];
}

/** Counts the clocks of oversight with the kernel's deadlines. None of them rolls to a working day: they are plain periods. */
export class DueDays {
  constructor(private readonly calendar: HolidayCalendar) {}

  months(from: string, count: number, startedBy = 'Started'): DueDay {
    return this.count('calendar-months', from, count, startedBy);
  }

  days(from: string, count: number, startedBy = 'Started'): DueDay {
    return this.count('calendar-days', from, count, startedBy);
  }

  private count(unit: DeadlineUnit, from: string, count: number, startedBy: string): DueDay {
    const policy = { ...defaultPolicy(unit, count, 'england-and-wales'), rollForward: 'none' as const, startedBy };
    const { deadline, steps } = countDeadline(policy, from, this.calendar);
    return { dueOn: deadline, steps };
  }
}
