import { addDays, startOfLondonDay, type HolidayCalendar } from '@app/kernel';

/** The days and hours on which the office works. */
export class OfficeHours {
  readonly #working = new Map<string, boolean>();
  readonly #starts = new Map<string, number>();

  constructor(private readonly calendar: HolidayCalendar) {}

  isOpen(day: string): boolean {
    const known = this.#working.get(day);
    if (known !== undefined) return known;
    const isOpen = this.calendar.isWorkingDay(day, 'england-and-wales');
    this.#working.set(day, isOpen);
    return isOpen;
  }

  /** The working day so many after the day; 0: the day itself, or the next working day. */
  after(day: string, workingDays: number): string {
    let current = day;
    for (let left = workingDays; left > 0;) {
      current = addDays(current, 1);
      if (this.isOpen(current)) left -= 1;
    }
    while (!this.isOpen(current)) current = addDays(current, 1);
    return current;
  }

  /** The working day so many before the day. */
  before(day: string, workingDays: number): string {
    let current = day;
    for (let left = workingDays; left > 0;) {
      current = addDays(current, -1);
      if (this.isOpen(current)) left -= 1;
    }
    return current;
  }

  at(day: string, hour: number, minute = 0, second = 0): Date {
    let start = this.#starts.get(day);
    if (start === undefined) this.#starts.set(day, (start = startOfLondonDay(day).getTime()));
    return new Date(start + ((hour * 60 + minute) * 60 + second) * 1000);
  }
}
