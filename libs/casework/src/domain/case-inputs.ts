import type { ClockPolicy } from './case-deadlines';
import type { CaseState } from './case-state';

/** A text kept outside the log: its id and its salted commitment. */
export interface KeptText {
  readonly reasonId: string;
  readonly reasonCommitment: string;
}

export interface TriageDecision {
  readonly category: string;
  readonly kind: string;
  readonly priority: string;
  readonly queue: string;
  readonly rulesVersion: string | null;
  readonly ruleKeys: readonly string[];
  readonly reasons: readonly string[];
  readonly byPerson: boolean;
  readonly reason: KeptText | null;
  readonly area: string | null;
  readonly clocks: readonly ClockPolicy[];
}

export interface Forwarding {
  readonly destination: string;
  readonly lawfulBasis: string;
  readonly consent: boolean;
  readonly forwardMessageId: string;
  readonly noticeMessageId: string | null;
  readonly reason: KeptText;
}

/** What is known when a case is opened. */
export interface CaseOpening extends Pick<
  CaseState,
  | 'id'
  | 'office'
  | 'reference'
  | 'kind'
  | 'channel'
  | 'priority'
  | 'queue'
  | 'correspondentId'
  | 'riskLevel'
  | 'answerable'
  | 'acknowledgementHeld'
  | 'receivedAt'
  | 'receivedOn'
> {
  readonly messageId: string;
  readonly itemId: string;
  /** Whether it counts as correspondence received. */
  readonly counted: boolean;
  /** The person was spoken to: receipt was acknowledged there and then. */
  readonly acknowledgedInPerson: boolean;
  readonly clocks: readonly ClockPolicy[];
}
