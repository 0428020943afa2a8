import type { DeadlinePolicy, DeadlineUnit } from './deadline-policy';
import type { Holiday, HolidayCalendar, HolidayRegion } from './holiday-calendar';
import { dayInWords } from './london-time';

const DIVISION_IN_WORDS: Readonly<Record<Holiday['division'], string>> = {
  'england-and-wales': 'England and Wales',
  scotland: 'Scotland',
  'northern-ireland': 'Northern Ireland',
};
const UNIT_IN_WORDS: Readonly<Record<DeadlineUnit, string>> = {
  'working-days': 'working day',
  'calendar-days': 'calendar day',
  'calendar-months': 'calendar month',
};

/** '1 working day', '20 working days'. */
export function countInWords(count: number, unit: DeadlineUnit): string {
  return `${count} ${UNIT_IN_WORDS[unit]}${count === 1 ? '' : 's'}`;
}

/** How the counting starts: day 0, and what is left out. */
export function openingSteps({ unit, region, dayZero, startedBy }: DeadlinePolicy, from: string): string[] {
  const start =
    dayZero === 'receipt'
      ? `${startedBy ?? 'Received'} on ${dayInWords(from)} (day 0).`
      : `Counting starts with ${dayInWords(from)} itself.`;
  switch (unit) {
    case 'working-days':
      return [start, `Saturdays, Sundays and bank holidays ${whereInWords(region)} are not counted.`];
    case 'calendar-days':
      return [start, 'Every day is counted, weekends and bank holidays too.'];
    case 'calendar-months':
      return [start];
  }
}

/** 'Monday 6 April 2026 is Easter Monday', with the part of the country when it is not England and Wales. */
export function holidayInWords(day: string, holidays: readonly Holiday[]): string {
  const title = holidays[0]?.title ?? 'a bank holiday';
  const article = /bank holiday/i.test(title) && !title.startsWith('a ') ? 'the ' : '';
  const divisions = holidays.map((each) => each.division);
  const where = divisions.includes('england-and-wales')
    ? ''
    : ` in ${divisions.map((division) => DIVISION_IN_WORDS[division]).join(' and ')}`;
  return `${dayInWords(day)} is ${article}${title}${where}`;
}

/** Why a day is no working day, as a whole sentence. */
export function notWorkingInWords(day: string, holidays: readonly Holiday[]): string {
  return holidays.length > 0
    ? `${holidayInWords(day, holidays)} and is not a working day.`
    : `${dayInWords(day)} is not a working day.`;
}

/** Warnings for the days whose bank holidays the calendar does not know; none when it knows them all. */
export function unknownHolidaySteps(
  calendar: HolidayCalendar,
  region: HolidayRegion,
  first: string,
  last: string,
): string[] {
  const [firstKnown, lastKnown] = [calendar.firstKnownDay(region), calendar.lastKnownDay(region)];
  if (firstKnown === null || lastKnown === null) {
    return ['The bank holidays of these years are not known: the deadline may be later.'];
  }
  const steps: string[] = [];
  if (first < firstKnown) {
    steps.push(`Bank holidays before ${dayInWords(firstKnown)} are not known: the deadline may be later.`);
  }
  if (last > lastKnown) {
    steps.push(`Bank holidays after ${dayInWords(lastKnown)} are not known yet: the deadline may become later.`);
  }
  return steps;
}

function whereInWords(region: HolidayRegion): string {
  return region === 'england-and-wales' ? 'in England and Wales' : 'in any part of the United Kingdom';
}
