import { startOfLondonDay, isDay, londonDate } from '@app/kernel';
import type { Fields } from '../case/form-fields';

export const LOG_CHANNELS = ['phone', 'letter', 'in-person', 'social-media', 'event', 'email'] as const;
export type LogChannel = (typeof LOG_CHANNELS)[number];
const CAPACITIES = [
  'member-of-public',
  'mp',
  'councillor',
  'parish-council',
  'victim',
  'officer',
  'media',
  'organisation',
];
const EMAIL = /^[^\s@<>()",;]{1,64}@[^\s@<>()",;]+\.[^\s@<>()",;]+$/;

/** A contact as it is being written down, perhaps during the call. */
export interface LogForm {
  readonly office: string;
  readonly channel: string;
  readonly find: string;
  readonly name: string;
  readonly phone: string;
  readonly email: string;
  readonly postcode: string;
  readonly organisation: string;
  readonly capacity: string;
  readonly subject: string;
  readonly body: string;
  readonly day: string;
  readonly time: string;
  readonly about: string;
  readonly answered: string;
  readonly answer: string;
  /** `yes`: it asks for a review of the outcome of a complaint. */
  readonly review: string;
  readonly once: string;
}

/** A form as it opens: a call, just now. */
export function emptyLog(office: string, once: string): LogForm {
  return {
    office,
    channel: 'phone',
    find: '',
    name: '',
    phone: '',
    email: '',
    postcode: '',
    organisation: '',
    capacity: 'member-of-public',
    subject: '',
    body: '',
    day: '',
    time: '',
    about: '',
    answered: '',
    answer: '',
    review: '',
    once,
  };
}

export function readLog(fields: Fields, empty: LogForm): LogForm {
  const known = Object.keys(empty).map((key) => [key, (fields[key] ?? '').trim()] as const);
  const read = { ...empty, ...(Object.fromEntries(known) as Partial<LogForm>) };
  return { ...read, once: /^[\w-]{8,64}$/.test(read.once) ? read.once : empty.once };
}

/** What is wrong, in the order of the page. */
export function checkLog(form: LogForm, offices: readonly string[], now: Date): (readonly [string, string])[] {
  const found: (readonly [string, string])[] = [];
  const refuse = (field: string, text: string): number => found.push([field, text]);
  if (!offices.includes(form.office)) refuse('office', 'Choose the office');
  if (!(LOG_CHANNELS as readonly string[]).includes(form.channel)) refuse('channel', 'Choose how it reached us');
  for (const [field, longest] of [
    ['name', 200],
    ['organisation', 200],
    ['postcode', 10],
  ] as const) {
    if (form[field].length > longest) refuse(field, `This must be ${String(longest)} characters or fewer`);
  }
  if (form.phone !== '' && !/^[\d\s()+.-]{5,30}$/.test(form.phone))
    refuse('phone', 'Enter a telephone number, like 01632 960 001');
  if (form.email !== '' && (!EMAIL.test(form.email) || form.email.length > 254))
    refuse('email', 'Enter an e-mail address, like name@mail.example');
  if (form.capacity !== '' && !CAPACITIES.includes(form.capacity)) refuse('capacity', 'Choose who they are');
  if (form.subject === '') refuse('subject', 'Say what it is about');
  else if (form.subject.length > 200) refuse('subject', 'This must be 200 characters or fewer');
  if (form.body === '') refuse('body', 'Write down what was said or written');
  else if (form.body.length > 100_000) refuse('body', 'This must be 100,000 characters or fewer');
  const at = receivedAt(form);
  if (at === 'unreadable') refuse('day', 'Enter the day and time it was received');
  else if (at !== null && at.getTime() > now.getTime() + 5 * 60_000)
    refuse('day', 'It cannot have been received in the future');
  if (form.answered === 'yes' && form.answer === '') refuse('answer', 'Say what you told them');
  return found;
}

/** Null: just now. A day without a time stands for its noon, and for now when it is today. */
export function receivedAt({ day, time }: Pick<LogForm, 'day' | 'time'>, now = new Date()): Date | null | 'unreadable' {
  if (day === '' && time === '') return null;
  const onDay = day === '' ? londonDate(now) : day;
  if (!isDay(onDay) || onDay < '2000-01-01') return 'unreadable';
  if (time === '' && onDay === londonDate(now)) return null;
  const clock = /^([01]?\d|2[0-3])[:.]([0-5]\d)$/.exec(time === '' ? '12:00' : time);
  if (!clock) return 'unreadable';
  // From midnight in London; on the two days of the year when clocks change by the clock on the wall.
  const midnight = startOfLondonDay(onDay).getTime();
  const minutes = Number(clock[1]) * 60 + Number(clock[2]);
  const at = new Date(midnight + minutes * 60_000);
  return new Date(at.getTime() + drift(at, minutes) * 60_000);
}

/** Minutes by which the wall clock differs from what was asked for. */
function drift(at: Date, minutes: number): number {
  const text = at.toLocaleTimeString('en-GB', {
    timeZone: 'Europe/London',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  });
  const [hour = 0, minute = 0] = text.split(':').map(Number);
  return minutes - (hour * 60 + minute);
}
