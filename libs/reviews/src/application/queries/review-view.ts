import type { Eligibility } from '../../domain/eligibility/eligibility';
import type { ElapsedDays } from '../../domain/elapsed-days';
import type { ReviewAction } from '../../domain/review-stage';
import type { Evidence, Finding, ReviewState } from '../../domain/review-state';
import type { UnknownParticular } from '../assessments';
import type { TestNote } from '../review-act';
import type { Delegation, NamedChoice } from '../review-settings';

/** A clock with its counting in words. */
export interface ReviewClockView {
  readonly name: string;
  readonly fromDay: string;
  readonly dueOn: string | null;
  readonly metOn: string | null;
  readonly isLate: boolean;
  readonly rule: string;
  readonly calendarVersion: number;
  readonly steps: readonly string[];
}

export interface AllegationView {
  readonly id: string;
  readonly category: string;
  readonly text: string;
  readonly finding: Finding | null;
  readonly reasons: string | null;
  readonly evidence: readonly Evidence[];
}

export interface PartyView {
  readonly id: string;
  readonly role: string;
  readonly name: string;
  readonly email: string | null;
  readonly address: string | null;
  readonly notifiedOn: string | null;
}

export interface PaperView {
  readonly paper: string;
  readonly name: string;
  readonly requestedOn: string | null;
  readonly receivedOn: string | null;
}

/** A review with everything that its page shows. */
export interface ReviewView {
  readonly state: ReviewState;
  readonly version: number;
  readonly grounds: string | null;
  /** The law's tests on the particulars as they stand now. Null where they contradict each other: `contradictions` says how. */
  readonly eligibility: Eligibility | null;
  readonly contradictions: readonly { readonly pointer: string; readonly message: string }[];
  readonly unknown: readonly UnknownParticular[];
  readonly clocks: readonly ReviewClockView[];
  readonly parties: readonly PartyView[];
  /** Those requested and those that the bundle list has besides. */
  readonly papers: readonly PaperView[];
  readonly allegations: readonly AllegationView[];
  readonly allegationCategories: readonly NamedChoice[];
  readonly test: TestNote | null;
  readonly observations: readonly string[];
  readonly elapsed: ElapsedDays;
  /** Recommendations that the force has not settled. */
  readonly openRecommendations: number;
  readonly delegation: Delegation | null;
  /** Ids of texts of the review to the words: of pauses, declarations, extensions, steps of judicial review. */
  readonly texts: Readonly<Record<string, string>>;
  readonly allowedActions: readonly ReviewAction[];
}
