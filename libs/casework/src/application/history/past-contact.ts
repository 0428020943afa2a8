import type { CorrespondentDetails } from '../correspondents';

/** A correspondent of the past, with what the office has noted about writing to them. */
export interface PastCorrespondent extends CorrespondentDetails {
  readonly safeContactNote?: string | null;
  readonly contactRestriction?: string | null;
}

/** One letter, call or conversation of the past as it is filed. */
export interface PastContact {
  readonly itemId: string;
  readonly channel: string;
  /** When it was received and when it was filed; the same where it was logged by hand. */
  readonly receivedAt: Date;
  readonly filedAt: Date;
  readonly fromName: string | null;
  readonly fromAddress: string | null;
  readonly toAddresses: readonly string[];
  readonly subject: string;
  readonly text: string;
  /** Of mail: person, bounce, auto-reply … */
  readonly mailKind: string | null;
  /** Of mail, without angle brackets. */
  readonly mailMessageId: string | null;
}

/** A contact that opens a case of its own. */
export interface PastOpening {
  readonly office: string;
  readonly contact: PastContact;
  readonly correspondent: PastCorrespondent;
  /** Nobody waits for an answer: closed at once with this reason. */
  readonly closeReason: string | null;
  /** Held in quarantine. */
  readonly spamScore: number | null;
}
