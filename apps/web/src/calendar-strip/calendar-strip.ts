import { addDays, dayInWords, daysBetween } from '@app/kernel';
import type { ReviewDayCount } from '@app/reviews';
import { fill, textAt, type Messages } from '../http/messages';

/** What stands on a day, in the order in which it is shown. */
export const STRIP_MARKS = ['told', 'elsewhere', 'forwarded', 'last', 'received'] as const;
export type StripMark = (typeof STRIP_MARKS)[number];

export interface StripDay {
  readonly day: string;
  readonly number: number;
  /** Of the 28; null where the day is not counted. */
  readonly counted: number | null;
  readonly isLate: boolean;
  readonly isExcluded: boolean;
  readonly isNonWorking: boolean;
  readonly marks: readonly { readonly mark: StripMark; readonly sign: string }[];
  /** Everything that the looks say, for those who do not see them. */
  readonly words: string;
}

export interface StripWeek {
  /** Shown where a month begins. */
  readonly month: string | null;
  readonly days: readonly StripDay[];
  /** Weeks left out before this one, where nothing happened. */
  readonly weeksLeftOut: number;
}

/** The 28 days as a calendar, and the same as a list. */
export interface CalendarStrip {
  readonly caption: string;
  readonly weekdays: readonly { readonly short: string; readonly long: string }[];
  readonly weeks: readonly StripWeek[];
  readonly events: readonly { readonly day: string; readonly what: string; readonly sign: string }[];
  readonly key: readonly { readonly look: string; readonly sign: string; readonly text: string }[];
}

const SIGNS: Readonly<Record<StripMark, string>> = {
  told: '●',
  elsewhere: '◆',
  forwarded: '◇',
  last: '■',
  received: '▼',
};
const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** Fewer weeks than this are drawn although nothing happened in them. */
const FEWEST_LEFT_OUT = 3;

export interface StripOptions {
  readonly isNonWorkingDay: (day: string) => boolean;
  /** The application is being written: its day is today. */
  readonly isToday?: boolean;
  /** The texts under `calendarStrip`. */
  readonly words: Messages;
}

/** Draws the count; null where no day was counted, because the time has not begun. */
export function calendarStrip(count: ReviewDayCount, options: StripOptions): CalendarStrip | null {
  const { notifiedOn, lastDay } = count;
  if (notifiedOn === null || lastDay === null) return null;
  const text = (path: string): string => textAt(options.words, path);
  const marked = marksOf(count);
  const first = [...marked.keys()].reduce((one, other) => (other < one ? other : one), notifiedOn);
  const end = [...marked.keys()].reduce((one, other) => (other > one ? other : one), lastDay);
  const whatOf = (mark: StripMark): string => text(mark === 'received' && options.isToday ? 'today' : mark);
  const toDay = (day: string): StripDay => {
    const number = daysBetween(notifiedOn, day);
    const isExcluded = isWithin(day, count.excludedFrom, count.excludedTo);
    const counted = number >= 1 && day <= lastDay ? number : null;
    const marks = (marked.get(day) ?? []).map((mark) => ({ mark, sign: SIGNS[mark] }));
    const isNonWorking = options.isNonWorkingDay(day);
    const isLate = day > lastDay && day <= count.testedOn;
    const words = [
      dayInWords(day),
      ...(number === 0 ? [text('dayNought')] : []),
      ...(counted === null ? [] : [fill(text('dayNumber'), { number: counted })]),
      ...marks.map(({ mark }) => whatOf(mark)),
      ...(isExcluded ? [text('excluded')] : []),
      ...(isLate ? [text('late')] : []),
      ...(isNonWorking ? [text('nonWorking')] : []),
    ].join(', ');
    return { day, number: Number(day.slice(8)), counted, isLate, isExcluded, isNonWorking, marks, words };
  };
  return {
    caption: fill(text('caption'), { from: dayInWords(notifiedOn), to: dayInWords(lastDay) }),
    weekdays: WEEKDAYS.map((name) => ({ short: text(`weekdays.${name}`).slice(0, 2), long: text(`weekdays.${name}`) })),
    weeks: weeksOf(first, end, toDay, text),
    events: eventsOf(count, marked, whatOf, options.words),
    key: keyOf(count, marked, whatOf, text),
  };
}

function marksOf(count: ReviewDayCount): ReadonlyMap<string, readonly StripMark[]> {
  const days: Readonly<Record<StripMark, string | null>> = {
    told: count.notifiedOn,
    elsewhere: count.excludedFrom,
    forwarded: count.excludedTo,
    last: count.lastDay,
    received: count.receivedOn,
  };
  const marked = new Map<string, StripMark[]>();
  for (const mark of STRIP_MARKS) {
    const day = days[mark];
    if (day !== null) marked.set(day, [...(marked.get(day) ?? []), mark]);
  }
  return marked;
}

/** Whole weeks; several in a row in which nothing is counted or marked are not drawn. */
function weeksOf(
  first: string,
  end: string,
  toDay: (day: string) => StripDay,
  text: (path: string) => string,
): readonly StripWeek[] {
  const all: (readonly StripDay[])[] = [];
  for (let monday = mondayOf(first); monday <= end; monday = addDays(monday, 7))
    all.push(WEEKDAYS.map((_name, index) => toDay(addDays(monday, index))));
  const weeks: StripWeek[] = [];
  let plain: (readonly StripDay[])[] = [];
  let shownTo = '';
  const show = (days: readonly StripDay[], weeksLeftOut: number): void => {
    const months = [...new Set(days.map(({ day }) => day.slice(0, 7)))].filter((month) => month > shownTo);
    shownTo = months.at(-1) ?? shownTo;
    weeks.push({ month: monthsInWords(months, text), days, weeksLeftOut });
  };
  for (const days of all) {
    if (days.every(({ counted, marks }) => counted === null && marks.length === 0)) {
      plain.push(days);
      continue;
    }
    const isLong = plain.length >= FEWEST_LEFT_OUT;
    if (!isLong) for (const each of plain) show(each, 0);
    show(days, isLong ? plain.length : 0);
    plain = [];
  }
  return weeks;
}

/** '2025-03' and '2025-04' become 'March – April 2025'. */
function monthsInWords(months: readonly string[], text: (path: string) => string): string | null {
  const [first, last] = [months[0], months.at(-1)];
  if (first === undefined || last === undefined) return null;
  const word = (month: string): string => text(`months.m${month.slice(5)}`);
  const [firstYear, lastYear] = [first.slice(0, 4), last.slice(0, 4)];
  if (first === last) return `${word(first)} ${firstYear}`;
  return firstYear === lastYear
    ? `${word(first)} – ${word(last)} ${lastYear}`
    : `${word(first)} ${firstYear} – ${word(last)} ${lastYear}`;
}

function eventsOf(
  count: ReviewDayCount,
  marked: ReadonlyMap<string, readonly StripMark[]>,
  whatOf: (mark: StripMark) => string,
  words: Messages,
): CalendarStrip['events'] {
  const days = (text: string, number: number): string =>
    fill(textAt(words, number === 1 ? `${text}One` : `${text}Many`), { number });
  const events = [...marked].sort(([one], [other]) => (one < other ? -1 : 1));
  return events.flatMap(([day, marks]) =>
    marks.map((mark) => {
      const isLate = mark === 'received' && count.daysLate > 0 && count.excludedFrom === null;
      const isBack = mark === 'forwarded' && count.excludedDays > 0;
      const more = isLate ? days('daysLate', count.daysLate) : isBack ? days('daysExcluded', count.excludedDays) : '';
      return { day: dayInWords(day), sign: SIGNS[mark], what: more === '' ? whatOf(mark) : `${whatOf(mark)}: ${more}` };
    }),
  );
}

function keyOf(
  count: ReviewDayCount,
  marked: ReadonlyMap<string, readonly StripMark[]>,
  whatOf: (mark: StripMark) => string,
  text: (path: string) => string,
): CalendarStrip['key'] {
  const shown = new Set([...marked.values()].flat());
  return [
    ...STRIP_MARKS.filter((mark) => shown.has(mark)).map((mark) => ({
      look: 'mark',
      sign: SIGNS[mark],
      text: whatOf(mark),
    })),
    { look: 'counted', sign: '1–28', text: text('counted') },
    ...(count.excludedDays > 0 ? [{ look: 'excluded', sign: '', text: text('excluded') }] : []),
    ...(count.daysLate > 0 ? [{ look: 'late', sign: '', text: text('late') }] : []),
  ];
}

function isWithin(day: string, from: string | null, to: string | null): boolean {
  return from !== null && to !== null && day >= from && day < to;
}

function mondayOf(day: string): string {
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return addDays(day, -weekday);
}
