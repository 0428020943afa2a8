import type { Pause } from '@app/kernel';
import type { Breakdown, FigureKey } from '../domain/figures';

/** What is asked, made exact: of which offices, for which days, as known at which instant. */
export interface FigureFrame {
  readonly offices: readonly string[];
  readonly from: string;
  readonly to: string;
  /** The figures are as they were recorded at this instant. */
  readonly asOf: Date;
  /** The London day of `asOf`: what is due on it can still be done in time. */
  readonly asOfDay: string;
  /** The day at whose end cases are open or overdue: the last of the period, but not after `asOfDay`. */
  readonly openDay: string;
  /** The earliest days from which no more than 5, 10 and 20 working days lead up to `openDay`. */
  readonly ageStarts: readonly [string, string, string];
}

/** How many cases each figure counts in a group, and out of how many. */
export interface Tally {
  readonly isTotal: boolean;
  /** Null also where the cases have none, such as no category yet. */
  readonly group: string | null;
  readonly counts: ReadonlyMap<FigureKey, { readonly counted: number; readonly outOf: number }>;
}

/** So many cases of a group that waited from the one day to the other. */
export interface AnsweredSpan {
  readonly group: string | null;
  readonly waitingSince: string;
  readonly answeredOn: string;
  readonly pauses: readonly Pause[];
  readonly cases: number;
}

/** A case behind a figure. */
export interface CountedCase {
  /** Null for a case that is restricted to others. */
  readonly reference: string | null;
  readonly office: string;
  readonly receivedOn: string;
  readonly respondBy: string | null;
  readonly answeredOn: string | null;
  readonly status: string;
}

export interface CasePosition {
  readonly receivedOn: string;
  readonly caseId: string;
}

export interface CasesAsked {
  readonly figure: FigureKey;
  readonly part: 'numerator' | 'denominator';
  /** Undefined: all cases of the figure. */
  readonly group: { readonly by: Breakdown | 'week'; readonly value: string | null } | undefined;
  readonly after: CasePosition | null;
  readonly limit: number;
}

/** Counts and lists cases by the same conditions, so that a list is always what its figure counted. */
export abstract class CountedCases {
  /** The newest instant, not after `now`, up to which everything that was recorded is counted. */
  abstract completeUpTo(now: Date): Promise<Date>;

  /** The holiday calendar that was in use at the instant. */
  abstract calendarVersionAt(instant: Date): Promise<number>;

  /** One tally of all cases, and one per group when a breakdown is given. */
  abstract tally(frame: FigureFrame, figures: readonly FigureKey[], by: Breakdown | 'week' | null): Promise<Tally[]>;

  /** How long the cases answered in the period waited. */
  abstract answeredSpans(frame: FigureFrame, by: Breakdown | null): Promise<AnsweredSpan[]>;

  /** The cases behind a figure, by day of receipt. */
  abstract list(frame: FigureFrame, asked: CasesAsked): Promise<(CountedCase & CasePosition)[]>;
}
