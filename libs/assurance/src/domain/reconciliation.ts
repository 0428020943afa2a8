/** How many faults a list shows at most; the true number stands beside it. */
export const LONGEST_LIST = 1000;

/** An item received, or a case, that cannot be accounted for. */
export interface Unaccounted {
  readonly kind: 'item' | 'case';
  readonly id: string;
  readonly office: string;
  /** Of the case; items have none. */
  readonly reference: string | null;
  /** Of the item; cases have none. */
  readonly mailbox: string | null;
  readonly receivedAt: string;
  readonly why: string;
}

/** An open case that could be overlooked. */
export interface OverlookedCase {
  readonly id: string;
  readonly reference: string;
  readonly office: string;
  readonly status: string;
  readonly receivedOn: string;
}

/** A number that no case has, or a counter that would give one again. */
export interface NumberingFault {
  readonly office: string;
  readonly year: number;
  readonly number: number;
  readonly why: string;
}

/** Something that should be there once. */
export interface Duplicate {
  readonly kind: 'mail' | 'number' | 'item';
  readonly office: string;
  readonly ids: readonly string[];
  readonly why: string;
}

/** A message that should have gone out and did not, or nobody knows whether it did. */
export interface UnsentMessage {
  readonly id: string;
  readonly office: string;
  readonly kind: string;
  readonly status: string;
  readonly queuedAt: string;
}

/** What came in on one day at one mailbox, and where it is. received = pending + unaccounted + the sum by outcome. */
export interface DayAccount {
  readonly day: string;
  readonly mailbox: string;
  readonly received: number;
  readonly redelivered: number;
  readonly byOutcome: Readonly<Record<string, number>>;
  readonly pending: number;
  readonly unaccounted: number;
}

/** The last seal over the event log: shows, when it was kept elsewhere, that nothing was removed before it. */
export interface LogSeal {
  readonly day: string;
  readonly position: number;
  readonly streams: number;
  readonly events: number;
  readonly root: string;
}

export type FaultKind = 'unaccounted' | 'ownerless' | 'clockless' | 'gaps' | 'duplicates';

/**
 * The certificate: what was received from the first to the last day and where each item is. Cases without owner or
 * clock, numbering and doubles are those of today, whatever day they began: overlooked is overlooked.
 */
export interface Reconciliation {
  readonly from: string;
  readonly to: string;
  /** Null: all there are. */
  readonly offices: readonly string[] | null;
  readonly checkedAt: string;
  readonly ok: boolean;
  /** Distinct items. */
  readonly received: number;
  /** Repeats of the same bytes. */
  readonly redelivered: number;
  /** Not yet filed, for less than five minutes. */
  readonly pending: number;
  readonly byOutcome: Readonly<Record<string, number>>;
  readonly unaccounted: readonly Unaccounted[];
  readonly ownerless: readonly OverlookedCase[];
  readonly clockless: readonly OverlookedCase[];
  readonly gaps: readonly NumberingFault[];
  readonly duplicates: readonly Duplicate[];
  /** The true numbers: the lists end at a thousand entries. */
  readonly counts: Readonly<Record<FaultKind | 'unsent', number>>;
  readonly byDay: readonly DayAccount[];
  /** Open "needs attention" entries. */
  readonly needsAttention: number;
  readonly unsent: readonly UnsentMessage[];
  readonly seal: LogSeal | null;
}

export const FAULTS: readonly FaultKind[] = ['unaccounted', 'ownerless', 'clockless', 'gaps', 'duplicates'];

/** Nothing is missing, overlooked, skipped or doubled. */
export function isOk(counts: Readonly<Record<FaultKind, number>>): boolean {
  return FAULTS.every((fault) => counts[fault] === 0);
}
