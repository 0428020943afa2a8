import type { FigureFrame } from './counted-cases';

/** So many cases of one queue and person that are due on one day. */
export interface DueCount {
  /** `overdue`, or the day. */
  readonly due: string;
  readonly queue: string | null;
  readonly person: string | null;
  readonly cases: number;
}

/** A case whose answer is overdue or falls due soon. */
export interface DueCase {
  /** Null for a case that is restricted to others. */
  readonly reference: string | null;
  readonly office: string;
  readonly queue: string | null;
  readonly person: string | null;
  readonly priority: string;
  readonly status: string;
  readonly receivedOn: string;
  readonly respondBy: string;
}

/** Which of them: undefined is any, null is "has none". */
export interface DueSelection {
  readonly due?: string | undefined;
  readonly queue?: string | null | undefined;
  readonly person?: string | null | undefined;
}

export interface DuePosition {
  readonly respondBy: string;
  readonly caseId: string;
}

/** Counts and lists open cases by the day on which their answer is due, both by the same conditions. */
export abstract class DueCases {
  abstract counts(frame: FigureFrame): Promise<DueCount[]>;

  /** By due day, the earliest first. */
  abstract list(
    frame: FigureFrame,
    selection: DueSelection,
    after: DuePosition | null,
    limit: number,
  ): Promise<(DueCase & DuePosition)[]>;
}
