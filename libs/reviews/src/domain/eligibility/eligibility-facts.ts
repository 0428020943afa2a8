import type { HolidayCalendar } from '@app/kernel';

export const HANDLINGS = ['investigation', 'otherwise-than-by-investigation'] as const;
export const INVESTIGATORS = ['authority', 'iopc-directed', 'iopc-independent'] as const;
export const APPLICANTS = ['complainant', 'representative', 'other'] as const;
export const BODY_TEST_ANSWERS = ['yes', 'no', 'unknown'] as const;

/** The seven tests of Schedule 3, paragraph 30, in the order of R1.30. */
export const BODY_TESTS = [
  'authorityIsLocalPolicingBody',
  'seniorOfficer',
  'cannotExcludeSeriousMatter',
  'referredOrMustBe',
  'treatedAsReferred',
  'sameIncident',
  'anyPart',
] as const;

export type Handling = (typeof HANDLINGS)[number];
export type Investigator = (typeof INVESTIGATORS)[number];
export type ApplicantRole = (typeof APPLICANTS)[number];
export type BodyTest = (typeof BODY_TESTS)[number];
export type BodyTestAnswer = (typeof BODY_TEST_ANSWERS)[number];
export type BodyTestAnswers = Readonly<Record<BodyTest, BodyTestAnswer>>;

/** What is known of an application for a review. Days are London days, YYYY-MM-DD. */
export interface EligibilityFacts {
  /** The force or authority whose decision is challenged (R1.34). Null: not stated. */
  readonly force: string | null;
  readonly complaintMadeOn: string | null;
  readonly recordedUnderSchedule3: boolean;
  readonly handling: Handling;
  /** Only of an investigation; without it the appropriate authority's own. */
  readonly investigationBy?: Investigator | null;
  /** Whether the force has finished and has written to the complainant (R1.8). */
  readonly finalised: boolean;
  /** The day on which the review-rights information was provided; null when it never was (R1.20). */
  readonly reviewRightsNotifiedOn: string | null;
  readonly receivedOn: string;
  /** The first receipt by a review body that was not the right one (R1.24). */
  readonly receivedByWrongBodyOn?: string | null;
  readonly forwardedOn?: string | null;
  readonly applicant: ApplicantRole;
  readonly writtenConsent?: boolean | null;
  readonly bodyTests: BodyTestAnswers;
  /** The day of an earlier matter that was still being handled when this complaint about it was made (R1.6, R1.7). */
  readonly relatesToEarlierMatterBefore?: string | null;
  /** The day that the outcome letter bears, where it is not the day on which it was provided (R1.27). */
  readonly letterDatedOn?: string | null;
  /** When the force was sent it in place of a review body (R1.43). */
  readonly sentToForceOn?: string | null;
  /** The investigator reported early, with no report after it (R1.5). */
  readonly acceleratedProcedure?: boolean | null;
}

/** What surrounds the tests and is not of the application. */
export interface EligibilitySettings {
  /** Which days are not working days (R1.23). Without it, Saturdays and Sundays. */
  readonly isNonWorkingDay?: (day: string) => boolean;
  /** The force whose local policing body asks (R1.34). Without it, every force is taken for its own. */
  readonly ownForce?: string;
}

/** The days on which no office of England and Wales works, for the settings and for the calendar that shows them. */
export function nonWorkingDays(calendar: HolidayCalendar): (day: string) => boolean {
  return (day) => !calendar.isWorkingDay(day, 'england-and-wales');
}
