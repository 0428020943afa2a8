import { CommandBus } from '@nestjs/cqrs';
import { Attention, systemCaller, type Caller } from '@app/platform';
import { createTestDatabase, type TestDatabase } from '../../../../test/setup/database';
import { OutgoingNotFound, OutgoingNotInState, ReasonMissing } from '../domain/outgoing.errors';
import { aMessage, NotificationsProcess, smtpError, TestMailServer, until } from '../notifications.fixture';
import { DeliverMessage } from './deliver-message';
import { MarkOutgoingSent } from './mark-outgoing-sent';
import { ResendOutgoing } from './resend-outgoing';

const caseworker: Caller = {
  actor: { kind: 'person', id: 'caseworker-1' },
  role: 'caseworker',
  offices: ['west-mercia'],
  system: false,
  correlationId: 'test',
  causationId: null,
};

describe('sending through a mail server', () => {
  let database: TestDatabase;
  let server: TestMailServer;
  let first: NotificationsProcess;
  let second: NotificationsProcess;
  let theCase: { caseId: string; caseReference: string };

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    server = await new TestMailServer().start();
    first = await NotificationsProcess.start(database.url, server.url);
    second = await NotificationsProcess.start(database.url, server.url);
    theCase = await first.openCase();
  });
  afterEach(async () => {
    const open = await first.query(`SELECT 1 FROM outbox WHERE state = 'open'`);
    await first.query(`DELETE FROM outbox`);
    await first.stop();
    await second.stop();
    await server.stop();
    expect(open).toEqual([]);
  });

  const command = (message: ResendOutgoing | MarkOutgoingSent, as: Caller = caseworker): Promise<void> =>
    second.as(as, () => second.module.get(CommandBus).execute(message));

  /** The sending half alone, as in a process that is killed right after it. */
  async function sendAndDie(id: string, isNoted: boolean): Promise<void> {
    const [job] = await first.jobs();
    const [event] = await first.query<{ data: { outgoingMessageId: string } }>(
      `SELECT data FROM event_log WHERE id = $1`,
      [job?.messageId],
    );
    await first.as(systemCaller('test'), () =>
      first.module.get(DeliverMessage).prepare({
        id: job?.messageId ?? '',
        source: 'event',
        type: 'notifications.message-queued',
        office: 'west-mercia',
        stream: `outgoing-${id}`,
        version: 1,
        data: { outgoingMessageId: event?.data.outgoingMessageId ?? '' },
        metadata: {},
        attempt: 1,
        effectiveAt: new Date(),
      }),
    );
    if (!isNoted) await first.query(`UPDATE outgoing_message SET accepted_at = NULL WHERE id = $1`, [id]);
  }

  it('sends once, under our Message-ID, and records it', async () => {
    const parent = 'parent-1@mail.example';
    const { id, mailMessageId } = await first.queue(
      aMessage(theCase, { inReplyTo: `<${parent}>`, references: ['first-0@mail.example'] }),
    );
    expect(await first.stored(id)).toMatchObject({ status: 'queued', transport: null });
    await first.deliver();
    await second.deliver();
    expect(server.received).toHaveLength(1);
    const [mail] = server.received;
    expect(mail).toMatchObject({ from: 'opcc@west-mercia.example', to: ['asha.patel@mail.example'] });
    expect(mail?.raw).toMatch(new RegExp(`^Message-ID:\\s+<${mailMessageId}>\r\n`, 'm'));
    expect(mail?.raw).toContain(`In-Reply-To: <${parent}>\r\n`);
    expect(mail?.raw).toMatch(new RegExp(`References: <first-0@mail.example>\\s+<${parent}>\r\n`));
    expect(mail?.raw).toContain('From: Office of the Police and Crime Commissioner\r\n <opcc@west-mercia.example>');
    expect(mail?.raw).toContain('Content-Type: text/plain; charset=utf-8');
    expect(mail?.raw).not.toMatch(/Auto-Submitted|Precedence|X-Mailer/i);
    expect(await first.stored(id)).toMatchObject({ status: 'sent', transport: 'smtp', error: null });
    expect(await first.events(id)).toEqual(['queued', 'sent']);
    expect(await first.attention(id)).toEqual([]);
  });

  it('says of automatic messages that they are', async () => {
    await first.queue(aMessage(theCase, { kind: 'acknowledgement', automatic: true, inReplyTo: 'p@mail.example' }));
    await first.queue(aMessage(theCase, { kind: 'deadline-warning', automatic: true }));
    await first.deliver();
    expect(server.received).toHaveLength(2);
    const [reply, notice] = server.received;
    expect(reply?.raw).toContain('Auto-Submitted: auto-replied\r\n');
    expect(reply?.raw).toContain('X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply\r\n');
    expect(reply?.from).toBe('opcc@west-mercia.example');
    expect(notice?.raw).toContain('Auto-Submitted: auto-generated\r\n');
  });

  it('sends each message once with two workers at the same messages', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 6; n++) ids.push((await first.queue(aMessage(theCase))).id);
    // Connections are open beforehand, so that nothing but the lock can set the workers apart.
    await Promise.all(
      [first, second].flatMap((each) => Array.from({ length: 6 }, () => each.query('SELECT pg_sleep(0.05)'))),
    );
    const jobs = await first.jobs();
    await Promise.all(jobs.flatMap((job) => [first.run(job), second.run(job)]));
    await first.deliver();
    expect(server.received).toHaveLength(6);
    for (const id of ids) {
      expect(await first.stored(id)).toMatchObject({ status: 'sent' });
      expect(await first.events(id)).toEqual(['queued', 'sent']);
    }
  });

  it('leaves a message alone that another worker is sending, however long that takes', async () => {
    const answer = heldAnswer();
    const { id } = await first.queue(aMessage(theCase));
    const [job] = await first.jobs();
    if (!job) throw new Error('nothing to deliver');
    const sending = first.run(job);
    await until(() => server.received.length === 1);
    await second.deliver();
    expect(await first.stored(id)).toMatchObject({ status: 'sending' });
    expect(await first.attention(id)).toEqual([]);
    answer.release();
    await sending;
    await second.deliver();
    expect(server.received).toHaveLength(1);
    expect(await first.stored(id)).toMatchObject({ status: 'sent' });
  });

  it('takes the word of a worker that was given up too soon', async () => {
    const answer = heldAnswer();
    const { id } = await first.queue(aMessage(theCase));
    const [job] = await first.jobs();
    if (!job) throw new Error('nothing to deliver');
    const sending = first.run(job);
    await until(() => server.received.length === 1);
    await first.expireLease(id);
    await second.deliver();
    expect(await first.stored(id)).toMatchObject({ status: 'uncertain' });
    answer.release();
    await sending;
    expect(server.received).toHaveLength(1);
    expect(await first.stored(id)).toMatchObject({ status: 'sent', error: null });
    expect(await first.events(id)).toEqual(['queued', 'uncertain', 'sent']);
    expect(await first.attention(id)).toEqual([]);
  });

  it('only records what the server had taken when the process was killed', async () => {
    const { id } = await first.queue(aMessage(theCase));
    await sendAndDie(id, true);
    expect(await first.stored(id)).toMatchObject({ status: 'sending' });
    await second.deliver();
    expect(server.received).toHaveLength(1);
    expect(await first.stored(id)).toMatchObject({ status: 'sent' });
    expect(await first.events(id)).toEqual(['queued', 'sent']);
  });

  async function becomesUncertain(): Promise<{ id: string; mailMessageId: string }> {
    const queued = await first.queue(aMessage(theCase));
    await sendAndDie(queued.id, false);
    await first.expireLease(queued.id);
    await second.deliver();
    expect(await first.stored(queued.id)).toMatchObject({ status: 'uncertain' });
    return queued;
  }

  it('shows a person what was being sent at a crash, and never sends it again by itself', async () => {
    const { id } = await becomesUncertain();
    const [entry] = await first.attention(id);
    expect(entry?.error).toMatch(/was being sent when the service stopped; check before sending again/);
    expect(await first.events(id)).toEqual(['queued', 'uncertain']);
    await second.transaction(() => second.module.get(Attention).retry(entry?.id ?? ''));
    await second.deliver();
    const [again] = await first.attention(id);
    expect(again?.error).toMatch(/a retry alone does neither/);
    expect(server.received).toHaveLength(1);
  });

  it('sends an uncertain message again when a person says so, under the same Message-ID', async () => {
    const { id, mailMessageId } = await becomesUncertain();
    await expect(command(new ResendOutgoing(id), { ...caseworker, offices: ['staffordshire'] })).rejects.toThrow(
      OutgoingNotFound,
    );
    await command(new ResendOutgoing(id));
    expect(await first.attention(id)).toEqual([]);
    await second.deliver();
    expect(server.received).toHaveLength(2);
    for (const mail of server.received) expect(mail.raw).toContain(`<${mailMessageId}>`);
    expect(await first.stored(id)).toMatchObject({ status: 'sent' });
    expect(await first.events(id)).toEqual(['queued', 'uncertain', 'resend-asked', 'sent']);
    await expect(command(new ResendOutgoing(id))).rejects.toThrow(OutgoingNotInState);
  });

  it('lets a person who has checked mark it as sent, with a reason that is kept apart', async () => {
    const { id } = await becomesUncertain();
    await expect(command(new MarkOutgoingSent(id, ' '))).rejects.toThrow(ReasonMissing);
    await command(new MarkOutgoingSent(id, 'Seen in the sent items'));
    await second.deliver();
    expect(server.received).toHaveLength(1);
    expect(await first.stored(id)).toMatchObject({ status: 'sent', transport: null });
    expect(await first.attention(id)).toEqual([]);
    const [event] = await first.query<{ data: Record<string, string> }>(
      `SELECT data FROM event_log WHERE stream = $1 ORDER BY version DESC LIMIT 1`,
      [`outgoing-${id}`],
    );
    expect(JSON.stringify(event)).not.toContain('sent items');
    const kept = await first.query(`SELECT text FROM private_text WHERE id = $1`, [event?.data.reasonId]);
    expect(kept).toEqual([{ text: 'Seen in the sent items' }]);
  });

  it('does not know how it ended when the connection breaks after the content', async () => {
    server.afterContent = (destroy) => {
      destroy();
      return Promise.resolve(null);
    };
    const { id } = await first.queue(aMessage(theCase));
    await first.deliver();
    expect(server.received).toHaveLength(1);
    expect(await first.stored(id)).toMatchObject({ status: 'uncertain' });
    const [entry] = await first.attention(id);
    expect(entry?.error).toMatch(/connection broke while it was being sent.*check before sending again/);
  });

  it('records what the server took although the database connections broke meanwhile', async () => {
    server.afterContent = async () => {
      await second.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
      );
      return null;
    };
    const { id } = await first.queue(aMessage(theCase));
    await first.deliver();
    await first.deliver();
    expect(server.received).toHaveLength(1);
    expect(await first.stored(id)).toMatchObject({ status: 'sent' });
  });

  it('tries again after a temporary refusal', async () => {
    server.onRecipient = () => smtpError(451, '4.7.1 <asha.patel@mail.example> greylisted');
    const { id } = await first.queue(aMessage(theCase));
    await first.deliver();
    expect(await first.stored(id)).toMatchObject({
      status: 'queued',
      error: 'the mail server did not take it for now (451 4.7.1)',
    });
    const kept = await first.query(`SELECT 1 FROM outbox WHERE last_error LIKE '%@%' OR attempt <> 1`);
    expect(kept).toEqual([]);
    server.onRecipient = () => null;
    await first.deliver();
    expect(server.received).toHaveLength(1);
    expect(await first.stored(id)).toMatchObject({ status: 'sent', error: null });
    expect(await first.events(id)).toEqual(['queued', 'sent']);
  });

  it('tries again when the content is deferred', async () => {
    server.afterContent = () => Promise.resolve(smtpError(452, '4.2.2 mailbox full'));
    const { id } = await first.queue(aMessage(theCase));
    await first.deliver();
    expect(await first.stored(id)).toMatchObject({ status: 'queued' });
    server.afterContent = () => Promise.resolve(null);
    await first.deliver();
    expect(await first.stored(id)).toMatchObject({ status: 'sent' });
  });

  it('gives up at once when the recipient is refused for good, and says so', async () => {
    server.onRecipient = () => smtpError(550, '5.1.1 <asha.patel@mail.example> no such user');
    const { id } = await first.queue(aMessage(theCase));
    await first.deliver();
    expect(await first.stored(id)).toMatchObject({ status: 'failed' });
    expect(await first.events(id)).toEqual(['queued', 'failed']);
    const [entry] = await first.attention(id);
    expect(entry?.error).toMatch(/the mail server refused it \(550 5\.1\.1\)$/);
    server.onRecipient = () => null;
    await second.transaction(() => second.module.get(Attention).retry(entry?.id ?? ''));
    await second.deliver();
    expect(server.received).toHaveLength(1);
    expect(await first.stored(id)).toMatchObject({ status: 'sent' });
    expect(await first.attention(id)).toEqual([]);
  });

  it('keeps the message while the mail server is away', async () => {
    await server.stop();
    const { id } = await first.queue(aMessage(theCase));
    await first.deliver();
    await first.deliver();
    expect(await first.stored(id)).toMatchObject({
      status: 'queued',
      error: expect.stringMatching(/could not be reached/),
    });
    expect(await first.attention(id)).toEqual([]);
    await server.start();
    await first.deliver();
    expect(server.received).toHaveLength(1);
    expect(await first.stored(id)).toMatchObject({ status: 'sent' });
  });

  it('is not upset by a connection that the server has closed in the meantime', async () => {
    const before = await first.queue(aMessage(theCase));
    await first.deliver();
    await server.stop();
    await server.start();
    const after = await first.queue(aMessage(theCase));
    for (let round = 0; round < 3; round++) await first.deliver();
    expect(server.received).toHaveLength(2);
    for (const { id } of [before, after]) expect(await first.stored(id)).toMatchObject({ status: 'sent' });
  });

  function heldAnswer(): { release: () => void } {
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    server.afterContent = async () => {
      await released;
      return null;
    };
    return { release };
  }
});
