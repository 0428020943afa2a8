import type { CaseDeadline } from './case-deadlines';
import type { CaseStatus } from './case-status';

export type DraftState = 'draft' | 'submitted' | 'approved';

/** What a case is, as its row keeps it. Texts and names are not part of it. */
export interface CaseState {
  readonly id: string;
  readonly office: string;
  readonly reference: string;
  readonly kind: string;
  readonly category: string | null;
  readonly priority: string;
  readonly status: CaseStatus;
  readonly queue: string | null;
  readonly assignee: string | null;
  readonly channel: string;
  readonly correspondentId: string | null;
  readonly area: string | null;
  readonly riskLevel: string;
  readonly riskConfirmedAt: Date | null;
  readonly answerable: boolean;
  readonly acknowledgementHeld: boolean;
  readonly receivedAt: Date;
  readonly receivedOn: string;
  readonly acknowledgedAt: Date | null;
  readonly answeredAt: Date | null;
  readonly closedAt: Date | null;
  readonly closeReason: string | null;
  readonly pausedSince: Date | null;
  readonly statusBeforePause: CaseStatus | null;
  readonly forwardedTo: string | null;
  /** The case in which this one goes on. */
  readonly joinedTo: string | null;
  readonly triageRulesVersion: string | null;
  readonly triageReasons: readonly string[];
  readonly draftState: DraftState | null;
  readonly deadlines: readonly CaseDeadline[];
  readonly version: number;
}
