export interface MailFile {
  readonly filename: string;
  readonly contentType: string;
  readonly content: Buffer;
}

/** One message as it is handed over. Ids are bare, without angle brackets. */
export interface OutgoingMail {
  readonly mailMessageId: string;
  readonly from: string;
  readonly fromName: string | null;
  readonly to: string;
  readonly subject: string;
  readonly body: string;
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
  readonly automatic: boolean;
  readonly files: readonly MailFile[];
}

/**
 * How a hand-over ended. `deferred` and `refused` are certain: the message has not gone out. `unknown` means that it
 * may have, as when the connection broke after the content was on its way. `reply` is the server's code alone.
 */
export type Delivery =
  | { readonly outcome: 'accepted' }
  | { readonly outcome: 'deferred' | 'refused'; readonly reply: string | null; readonly because: string }
  | { readonly outcome: 'unknown'; readonly because: string };

/** Hands one message over. */
export abstract class MailTransport {
  /** Stored with the message. */
  abstract readonly name: string;

  /** True: what it does cannot be undone by a rollback, so it must be known beforehand who is about to send. */
  abstract readonly leavesTheMachine: boolean;

  /** Never rejects for what a server or network does: that is a Delivery. */
  abstract send(mail: OutgoingMail): Promise<Delivery>;
}
