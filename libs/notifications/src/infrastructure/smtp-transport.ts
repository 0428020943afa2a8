import type { OnApplicationShutdown } from '@nestjs/common';
import { createTransport, type SendMailOptions } from 'nodemailer';
import type { Readable } from 'node:stream';
import { MailTransport, type Delivery, type MailFile, type OutgoingMail } from '../application/mail-transport';
import { judgeFailure } from './judge-smtp-failure';

const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, dnsTimeout: 10_000, socketTimeout: 60_000 };
/** A server that trickles its replies is noticed by no socket timeout. */
const LONGEST_SENDING_MS = 10 * 60_000;
const LONGEST_LINE = 998;

interface WatchedMail extends SendMailOptions {
  readonly onContentStream: (stream: Readable) => void;
}

/** Sends through the mail server of SMTP_URL. */
export class SmtpTransport extends MailTransport implements OnApplicationShutdown {
  readonly name = 'smtp';
  readonly leavesTheMachine = true;
  readonly #mailer;

  constructor(url: string) {
    super();
    this.#mailer = createTransport({
      url,
      pool: true,
      maxConnections: 4,
      // Whoever keeps the record of a message decides whether it goes again, never the pool by itself.
      maxRequeues: 0,
      // Many servers close idle connections after a minute; a reused dead one costs a retry.
      idleTimeout: 30_000,
      disableFileAccess: true,
      disableUrlAccess: true,
      ...TIMEOUTS,
    });
    // A broken idle connection is replaced; whoever sends learns of a failure through the result.
    this.#mailer.on('error', () => undefined);
    // The stream is read only once the server has agreed to DATA: whether it was tells a certain failure from a doubt.
    this.#mailer.use('stream', ({ message, data }, done) => {
      const create = message.createReadStream.bind(message);
      message.createReadStream = (options) => {
        const stream = create(options);
        (data as unknown as WatchedMail).onContentStream(stream);
        return stream;
      };
      done();
    });
  }

  async send(mail: OutgoingMail): Promise<Delivery> {
    const streams: Readable[] = [];
    const watched: WatchedMail = {
      ...messageOf(mail),
      signal: AbortSignal.timeout(LONGEST_SENDING_MS),
      onContentStream: (stream) => streams.push(stream),
    };
    try {
      await this.#mailer.sendMail(watched);
      return { outcome: 'accepted' };
    } catch (error) {
      return judgeFailure(
        error,
        streams.some((stream) => stream.readableDidRead),
      );
    }
  }

  onApplicationShutdown(): void {
    this.#mailer.close();
  }
}

function messageOf(mail: OutgoingMail): SendMailOptions {
  return {
    messageId: `<${mail.mailMessageId}>`,
    from: mail.fromName === null ? mail.from : { name: mail.fromName, address: mail.from },
    to: mail.to,
    /*
     * The return path is the office's mailbox, for automatic messages too. RFC 3834, 3.3, allows `<>` where "the
     * responder is not interested in delivery status messages", or an address that answers no automatic message. We are
     * interested: a bounced acknowledgement says weeks before the reply is due that an address is dead. And our mailbox
     * answers no bounce and nothing that is marked automatic, so that no loop can come of it. RFC 5321, 4.5.5, wants a
     * return path on all but notifications, and with `<>` SPF could not align with the From domain (RFC 7489, 3.1.2).
     */
    envelope: { from: mail.from, to: [mail.to] },
    subject: mail.subject,
    text: mail.body,
    ...(mail.inReplyTo === null ? {} : { inReplyTo: `<${mail.inReplyTo}>` }),
    ...(mail.references.length === 0 ? {} : { references: mail.references.map((id) => `<${id}>`).join(' ') }),
    headers: mail.automatic ? automaticHeaders(mail) : {},
    xMailer: false,
    attachments: mail.files.map(attachmentOf),
  };
}

function automaticHeaders(mail: OutgoingMail): Record<string, string> {
  return {
    // RFC 3834, 5: auto-replied answers a message, auto-generated does not.
    'Auto-Submitted': mail.inReplyTo === null ? 'auto-generated' : 'auto-replied',
    // For responders older than RFC 3834 (3.1.8 leaves the value free; "bulk" and "junk" would be taken for spam).
    Precedence: 'auto_reply',
    // Microsoft's: no out-of-office notices, receipts and delivery reports. Not "All", which would also suppress
    // non-delivery reports ([MS-OXCMAIL] 2.2.3.2.14).
    'X-Auto-Response-Suppress': 'DR, RN, NRN, OOF, AutoReply',
  };
}

function attachmentOf(file: MailFile): NonNullable<SendMailOptions['attachments']>[number] {
  const base = { filename: file.filename, content: file.content, contentDisposition: 'attachment' as const };
  // RFC 2046, 5.2.1, allows no base64 on message/rfc822: what SMTP cannot carry unencoded travels as a file instead.
  if (file.contentType === 'message/rfc822' && !travelsUnencoded(file.content)) {
    return { ...base, contentType: 'application/octet-stream' };
  }
  return { ...base, contentType: file.contentType };
}

function travelsUnencoded(content: Buffer): boolean {
  if (content.includes(0)) return false;
  for (let start = 0; start < content.length;) {
    const newline = content.indexOf(0x0a, start);
    const end = newline === -1 ? content.length : newline;
    const carriageReturn = content.subarray(start, end).indexOf(0x0d);
    if (end - start > LONGEST_LINE || (carriageReturn !== -1 && start + carriageReturn !== end - 1)) return false;
    start = end + 1;
  }
  return true;
}
