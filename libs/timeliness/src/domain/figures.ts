export type FigureUnit = 'cases' | 'share' | 'working-days';

/** How a figure is made of the cases that it counts and the cases that it counts them out of. */
export type FigureMeasure =
  | { readonly kind: 'count' }
  | { readonly kind: 'share' }
  | { readonly kind: 'working-days'; readonly percentile: 50 | 90; readonly lessPauses: boolean };

/** A figure as it is published: what it is called and, in plain words, what it counts. */
export interface FigureDefinition {
  readonly name: string;
  readonly definition: string;
  readonly unit: FigureUnit;
  readonly measure: FigureMeasure;
  /** Always counted by the week of this day, whatever else is asked for. */
  readonly weekOf?: 'received' | 'closed';
}

const COUNTED =
  'Spam that nobody has released, returned mail and automatic replies are not correspondence and are not counted.';
const WAITING = 'A case that was reopened counts from the day it was reopened.';
const WORKING_DAYS =
  'Working days are those of England and Wales; the day of receipt is day 0 and the day of the answer is counted.';
const DUE =
  'A case closed without an answer because none was needed is left out; so is a case whose clock is paused, and one that is not yet done and not yet past its day.';
const MEASURED = 'Both numbers are the cases measured.';

function count(name: string, definition: string): FigureDefinition {
  return { name, definition, unit: 'cases', measure: { kind: 'count' } };
}

function share(name: string, definition: string): FigureDefinition {
  return { name, definition, unit: 'share', measure: { kind: 'share' } };
}

function openAtAge(words: string): FigureDefinition {
  return count(
    `Open, ${words} working days old`,
    `Of the cases open at the end of the period (or today, if that is earlier), those that have waited ${words} working days. ${WAITING} ${WORKING_DAYS}`,
  );
}

function workingDaysToAnswer(percentile: 50 | 90, lessPauses: boolean): FigureDefinition {
  const name = percentile === 50 ? 'Median working days to answer' : '90th percentile of working days to answer';
  const meaning =
    percentile === 50
      ? 'Half of the cases answered in the period took no longer than this.'
      : 'Nine in ten of the cases answered in the period took no longer than this.';
  const pauses = lessPauses
    ? 'Net: working days on which the clock was paused are taken off.'
    : 'Gross: pauses are not taken off.';
  return {
    name: `${name}, ${lessPauses ? 'net' : 'gross'}`,
    definition: `${meaning} ${pauses} ${WAITING} ${WORKING_DAYS} ${MEASURED}`,
    unit: 'working-days',
    measure: { kind: 'working-days', percentile, lessPauses },
  };
}

/** Every figure there is, by its stable key. */
export const FIGURES = {
  received: count(
    'Received',
    `Cases of correspondence received in the period, by the day they arrived (London time). ${COUNTED}`,
  ),
  'acknowledged-in-time': share(
    'Acknowledged in time',
    `Of the cases whose acknowledgement was due in the period, those acknowledged or answered on or before the day it was due. ${DUE}`,
  ),
  'answered-in-time': share(
    'Answered in time',
    `Of the cases whose answer was due in the period, those answered on or before the day it was due. Due days are later by any pause or extension; a case that was reopened is due again by its new day. ${DUE}`,
  ),
  open: count(
    'Open',
    `Cases received or reopened by the end of the period (or today, if that is earlier) and not closed by then. ${COUNTED}`,
  ),
  'open-0-5': openAtAge('0 to 5'),
  'open-6-10': openAtAge('6 to 10'),
  'open-11-20': openAtAge('11 to 20'),
  'open-over-20': openAtAge('more than 20'),
  overdue: count(
    'Overdue',
    'Of the cases open at the end of the period (or today, if that is earlier), those not answered by then whose answer was due on an earlier day.',
  ),
  'median-working-days': workingDaysToAnswer(50, false),
  'median-working-days-net': workingDaysToAnswer(50, true),
  'p90-working-days': workingDaysToAnswer(90, false),
  'p90-working-days-net': workingDaysToAnswer(90, true),
  unassigned: count(
    'Unassigned',
    'Of the cases open at the end of the period (or today, if that is earlier), those that nobody has taken or been given.',
  ),
  closed: count('Closed', `Cases closed in the period, by the day they were closed. ${COUNTED}`),
  'received-per-week': {
    ...count('Received per week', `Cases received in the period, by the Monday of the week they arrived. ${COUNTED}`),
    weekOf: 'received',
  },
  'closed-per-week': {
    ...count('Closed per week', `Cases closed in the period, by the Monday of the week they were closed. ${COUNTED}`),
    weekOf: 'closed',
  },
} as const satisfies Record<string, FigureDefinition>;

export type FigureKey = keyof typeof FIGURES;

/** How well the office keeps its time. */
export const TIMELINESS_FIGURES = [
  'received',
  'acknowledged-in-time',
  'answered-in-time',
  'open',
  'open-0-5',
  'open-6-10',
  'open-11-20',
  'open-over-20',
  'overdue',
  'median-working-days',
  'median-working-days-net',
  'p90-working-days',
  'p90-working-days-net',
] as const satisfies readonly FigureKey[];

/** How much there is to do, and what comes in and goes out. */
export const WORKLOAD_FIGURES = [
  'open',
  'unassigned',
  'overdue',
  'received',
  'closed',
  'received-per-week',
  'closed-per-week',
] as const satisfies readonly FigureKey[];

/** What figures can be broken down by. */
export const BREAKDOWNS = ['office', 'channel', 'category', 'queue', 'person', 'priority', 'risk'] as const;
export type Breakdown = (typeof BREAKDOWNS)[number];
