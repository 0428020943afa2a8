import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { CorrespondentDetails, MessageContent } from '@app/casework';
import { Offices } from '@app/offices';
import { ContentStore, UnitOfWork, byteaText, type ContentRow } from '@app/platform';
import {
  MailParserPool,
  MailUnreadable,
  SPAM_THRESHOLD,
  classifyMail,
  scoreSpam,
  type MailClassification,
  type ParsedMail,
} from '../mail';
import type { ThreadedMail } from './thread-matcher';

/** A mail as read: everything that filing needs, decided outside the transaction. */
export interface MailReading {
  readonly message: Omit<MessageContent, 'id' | 'at' | 'itemId'>;
  readonly threading: ThreadedMail;
  readonly classification: MailClassification;
  readonly correspondent: CorrespondentDetails;
  readonly senderAddress: string | null;
  /** What is new in it, without quoted earlier mail: quoted risk words are not new risk. */
  readonly freshText: string;
  readonly spamScore: number;
  readonly isSpam: boolean;
  readonly isUnreadable: boolean;
  /** Files to be stored with the message. */
  readonly contents: readonly ContentRow[];
}

interface RawItem {
  office: string;
  mailbox: string;
  sha256: Buffer;
  envelope_from: string | null;
  envelope_to: string[];
}

/** Reads stored mail in a worker thread, with limits; what cannot be read becomes a visible item. */
@Injectable()
export class ReadMail implements OnApplicationShutdown {
  readonly #pool = new MailParserPool({});

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly content: ContentStore,
    private readonly offices: Offices,
  ) {}

  async read(itemId: string): Promise<MailReading> {
    const { item, raw } = await this.unitOfWork.run(async (manager) => {
      const [row]: RawItem[] = await manager.query(
        `SELECT office, mailbox, sha256, envelope_from, envelope_to FROM intake_item WHERE id = $1`,
        [itemId],
      );
      if (!row) throw new Error('The item is not in the ledger');
      return { item: row, raw: await this.content.read(row.office, row.sha256) };
    });
    try {
      return await this.reading(item, await this.#pool.parse(raw));
    } catch (error) {
      if (!(error instanceof MailUnreadable)) throw error;
      return unreadable(item, error);
    }
  }

  onApplicationShutdown(): Promise<void> {
    return this.#pool.close();
  }

  private async reading(item: RawItem, mail: ParsedMail): Promise<MailReading> {
    const envelope = { from: item.envelope_from ?? '', to: item.mailbox };
    const classification = classifyMail(mail, envelope, await this.offices.mailboxes());
    const spam = scoreSpam(mail, envelope);
    // An answer goes where the sender asked for it.
    const writer = mail.replyTo[0] ?? mail.from;
    const contents: ContentRow[] = [];
    for (const attachment of mail.attachments) {
      contents.push(await this.content.prepare(item.office, attachment.content, Buffer.from(attachment.sha256, 'hex')));
    }
    const nested = mail.nested.map((each) => `\n\n---- Enclosed message: ${each.subject}\n${each.text}`).join('');
    return {
      message: {
        channel: 'email',
        fromName: mail.from?.name || null,
        fromAddress: mail.from?.address ?? null,
        toAddresses: [...mail.to, ...mail.cc].map(({ address }) => address),
        subject: mail.subject,
        text: (mail.text + nested).slice(0, 500_000),
        freshText: mail.freshText,
        html: mail.html,
        mailKind: classification.kind,
        mailMessageId: mail.messageId,
        problems: mail.problems,
        attachments: mail.attachments.map((attachment) => ({
          filename: attachment.filename,
          contentType: attachment.contentType,
          sizeBytes: attachment.sizeBytes,
          sha256: Buffer.from(attachment.sha256, 'hex'),
          contentId: attachment.contentId,
          isInline: attachment.isInline,
        })),
      },
      threading: {
        messageId: mail.messageId,
        inReplyTo: mail.inReplyTo,
        references: mail.references,
        subject: mail.subject,
        recipients: [...mail.to, ...mail.cc].map(({ address }) => address).concat(item.envelope_to),
      },
      classification,
      correspondent: {
        name: mail.from?.name || writer?.name || null,
        email: writer?.address ?? null,
        phone: null,
        postcode: null,
        organisation: null,
        capacity: null,
      },
      senderAddress: mail.from?.address ?? null,
      freshText: mail.freshText,
      spamScore: spam.score,
      isSpam: spam.score >= SPAM_THRESHOLD,
      isUnreadable: false,
      contents: distinct(contents),
    };
  }
}

function distinct(rows: readonly ContentRow[]): ContentRow[] {
  return [...new Map(rows.map((row) => [row.sha256, row])).values()];
}

/** Nothing could be read: a person sees it as a case, with the original kept. */
function unreadable(item: RawItem, error: MailUnreadable): MailReading {
  return {
    message: {
      channel: 'email',
      fromName: null,
      fromAddress: item.envelope_from,
      toAddresses: item.envelope_to,
      subject: 'A message that could not be read',
      text: `${error.message} The original is kept as it was received (${byteaText(item.sha256).slice(2, 14)}…) and can be opened from here.`,
      freshText: null,
      html: null,
      mailKind: 'unreadable',
      mailMessageId: null,
      problems: [`unreadable-${error.reason}`],
      attachments: [],
    },
    threading: { messageId: null, inReplyTo: [], references: [], subject: '', recipients: [] },
    classification: { kind: 'machine', mayAnswerAutomatically: false, reasons: [error.message], bounce: null },
    correspondent: { name: null, email: null, phone: null, postcode: null, organisation: null, capacity: null },
    senderAddress: item.envelope_from,
    freshText: '',
    spamScore: 0,
    isSpam: false,
    isUnreadable: true,
    contents: [],
  };
}
