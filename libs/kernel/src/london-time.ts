import { Temporal } from 'temporal-polyfill';
import { DomainError } from './domain-error';

const LONDON = 'Europe/London';
const DAY_FORM = /^\d{4}-\d{2}-\d{2}$/;
// Not Intl: its English day pattern gained and lost a comma between ICU releases, and these words are stored.
const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

const HOUR_MS = 3_600_000;
const FIRST_WHOLE_HOUR = Date.UTC(1972, 0, 1) / HOUR_MS;
const MOST_REMEMBERED = 20_000;
const dayOfHour = new Map<number, string>();
const dayAfter = new Map<string, string>();

/** Calendar arithmetic is asked the same few questions again and again, and is slow. */
function remembered<K>(known: Map<K, string>, key: K, find: () => string): string {
  const before = known.get(key);
  if (before !== undefined) return before;
  const found = find();
  if (known.size >= MOST_REMEMBERED) known.clear();
  known.set(key, found);
  return found;
}

/** A text that should be a calendar day is not one. */
export class InvalidDay extends DomainError {
  readonly code = 'kernel.invalid-day';
  readonly kind = 'invalid';

  constructor(pointer = '') {
    const message = 'Must be a real day written as YYYY-MM-DD, for example 2026-04-07';
    super(message, { errors: [{ pointer, message }] });
  }
}

/** Whether the text is a day that exists, written as YYYY-MM-DD. */
export function isDay(text: unknown): text is string {
  return toPlainDay(text) !== null;
}

/** The day as a Temporal date, for the kernel's own arithmetic. */
export function plainDay(day: string, pointer?: string): Temporal.PlainDate {
  const date = toPlainDay(day);
  if (date === null) throw new InvalidDay(pointer);
  return date;
}

/** The calendar day in London at an instant, as YYYY-MM-DD. */
export function londonDate(instant: Date): string {
  const hour = Math.floor(instant.getTime() / HOUR_MS);
  // Since 1972 London has been whole hours from UTC: an hour lies on one day.
  if (!(hour >= FIRST_WHOLE_HOUR)) return dayText(inLondon(instant).toPlainDate());
  return remembered(dayOfHour, hour, () => dayText(inLondon(instant).toPlainDate()));
}

/** The first instant of a London day. */
export function startOfLondonDay(day: string): Date {
  return new Date(plainDay(day).toZonedDateTime(LONDON).epochMilliseconds);
}

/** The last millisecond of a London day: what is done at this instant was done on that day. */
export function endOfLondonDay(day: string): Date {
  return new Date(plainDay(day).add({ days: 1 }).toZonedDateTime(LONDON).epochMilliseconds - 1);
}

/** The day so many days later (or earlier, when negative). */
export function addDays(day: string, days: number): string {
  return remembered(dayAfter, `${day} ${String(days)}`, () => dayText(plainDay(day).add({ days })));
}

/** How many days the second day is after the first; negative when it is before. */
export function daysBetween(from: string, to: string): number {
  return plainDay(from).until(plainDay(to), { largestUnit: 'day' }).days;
}

/** For people: '2026-04-07' becomes 'Tuesday 7 April 2026'. */
export function dayInWords(day: string): string {
  const date = plainDay(day);
  return `${WEEKDAYS[date.dayOfWeek - 1]} ${dateInWords(date)}`;
}

/** For people: '7 April 2026 at 9:32am', in London time. */
export function londonDateTimeInWords(instant: Date): string {
  const local = inLondon(instant);
  return `${dateInWords(local)} at ${timeInWords(local.hour, local.minute)}`;
}

function toPlainDay(text: unknown): Temporal.PlainDate | null {
  // Temporal also reads '20260407' and times of day, so the form is checked first.
  if (typeof text !== 'string' || !DAY_FORM.test(text)) return null;
  const [year, month, day] = text.split('-').map(Number);
  try {
    return Temporal.PlainDate.from({ year: year ?? 0, month: month ?? 0, day: day ?? 0 }, { overflow: 'reject' });
  } catch {
    return null;
  }
}

/** Days outside the years 0 to 9999 have no YYYY-MM-DD form, and would sort wrongly as text. */
function dayText(date: Temporal.PlainDate): string {
  if (date.year < 0 || date.year > 9999) throw new InvalidDay();
  return date.toString();
}

function inLondon(instant: Date): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(LONDON);
}

function dateInWords(date: { readonly day: number; readonly month: number; readonly year: number }): string {
  return `${date.day} ${MONTHS[date.month - 1]} ${date.year}`;
}

function timeInWords(hour: number, minute: number): string {
  // 12am and 12pm are misread, so the GOV.UK style uses words for them.
  if (minute === 0 && hour === 0) return 'midnight';
  if (minute === 0 && hour === 12) return 'midday';
  const minutes = minute === 0 ? '' : `:${String(minute).padStart(2, '0')}`;
  return `${hour % 12 || 12}${minutes}${hour < 12 ? 'am' : 'pm'}`;
}
