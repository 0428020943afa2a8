/** A person or mailbox named in a header. The domain of the address is in lower case. */
export interface MailAddress {
  readonly name: string;
  readonly address: string;
}

/** A file that came with a mail. `filename` is safe to show and to store; the sender's own spelling is kept beside it. */
export interface MailAttachment {
  readonly filename: string;
  readonly originalFilename: string | null;
  readonly contentType: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly contentId: string | null;
  readonly isInline: boolean;
  readonly content: Uint8Array;
}

/** What a person needs to read of a message that was enclosed in another one. */
export interface NestedMail {
  readonly subject: string;
  readonly from: MailAddress | null;
  readonly text: string;
  readonly messageId: string | null;
}

/** Everything that could be read of one mail. Plain data but for the bytes of the attachments. */
export interface ParsedMail {
  readonly messageId: string | null;
  readonly inReplyTo: readonly string[];
  readonly references: readonly string[];
  readonly from: MailAddress | null;
  readonly sender: MailAddress | null;
  readonly replyTo: readonly MailAddress[];
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  readonly subject: string;
  readonly date: string | null;
  readonly text: string;
  readonly isTextTruncated: boolean;
  readonly freshText: string;
  readonly html: string | null;
  readonly attachments: readonly MailAttachment[];
  readonly nested: readonly NestedMail[];
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly problems: readonly MailProblem[];
}

/** Stable codes of what could not be read as the sender meant it. */
export type MailProblem =
  | 'attachments-too-large'
  | 'boundary-missing'
  | 'charset-unknown'
  | 'charset-wrong'
  | 'header-damaged'
  | 'header-too-long'
  | 'html-damaged'
  | 'html-truncated'
  | 'no-sender'
  | 'part-damaged'
  | 'text-truncated'
  | 'tnef-damaged'
  | 'too-deep'
  | 'too-large'
  | 'too-many-attachments'
  | 'too-many-parts';

export interface MailLimits {
  readonly maxBytes: number;
  readonly maxParts: number;
  readonly maxDepth: number;
  readonly maxAttachments: number;
  readonly maxHeaderBytes: number;
  readonly maxTextChars: number;
}

export const DEFAULT_MAIL_LIMITS: MailLimits = {
  maxBytes: 30 * 1024 * 1024,
  maxParts: 500,
  maxDepth: 20,
  maxAttachments: 200,
  maxHeaderBytes: 256 * 1024,
  maxTextChars: 500_000,
};
