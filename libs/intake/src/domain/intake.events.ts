/** Event types of the intake ledger and the shape of their data. */
export interface IntakeEventData {
  /** A mail is stored and entered in the ledger; filing follows through the queue. */
  'intake.item-received': {
    itemId: string;
    source: string;
    mailbox: string;
    channel: string;
    sha256: string;
    sizeBytes: number;
    receivedOn: string;
  };
  /** The item is on a case. */
  'intake.item-filed': { itemId: string; outcome: string; caseId: string; messageId: string };
}

export type IntakeOutcome =
  'case-opened' | 'filed-on-case' | 'bounce-filed' | 'automatic-reply-filed' | 'quarantined' | 'unreadable';

export const INTAKE_EVENTS = {
  'intake.item-received': { schemaVersion: 1 },
  'intake.item-filed': { schemaVersion: 1 },
} as const;
