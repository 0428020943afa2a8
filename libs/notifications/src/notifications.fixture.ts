import type { EntityManager } from 'typeorm';
import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { CqrsModule } from '@nestjs/cqrs';
import { Test, type TestingModule } from '@nestjs/testing';
import {
  ConsumerRunner,
  Database,
  PlatformModule,
  readConfig,
  runAs,
  systemCaller,
  UnitOfWork,
  type Caller,
} from '@app/platform';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { DELIVER_CONSUMER } from './application/open-attention';
import { Outgoing, type OutgoingRequest, type QueuedMessage } from './application/outgoing';
import { NotificationsModule, notificationsContext } from './notifications.module';

/** One delivery of a message to its consumer, as the queue makes it. */
export interface Job {
  readonly messageId: string;
  readonly consumer: string;
  readonly attempt: number;
}

export interface StoredMessage {
  readonly status: string;
  readonly transport: string | null;
  readonly sent_at: Date | null;
  readonly error: string | null;
}

/** A process of the service, with the platform and this context alone, whose queue the test turns by hand. */
export class NotificationsProcess {
  private constructor(readonly module: TestingModule) {}

  static async start(databaseUrl: string, smtpUrl: string | null): Promise<NotificationsProcess> {
    const config = readConfig({ POSTBAG_DATA: tmpdir(), ...(smtpUrl === null ? {} : { SMTP_URL: smtpUrl }) });
    const module = await Test.createTestingModule({
      imports: [
        CqrsModule.forRoot(),
        PlatformModule.register({
          config,
          databaseUrl,
          contexts: [notificationsContext],
          onError: () => undefined,
          pools: { system: 6, requests: 2 },
        }),
        NotificationsModule.register({ smtpUrl }),
      ],
    }).compile();
    module.enableShutdownHooks();
    await module.init();
    return new NotificationsProcess(module);
  }

  stop(): Promise<void> {
    return this.module.close();
  }

  as<T>(caller: Caller, work: () => Promise<T>): Promise<T> {
    return runAs(caller, work);
  }

  /** Runs `work` in one transaction of the system's. */
  transaction<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return runAs(systemCaller('test'), () => this.module.get(UnitOfWork).run(work));
  }

  query<R>(sql: string, parameters: readonly unknown[] = []): Promise<R[]> {
    return this.module.get(Database).system.query(sql, [...parameters]);
  }

  queue(message: OutgoingRequest): Promise<QueuedMessage> {
    return this.transaction(() => this.module.get(Outgoing).queue(message));
  }

  /** What the relay would turn into jobs by now, waiting times passed over. */
  async jobs(): Promise<Job[]> {
    const [rows]: [Job[], number] = await this.module.get(Database).system.query(
      `UPDATE outbox SET attempt = attempt + 1 WHERE consumer = $1 AND state = 'open'
        RETURNING message_id AS "messageId", consumer, attempt`,
      [DELIVER_CONSUMER],
    );
    return rows;
  }

  run(job: Job): Promise<void> {
    return this.module.get(ConsumerRunner).run(job);
  }

  /** One round of everything that is open. */
  async deliver(): Promise<void> {
    for (const job of await this.jobs()) await this.run(job);
  }

  async stored(id: string): Promise<StoredMessage | undefined> {
    const [row] = await this.query<StoredMessage>(
      `SELECT status, transport, sent_at, error FROM outgoing_message WHERE id = $1`,
      [id],
    );
    return row;
  }

  async events(id: string): Promise<string[]> {
    const rows = await this.query<{ type: string }>(
      `SELECT type FROM event_log WHERE stream = 'outgoing-' || $1 ORDER BY version`,
      [id],
    );
    return rows.map(({ type }) => type.replace('notifications.message-', ''));
  }

  /** Errors of the open "needs attention" entries of a message. */
  async attention(id: string): Promise<{ id: string; error: string }[]> {
    return this.query(
      `SELECT id, error FROM needs_attention WHERE state = 'open' AND stream IN ('outgoing-' || $1, $1) ORDER BY raised_at`,
      [id],
    );
  }

  /** As if the worker that is sending had shown no life for half a minute. */
  async expireLease(id: string): Promise<void> {
    await this.query(`UPDATE outgoing_message SET sending_lease_until = clock_timestamp() WHERE id = $1`, [id]);
  }

  async openCase(office = 'west-mercia'): Promise<{ caseId: string; caseReference: string }> {
    const caseId = randomUUID();
    const [row] = await this.query<{ next: number }>(
      `SELECT coalesce(max(reference_number), 0) + 1 AS next FROM case_file WHERE office = $1`,
      [office],
    );
    const number = row?.next ?? 1;
    const caseReference = `WM-2026-${String(number).padStart(6, '0')}-${office.slice(-1).toUpperCase()}`;
    await this.query(
      `INSERT INTO case_file (id, office, reference, reference_year, reference_number, kind, priority, status, subject,
              channel, risk_level, answerable, acknowledgement_held, received_at, received_on, version)
       VALUES ($1, $2, $3, 2026, $4, 'correspondence', 'normal', 'received', 'Speeding', 'email', 'none', true, false,
               now(), current_date, 1)`,
      [caseId, office, caseReference, number],
    );
    return { caseId, caseReference };
  }
}

/** A message with defaults; a test states what matters to it. */
export function aMessage(
  aboutCase: { readonly caseId: string; readonly caseReference: string },
  over: Partial<OutgoingRequest> = {},
): OutgoingRequest {
  return {
    office: 'west-mercia',
    kind: 'reply',
    from: 'opcc@west-mercia.example',
    fromName: 'Office of the Police and Crime Commissioner',
    to: 'asha.patel@mail.example',
    subject: 'Your letter about speeding',
    body: 'Dear Asha Patel,\n\nThank you – £20 was not the point.\n',
    inReplyTo: null,
    automatic: false,
    ...aboutCase,
    ...over,
  };
}

export interface ReceivedMail {
  readonly from: string;
  readonly to: string[];
  readonly raw: string;
  readonly bytes: Buffer;
}

/** A real mail server on loopback that a test tells how to behave. */
export class TestMailServer {
  readonly received: ReceivedMail[] = [];
  onRecipient: () => Error | null = () => null;
  /** Runs after the whole content has come and before the answer; may hold it back, refuse, or break the connection. */
  afterContent: (destroy: () => void) => Promise<Error | null> = () => Promise.resolve(null);
  #server: SMTPServer;
  #port = 0;

  constructor(private readonly options: SMTPServerOptions = {}) {
    this.#server = this.create();
  }

  get url(): string {
    return `smtp://127.0.0.1:${String(this.#port)}`;
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(this.#port, '127.0.0.1', resolve);
    });
    // Connections that tests break are part of the test.
    this.#server.on('error', () => undefined);
    this.#port = (this.#server.server.address() as AddressInfo).port;
    return this;
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.close(resolve));
    this.#server = this.create();
  }

  private create(): SMTPServer {
    return new SMTPServer({
      disabledCommands: ['STARTTLS', 'AUTH'],
      disableReverseLookup: true,
      closeTimeout: 100,
      ...this.options,
      onRcptTo: (_address, _session, done) => done(this.onRecipient()),
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const { mailFrom, rcptTo } = session.envelope;
          const bytes = Buffer.concat(chunks);
          this.received.push({
            from: mailFrom === false ? '' : mailFrom.address,
            to: rcptTo.map(({ address }) => address),
            raw: bytes.toString('utf8'),
            bytes,
          });
          const destroy = (): void => {
            for (const connection of this.#server.connections) connection._socket.destroy();
          };
          void this.afterContent(destroy).then((error) => done(error));
        });
      },
    });
  }
}

/** An answer of the mail server, such as 451. */
export function smtpError(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

/** Waits until the condition holds. @throws Error after ten seconds */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 10_000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error('It did not come about within ten seconds');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
