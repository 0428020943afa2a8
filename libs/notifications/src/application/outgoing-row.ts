import type { OutgoingKind, OutgoingStatus } from '../domain/outgoing-status';

/** What every step of a message's life needs to know of it. */
export interface OutgoingHead {
  readonly id: string;
  readonly office: string;
  /** Null for letters to staff about no one case. */
  readonly caseId: string | null;
  readonly kind: OutgoingKind;
  readonly status: OutgoingStatus;
  /** Number of events in its stream. */
  readonly version: number;
}

export interface OutgoingHeadRow {
  id: string;
  office: string;
  case_id: string | null;
  kind: OutgoingKind;
  status: OutgoingStatus;
  version: number;
}

export const HEAD_COLUMNS = 'id, office, case_id, kind, status, version';

export function toHead(row: OutgoingHeadRow): OutgoingHead {
  const { id, office, case_id: caseId, kind, status, version } = row;
  return { id, office, caseId, kind, status, version };
}

export function streamOf(outgoingMessageId: string): string {
  return `outgoing-${outgoingMessageId}`;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a text from outside can be an id: PostgreSQL would answer others with an error, not with "not found". */
export function isId(text: string): boolean {
  return UUID.test(text);
}
