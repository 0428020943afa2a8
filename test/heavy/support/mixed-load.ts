import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { rowOf, rowsOf } from './database';
import { digestOf, letterMail } from './raw-mail';
import { SmtpBroken, SmtpConnection } from './smtp-client';

const PATIENCE_MS = 240_000;

export interface Ports {
  readonly api: number;
  readonly web: number;
  readonly smtp: number;
}

/**
 * Letters by API, contact form and mail, from senders that repeat the same request until it is answered for, as careful
 * ones do. It keeps what was acknowledged.
 */
export class MixedLoad {
  /** References, as they were answered. */
  readonly byApi: string[] = [];
  readonly byForm: string[] = [];
  /** SHA-256 of the mails. */
  readonly byMail: string[] = [];
  #number = 0;
  #isOver = false;
  #senders: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly ports: Ports,
    private readonly token: string,
    private readonly name: string,
    private readonly random: () => number,
  ) {}

  /** Resolves when every way has let something through. */
  async start(): Promise<void> {
    this.#senders = Promise.all([
      ...Array.from({ length: 3 }, () => this.send(async (n) => void this.byApi.push(await this.logByApi(n)))),
      this.send(async (n) => void this.byForm.push(await this.sendForm(n))),
      ...Array.from({ length: 2 }, () => this.send((n) => this.sendMailAndReply(n))),
    ]);
    const hasBegun = (): boolean => [this.byApi, this.byForm, this.byMail].every(({ length }) => length > 1);
    await Promise.race([this.#senders, untilAnswered(() => Promise.resolve(hasBegun() || null))]);
  }

  /** Resolves when everything sent is answered for. */
  async stop(): Promise<void> {
    this.#isOver = true;
    await this.#senders;
  }

  get acknowledged(): number {
    return this.byApi.length + this.byForm.length + this.byMail.length;
  }

  toString(): string {
    return `${String(this.byApi.length)} by API, ${String(this.byForm.length)} by form, ${String(this.byMail.length)} by mail`;
  }

  /** What is stored of it must be what was acknowledged, each once, and replies with the mail they answer. */
  async expectExactlyOnce(databaseUrl: string): Promise<void> {
    const items = await rowsOf<{ source: string; digest: string; reference: string | null }>(
      databaseUrl,
      `SELECT i.source, encode(i.sha256, 'hex') AS digest, c.reference
         FROM intake_item i LEFT JOIN case_file c ON c.id = i.case_id`,
    );
    const of = (source: string): typeof items => items.filter((item) => item.source === source);
    const references = (source: string): (string | null)[] => of(source).map(({ reference }) => reference);
    expect(references('api').sort()).toEqual([...this.byApi].sort());
    expect(references('web-form').sort()).toEqual([...this.byForm].sort());
    const digests = of('smtp').map(({ digest }) => digest);
    expect(digests.sort()).toEqual([...this.byMail].sort());
    const apart = await rowOf<{ replies: number }>(
      databaseUrl,
      `SELECT count(*)::int AS replies FROM case_message r
         JOIN case_message p ON r.mail_message_id = 'r.' || p.mail_message_id WHERE r.case_id <> p.case_id`,
    );
    expect(apart).toEqual({ replies: 0 });
  }

  private async send(one: (n: number) => Promise<void>): Promise<void> {
    while (!this.#isOver) {
      await one(this.#number++);
      await sleep(100 + this.random() * 150);
    }
  }

  private logByApi(n: number): Promise<string> {
    const body = JSON.stringify({
      channel: 'email',
      office: 'west-mercia',
      subject: `Speeding in Mockton ${String(n)}`,
      body: n % 17 === 0 ? 'My neighbour says he is going to kill me.' : 'Cars race past the school every morning.',
      correspondent: { name: `Test Person ${String(n % 40)}`, email: person(n) },
    });
    const headers = {
      authorization: `Bearer ${this.token}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    };
    const url = `http://127.0.0.1:${String(this.ports.api)}/api/v1/correspondence`;
    return untilAnswered(async () => {
      const response = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(20_000) });
      return response.status === 201 ? ((await response.json()) as { reference: string }).reference : null;
    });
  }

  /** The pages of the form one after the other; the last is sent again until it is answered for. */
  private async sendForm(n: number): Promise<string> {
    const url = `http://127.0.0.1:${String(this.ports.web)}/contact`;
    let cookie = '';
    const post = (step: string, fields: Record<string, string>): Promise<string> =>
      untilAnswered(async () => {
        const response = await fetch(`${url}/${step}`, {
          method: 'POST',
          headers: { cookie },
          body: new URLSearchParams(fields),
          redirect: 'manual',
          signal: AbortSignal.timeout(20_000),
        });
        cookie = response.headers.get('set-cookie')?.split(';')[0] ?? cookie;
        return response.status === 303 ? response.headers.get('location') : null;
      });
    await post('office', { office: 'west-mercia' });
    await post('topic', { topic: 'local' });
    await post('message', { subject: `Form ${String(n)}`, message: 'The street is dark.' });
    await post('reply', { replyBy: 'email' });
    await post('details', { email: person(n) });
    await post('files', {});
    await post('adjustments', {});
    const location = await post('check', {});
    const reference = /received\/(WM-\S+)/.exec(location)?.[1];
    if (reference === undefined) throw new Error(`The form led to ${location}`);
    return reference;
  }

  /** Every second reply arrives before the mail that it answers. */
  private async sendMailAndReply(n: number): Promise<void> {
    const from = person(n);
    const messageId = `${String(n)}.${this.name}@mail.example`;
    const subject = `Mail ${String(n)}`;
    const mail = letterMail({ from, subject, messageId, text: 'Please look at the crossing.' });
    const reply = letterMail({
      from,
      subject: `Re: ${subject}`,
      messageId: `r.${messageId}`,
      inReplyTo: messageId,
      text: 'And at the lights.',
    });
    for (const raw of n % 2 === 0 ? [mail, reply] : [reply, mail]) {
      await untilAnswered(() => this.sendMail(raw, from));
      this.byMail.push(digestOf(raw));
    }
  }

  private async sendMail(raw: Buffer, from: string): Promise<true | null> {
    const connection = await SmtpConnection.open(this.ports.smtp);
    try {
      return (await connection.send({ from, to: 'opcc@west-mercia.example', raw })).code === 250 || null;
    } catch (error) {
      if (error instanceof SmtpBroken) return null;
      throw error;
    } finally {
      connection.abandon();
    }
  }
}

const person = (n: number): string => `person-${String(n % 40)}@mail.example`;

async function untilAnswered<T>(attempt: () => Promise<T | null>): Promise<T> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await attempt().catch(() => null);
    if (answer !== null) return answer;
    if (Date.now() > until) throw new Error('Nobody answered in time');
    await sleep(150);
  }
}
