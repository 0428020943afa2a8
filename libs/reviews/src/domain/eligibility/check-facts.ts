import { DomainError, isDay, type FieldError } from '@app/kernel';
import type { EligibilityFacts } from './eligibility-facts';

/** The facts are not days, or contradict each other: each error names its field. */
export class InvalidEligibilityFacts extends DomainError {
  readonly code = 'reviews.invalid-eligibility-facts';
  readonly kind = 'invalid';

  constructor(errors: readonly FieldError[]) {
    super('The facts of the application cannot be right', { errors });
  }
}

const DAYS = [
  'complaintMadeOn',
  'reviewRightsNotifiedOn',
  'receivedOn',
  'receivedByWrongBodyOn',
  'forwardedOn',
  'relatesToEarlierMatterBefore',
  'letterDatedOn',
  'sentToForceOn',
] as const;

/** Nothing here is older: the tests would answer, and nobody could have meant it. */
const EARLIEST_DAY = '1900-01-01';
/** Room for the 28 days before the calendar ends. */
const LATEST_DAY = '9998-12-31';

/** What could only be a slip of the pen, in the order of the application. */
const ORDERS: readonly (readonly [later: (typeof DAYS)[number], earlier: (typeof DAYS)[number], message: string])[] = [
  ['reviewRightsNotifiedOn', 'complaintMadeOn', 'must not be before the complaint was made'],
  ['letterDatedOn', 'complaintMadeOn', 'must not be before the complaint was made'],
  ['receivedOn', 'complaintMadeOn', 'must not be before the complaint was made'],
  ['receivedByWrongBodyOn', 'complaintMadeOn', 'must not be before the complaint was made'],
  ['forwardedOn', 'receivedByWrongBodyOn', 'must not be before the other body received it'],
  ['complaintMadeOn', 'relatesToEarlierMatterBefore', 'must not be before the earlier matter that it relates to'],
];

/** Throws `InvalidEligibilityFacts` unless every day exists and none contradicts another. */
export function checkFacts(facts: EligibilityFacts): void {
  const errors: FieldError[] = [];
  const valid = (field: (typeof DAYS)[number]): string | null => {
    const day = facts[field];
    return isDay(day) ? day : null;
  };
  for (const field of DAYS) {
    const day = facts[field] ?? null;
    if (day === null && field !== 'receivedOn') continue;
    if (!isDay(day) || day < EARLIEST_DAY || day > LATEST_DAY)
      errors.push({ pointer: `/${field}`, message: 'must be a day such as 2026-04-07' });
  }
  if (valid('forwardedOn') !== null && (facts.receivedByWrongBodyOn ?? null) === null) {
    const message = 'must say when the other body received it, because a day of forwarding is given';
    errors.push({ pointer: '/receivedByWrongBodyOn', message });
  }
  for (const [later, earlier, message] of ORDERS) {
    const [after, before] = [valid(later), valid(earlier)];
    if (after !== null && before !== null && after < before) errors.push({ pointer: `/${later}`, message });
  }
  if (errors.length > 0) throw new InvalidEligibilityFacts(errors);
}
