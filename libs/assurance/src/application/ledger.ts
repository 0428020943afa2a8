import type {
  DayAccount,
  Duplicate,
  LogSeal,
  NumberingFault,
  OverlookedCase,
  Unaccounted,
  UnsentMessage,
} from '../domain/reconciliation';

export interface LedgerScope {
  readonly from: string;
  readonly to: string;
  /** Null: all there are. */
  readonly offices: readonly string[] | null;
}

/** The first entries of a list and how many there are in all. */
export interface Found<T> {
  readonly total: number;
  readonly entries: readonly T[];
}

/** Looks through what was received and what became of it. Every answer comes from one statement, so from one moment. */
export abstract class Ledger {
  abstract now(): Promise<Date>;
  abstract items(scope: LedgerScope): Promise<{ days: DayAccount[]; unaccounted: Found<Unaccounted> }>;
  abstract casesWithoutOpening(scope: LedgerScope): Promise<Found<Unaccounted>>;
  abstract ownerless(scope: LedgerScope): Promise<Found<OverlookedCase>>;
  abstract clockless(scope: LedgerScope): Promise<Found<OverlookedCase>>;
  abstract numberingFaults(scope: LedgerScope): Promise<Found<NumberingFault>>;
  abstract duplicates(scope: LedgerScope): Promise<Found<Duplicate>>;
  abstract unsent(scope: LedgerScope): Promise<Found<UnsentMessage>>;
  abstract needsAttention(scope: LedgerScope): Promise<number>;
  abstract lastSeal(): Promise<LogSeal | null>;
}
