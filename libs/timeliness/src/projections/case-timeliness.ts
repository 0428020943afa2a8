import type { Pause } from '@app/kernel';

/** What is known of one case's timeliness at one time. Days are London days. */
export interface CaseTimeliness {
  readonly caseId: string;
  readonly office: string;
  readonly reference: string;
  readonly kind: string;
  readonly channel: string;
  readonly category: string | null;
  readonly queue: string | null;
  readonly assignee: string | null;
  readonly priority: string;
  readonly riskLevel: string;
  readonly status: string;
  readonly statusBeforePause: string | null;
  readonly receivedOn: string;
  /** The day the waiting counts from: receipt, or the reopening. */
  readonly waitingSince: string;
  readonly acknowledgeBy: string | null;
  readonly acknowledgedOn: string | null;
  readonly respondBy: string | null;
  readonly answeredOn: string | null;
  readonly closedOn: string | null;
  /** False: kept, but in no figure (spam until it is released, bounces, automatic replies). */
  readonly counted: boolean;
  readonly pauses: readonly Pause[];
}
