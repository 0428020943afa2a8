import { readFileSync } from 'node:fs';
import { Injectable } from '@nestjs/common';
import { MailStore } from '@app/intake';
import { OfficeNotFound, Offices, type Office } from '@app/offices';
import { Config, isUnavailable } from '@app/platform';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';

const MAX_BYTES = 30 * 1024 * 1024;
const MAX_RECIPIENTS = 100;

/** An answer of the SMTP server with its code. */
class SmtpRefusal extends Error {
  constructor(
    readonly responseCode: number,
    message: string,
  ) {
    super(message);
  }
}

interface Recipient {
  readonly office: Office;
  readonly mailbox: string;
}

/**
 * Receives mail for the offices' own addresses and for nobody else. A 250 is given after the commit; while PostgreSQL
 * is away the sender is asked to come again (451), so that nothing is lost.
 */
@Injectable()
export class Mailroom {
  #server: SMTPServer | null = null;

  constructor(
    private readonly config: Config,
    private readonly offices: Offices,
    private readonly mails: MailStore,
  ) {}

  /** Resolves with the port once it listens. */
  async listen(port: number): Promise<number> {
    const { smtpTls } = this.config;
    const server = new SMTPServer({
      name: 'postbag',
      banner: 'Postbag',
      size: MAX_BYTES,
      authOptional: true,
      disabledCommands: smtpTls ? ['AUTH'] : ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      logger: false,
      closeTimeout: 10_000,
      socketTimeout: 60_000,
      ...(smtpTls ? { cert: readFileSync(smtpTls.certFile), key: readFileSync(smtpTls.keyFile) } : {}),
      onRcptTo: ({ address }, session, callback) => void this.answer(() => this.accepts(address, session), callback),
      onData: (stream, session, callback) => void this.answer(() => this.receive(stream, session), callback),
    });
    // A client that breaks off is its own affair; the service goes on.
    server.on('error', () => undefined);
    this.#server = server;
    return new Promise((resolve, reject) => {
      server.server.once('error', reject);
      server.listen(port, () => {
        server.server.off('error', reject);
        const address = server.server.address();
        resolve(typeof address === 'object' && address ? address.port : port);
      });
    });
  }

  /** Takes no new connection, lets open ones end and waits for the last commit. */
  async close(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (server) await new Promise<void>((resolve) => server.close(resolve));
    await this.mails.idle();
  }

  private async answer(
    work: () => Promise<string | undefined>,
    callback: (error?: Error | null, message?: string) => void,
  ): Promise<void> {
    try {
      callback(null, await work());
    } catch (error) {
      if (error instanceof SmtpRefusal) callback(error);
      else if (isUnavailable(error))
        callback(new SmtpRefusal(451, 'Temporarily unable to store mail, please try again'));
      // A fault of ours must never refuse a letter for good.
      else callback(new SmtpRefusal(451, 'Local error in processing, please try again'));
    }
  }

  private async accepts(address: string, session: SMTPServerSession): Promise<undefined> {
    if (session.envelope.rcptTo.length >= MAX_RECIPIENTS) throw new SmtpRefusal(452, 'Too many recipients');
    const known = await this.offices.byMailbox(address);
    if (!known) throw new SmtpRefusal(550, 'No such mailbox here');
  }

  private async receive(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<string> {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      size += chunk.length;
      // Beyond the limit the rest is read and forgotten, so that the sender gets its answer.
      if (size <= MAX_BYTES) chunks.push(chunk);
    }
    if (stream.sizeExceeded || size > MAX_BYTES) throw new SmtpRefusal(552, 'Message is larger than 30 MB');
    const raw = Buffer.concat(chunks);
    const { mailFrom, rcptTo } = session.envelope;
    const envelopeFrom = mailFrom === false ? '' : mailFrom.address;
    const envelopeTo = rcptTo.map(({ address }) => address);
    const stored = await Promise.all(
      (await this.recipients(envelopeTo)).map(({ office, mailbox }) =>
        this.mails.accept(office, { mailbox, envelopeFrom, envelopeTo, raw }),
      ),
    );
    return `Stored as ${stored.map(({ itemId }) => itemId).join(' ')}`;
  }

  /** One item a mailbox, however many addresses of it were named. */
  private async recipients(addresses: readonly string[]): Promise<Recipient[]> {
    const byMailbox = new Map<string, Recipient>();
    for (const address of addresses) {
      const known = await this.offices.byMailbox(address);
      if (!known) throw new OfficeNotFound(address);
      byMailbox.set(known.mailbox, known);
    }
    return [...byMailbox.values()];
  }
}
