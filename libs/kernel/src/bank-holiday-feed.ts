import { DomainError, type FieldError } from './domain-error';
import { type Holiday, type HolidayDivision, holidayDivisions } from './holiday-calendar';
import { isDay } from './london-time';

const MOST_ERRORS_NAMED = 20;
const LONGEST_TITLE = 200;

/** What was read is not the bank holiday feed of GOV.UK; `errors` names each wrong part. */
export class InvalidBankHolidayFeed extends DomainError {
  readonly code = 'kernel.invalid-bank-holiday-feed';
  readonly kind = 'invalid';

  constructor(errors: readonly FieldError[]) {
    const first = errors[0];
    super(`The bank holiday feed cannot be used: ${first ? `${first.pointer} ${first.message}` : 'it is empty'}`, {
      errors: errors.slice(0, MOST_ERRORS_NAMED),
    });
  }
}

/** Reads the JSON of https://www.gov.uk/bank-holidays.json, all of it or nothing, sorted by date. */
export function parseGovUkBankHolidays(json: unknown): Holiday[] {
  const errors: FieldError[] = [];
  const holidays: Holiday[] = [];
  for (const division of holidayDivisions) {
    const events = eventsOf(json, division);
    // An empty list would turn every bank holiday into a working day.
    if (events === null || events.length === 0) {
      errors.push({ pointer: `/${division}/events`, message: 'must be a list of at least one bank holiday' });
      continue;
    }
    const seen = new Set<string>();
    for (const [index, event] of events.entries()) {
      const read = readEvent(event, division, `/${division}/events/${index}`, errors);
      if (read === null) continue;
      if (seen.has(read.date)) {
        errors.push({ pointer: `/${division}/events/${index}/date`, message: `lists ${read.date} a second time` });
      }
      seen.add(read.date);
      holidays.push(read);
    }
  }
  if (errors.length > 0) throw new InvalidBankHolidayFeed(errors);
  return holidays.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}

function eventsOf(json: unknown, division: HolidayDivision): readonly unknown[] | null {
  if (!isRecord(json)) return null;
  const part = json[division];
  return isRecord(part) && Array.isArray(part['events']) ? part['events'] : null;
}

function readEvent(event: unknown, division: HolidayDivision, pointer: string, errors: FieldError[]): Holiday | null {
  if (!isRecord(event)) {
    errors.push({ pointer, message: 'must be an object with a title and a date' });
    return null;
  }
  const title = typeof event['title'] === 'string' ? event['title'].trim() : '';
  const date = event['date'];
  const titleIsRight = title !== '' && title.length <= LONGEST_TITLE;
  if (!titleIsRight) {
    errors.push({ pointer: `${pointer}/title`, message: `must be a text of 1 to ${LONGEST_TITLE} characters` });
  }
  if (!isDay(date)) {
    errors.push({ pointer: `${pointer}/date`, message: 'must be a real day written as YYYY-MM-DD' });
    return null;
  }
  // The feed calls Monday 28 December 'Boxing Day': without the note the explanation of a deadline reads wrong.
  const isSubstitute = event['notes'] === 'Substitute day';
  return titleIsRight ? { division, date, title: isSubstitute ? `${title} (substitute day)` : title } : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
