import { DomainError, type FieldError } from './domain-error';
import type { HolidayRegion } from './holiday-calendar';
import { InvalidDay, isDay } from './london-time';
import { type Pause, pauseErrors } from './paused-days';

export type DeadlineUnit = 'working-days' | 'calendar-days' | 'calendar-months';

/** How one kind of deadline is counted. Policies are data: offices and the law change them. */
export interface DeadlinePolicy {
  /** The stable name of the rule, stored with every deadline it gave. */
  readonly rule: string;
  readonly unit: DeadlineUnit;
  readonly count: number;
  /** Whose bank holidays are no working days. */
  readonly region: HolidayRegion;
  /** Whether counting starts on the day after the given one (receipt is day 0) or on the given day itself. */
  readonly dayZero: 'receipt' | 'given-date-is-day-one';
  /** What happens when the last day is not a working day. */
  readonly rollForward: 'none' | 'next-working-day';
  /** What happened on day 0, as the explanation begins; 'Received' when left out. */
  readonly startedBy?: string;
  readonly source?: string;
}

export const longestCount = 3650;
const FIRST_YEAR = 2000;
export const lastDeadlineDay = '2200-12-31';

/** A deadline cannot be counted from what was given; `errors` names each wrong part. */
export class InvalidDeadlineInput extends DomainError {
  readonly code = 'kernel.invalid-deadline-input';
  readonly kind = 'invalid';

  constructor(errors: readonly FieldError[]) {
    super(`The deadline cannot be counted: ${errors.map((each) => `${each.pointer} ${each.message}`).join('; ')}`, {
      errors,
    });
  }
}

/** The policy that the deadline calculator applies when it is told no more than unit, count and region. */
export function defaultPolicy(unit: DeadlineUnit, count: number, region: HolidayRegion): DeadlinePolicy {
  return {
    rule: `default-${unit}`,
    unit,
    count,
    region,
    dayZero: 'receipt',
    rollForward: unit === 'calendar-months' ? 'next-working-day' : 'none',
  };
}

/** Refuses what cannot be counted, naming every wrong part at once. */
export function checkDeadlineInput(policy: DeadlinePolicy, from: string, pauses: readonly Pause[]): void {
  const { count } = policy;
  const countIsRight = Number.isInteger(count) && count >= 0 && count <= longestCount;
  const errors = [
    dayError(from, '/from'),
    countIsRight ? null : { pointer: '/count', message: `Must be a whole number from 0 to ${longestCount}` },
    ...pauseErrors(pauses, dayError),
  ].filter((error) => error !== null);
  if (errors.length > 0) throw new InvalidDeadlineInput(errors);
}

/** The deadline would lie beyond the years that are counted. */
export function deadlineTooFar(): InvalidDeadlineInput {
  return new InvalidDeadlineInput([
    { pointer: '/count', message: `Must not lead past the year ${lastDeadlineDay.slice(0, 4)}` },
  ]);
}

function dayError(day: string, pointer: string): FieldError | null {
  if (!isDay(day)) return new InvalidDay(pointer).errors[0] ?? null;
  const isInRange = Number(day.slice(0, 4)) >= FIRST_YEAR && day <= lastDeadlineDay;
  return isInRange
    ? null
    : { pointer, message: `Must be in the years ${FIRST_YEAR} to ${lastDeadlineDay.slice(0, 4)}` };
}
