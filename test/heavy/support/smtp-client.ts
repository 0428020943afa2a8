import { createConnection, type Socket } from 'node:net';

export interface OutgoingMail {
  /** Empty: the null return path. */
  readonly from: string;
  readonly to: string;
  /** Lines end with CRLF, the last one too. */
  readonly raw: Buffer;
}

export interface SmtpReply {
  readonly code: number;
  readonly text: string;
}

/** The connection ended before the answer: nobody knows whether the mail was stored. */
export class SmtpBroken extends Error {
  constructor(step: string, options?: ErrorOptions) {
    super(`The connection broke at ${step}`, options);
    this.name = 'SmtpBroken';
  }
}

const PATIENCE_MS = 90_000;

/** A sender of mail with no more than RFC 5321 asks for: one command at a time, octets as they are. */
export class SmtpConnection {
  #received = '';
  #waiting: { resolve: (reply: SmtpReply) => void; reject: (error: Error) => void } | null = null;
  #failure: Error | null = null;

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true).setTimeout(PATIENCE_MS, () => socket.destroy(new Error('no answer in time')));
    socket.on('data', (chunk) => this.take(chunk.toString('latin1')));
    socket.on('error', (error) => this.fail(error));
    socket.on('close', () => this.fail(new Error('closed')));
  }

  /** @throws SmtpBroken, also when nobody listens. */
  static async open(port: number): Promise<SmtpConnection> {
    const connection = new SmtpConnection(createConnection({ port, host: '127.0.0.1' }));
    expectCode(await connection.reply('greeting'), 220);
    expectCode(await connection.ask('EHLO sender.example'), 250);
    return connection;
  }

  /** The last answer: 250 after storing, else the refusal, whichever command met it. */
  async send({ from, to, raw }: OutgoingMail): Promise<SmtpReply> {
    for (const [command, expected] of [
      [`MAIL FROM:<${from}>`, 250],
      [`RCPT TO:<${to}>`, 250],
      ['DATA', 354],
    ] as const) {
      const reply = await this.ask(command);
      if (reply.code !== expected) return this.giveUp(reply);
    }
    this.socket.write(dotStuffed(raw));
    this.socket.write('.\r\n');
    return this.reply('the end of the mail');
  }

  async quit(): Promise<void> {
    await this.ask('QUIT').catch(() => undefined);
    this.socket.destroy();
  }

  abandon(): void {
    this.socket.destroy();
  }

  /** A refused command leaves a half-open transaction that the next mail must not meet. */
  private async giveUp(reply: SmtpReply): Promise<SmtpReply> {
    if (reply.code !== 421) await this.ask('RSET');
    return reply;
  }

  private ask(command: string): Promise<SmtpReply> {
    this.socket.write(`${command}\r\n`);
    return this.reply(command.split(':')[0] ?? command);
  }

  private reply(step: string): Promise<SmtpReply> {
    return new Promise<SmtpReply>((resolve, reject) => {
      if (this.#failure) return reject(new SmtpBroken(step, { cause: this.#failure }));
      this.#waiting = { resolve, reject: (cause) => reject(new SmtpBroken(step, { cause })) };
      this.take('');
    });
  }

  private take(text: string): void {
    this.#received += text;
    const match = /^(?:\d{3}-.*\r\n)*(\d{3})(?: (.*))?\r\n/.exec(this.#received);
    if (!match || !this.#waiting) return;
    this.#received = this.#received.slice(match[0].length);
    const { resolve } = this.#waiting;
    this.#waiting = null;
    resolve({ code: Number(match[1]), text: match[2] ?? '' });
  }

  private fail(error: Error): void {
    this.#failure ??= error;
    this.#waiting?.reject(this.#failure);
    this.#waiting = null;
  }
}

/** Sends all mails over so many connections and answers the replies in the order of the mails. */
export async function sendOver(
  port: number,
  connections: number,
  mails: readonly OutgoingMail[],
): Promise<(SmtpReply | SmtpBroken)[]> {
  const replies: (SmtpReply | SmtpBroken)[] = [];
  let next = 0;
  const sender = async (): Promise<void> => {
    let connection: SmtpConnection | null = null;
    for (let index = next++; index < mails.length; index = next++) {
      try {
        connection ??= await SmtpConnection.open(port);
        replies[index] = await connection.send(mails[index] as OutgoingMail);
      } catch (error) {
        if (!(error instanceof SmtpBroken)) throw error;
        connection?.abandon();
        connection = null;
        replies[index] = error;
      }
    }
    await connection?.quit();
  };
  await Promise.all(Array.from({ length: connections }, sender));
  return replies;
}

function expectCode(reply: SmtpReply, code: number): void {
  if (reply.code !== code) throw new SmtpBroken(`${String(reply.code)} ${reply.text}`);
}

/** RFC 5321, 4.5.2: a dot that begins a line is sent twice. */
function dotStuffed(raw: Buffer): Buffer {
  return Buffer.from(raw.toString('latin1').replace(/(^|\r\n)\./g, '$1..'), 'latin1');
}
