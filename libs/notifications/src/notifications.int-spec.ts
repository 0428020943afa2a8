import { randomUUID } from 'node:crypto';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { systemCaller, Timers } from '@app/platform';
import { createTestDatabase, type TestDatabase } from '../../../test/setup/database';
import { AutomaticAnswers } from './application/automatic-answers';
import { CancelOutgoing } from './application/cancel-outgoing';
import { GetOutgoing } from './application/get-outgoing';
import { ListOutgoing, UnreadableCursor, type OutgoingFilter, type OutgoingPage } from './application/list-outgoing';
import { OutgoingBounces, type BouncedMessage, type BounceSeverity } from './application/record-bounce';
import type { QueuedMessage } from './application/outgoing';
import { OutgoingNotFound, OutgoingNotInState, UnusableMailAddress } from './domain/outgoing.errors';
import { aMessage, NotificationsProcess } from './notifications.fixture';

let database: TestDatabase;
let service: NotificationsProcess;
let theCase: { caseId: string; caseReference: string };

beforeAll(async () => {
  database = await createTestDatabase();
  service = await NotificationsProcess.start(database.url, null);
});
afterAll(async () => {
  await service.stop();
  await database.drop();
});
beforeEach(async () => {
  theCase = await service.openCase();
});
afterEach(() => service.query(`DELETE FROM outbox`));

const hoursFromNow = (hours: number): Date => new Date(Date.now() + hours * 3_600_000);

describe('queuing a message', () => {
  it('stores intent, thread, Message-ID and event together', async () => {
    const { id, mailMessageId } = await service.queue(aMessage(theCase));
    const thread = await service.query(
      `SELECT direction, channel, from_address, to_addresses, subject, text FROM case_message WHERE outgoing_message_id = $1`,
      [id],
    );
    expect(thread).toEqual([
      {
        direction: 'outbound',
        channel: 'email',
        from_address: 'opcc@west-mercia.example',
        to_addresses: ['asha.patel@mail.example'],
        subject: 'Your letter about speeding',
        text: aMessage(theCase).body,
      },
    ]);
    const known = await service.query(`SELECT office, case_id FROM mail_thread_id WHERE message_id_header = $1`, [
      mailMessageId,
    ]);
    expect(known).toEqual([{ office: 'west-mercia', case_id: theCase.caseId }]);
    const [event] = await service.query<{ data: unknown }>(`SELECT data FROM event_log WHERE stream = $1`, [
      `outgoing-${id}`,
    ]);
    expect(event?.data).toEqual({
      outgoingMessageId: id,
      caseId: theCase.caseId,
      kind: 'reply',
      automatic: false,
      notBefore: null,
    });
  });

  it('leaves nothing behind when the caller’s transaction fails', async () => {
    let id = '';
    await expect(
      service.transaction(async () => {
        ({ id } = await service.queue(aMessage(theCase)));
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await service.stored(id)).toBeUndefined();
    expect(await service.jobs()).toEqual([]);
  });

  it('keeps what goes to staff out of the correspondence', async () => {
    const { id } = await service.queue(aMessage(theCase, { kind: 'risk-alert', automatic: true }));
    expect(await service.query(`SELECT 1 FROM case_message WHERE outgoing_message_id = $1`, [id])).toEqual([]);
  });

  it('numbers the messages of a kind, and tells two of the same moment apart', async () => {
    const one = await service.queue(aMessage(theCase));
    const two = await service.queue(aMessage(theCase));
    const both = await Promise.all([service.queue(aMessage(theCase)), service.queue(aMessage(theCase))]);
    const other = await service.queue(aMessage(theCase, { kind: 'notice' }));
    expect(one.mailMessageId).toMatch(/^reply\..+\.1\.[0-9a-f]+@/);
    expect(two.mailMessageId).toMatch(/^reply\..+\.2\.[0-9a-f]+@/);
    expect(other.mailMessageId).toMatch(/^notice\..+\.1\.[0-9a-f]+@/);
    expect(new Set(both.map(({ mailMessageId }) => mailMessageId)).size).toBe(2);
  });

  it.each([
    ['from', { from: 'office' }],
    ['to', { to: 'a@b.example, c@d.example' }],
    ['to', { to: 'a@b.example\r\nBcc: c@d.example' }],
  ])('refuses an address in %s that mail cannot be sent to', async (field, over) => {
    await expect(service.queue(aMessage(theCase, over))).rejects.toMatchObject({
      constructor: UnusableMailAddress,
      errors: [{ pointer: `/${field}` }],
    });
  });

  it('takes from a stranger’s references only what a header can carry', async () => {
    const hostile = ['<ok@mail.example>', 'x>\r\nBcc: a@b.example', 'sp ace@mail.example', '', 'y'.repeat(300)];
    const many = Array.from({ length: 40 }, (_unused, n) => `<n${String(n)}@mail.example>`);
    const { id } = await service.queue(aMessage(theCase, { inReplyTo: 'bad\nid', references: [...hostile, ...many] }));
    const [row] = await service.query<{ in_reply_to: string | null; reference_ids: string[] }>(
      `SELECT in_reply_to, reference_ids FROM outgoing_message WHERE id = $1`,
      [id],
    );
    expect(row?.in_reply_to).toBeNull();
    expect(row?.reference_ids).toHaveLength(20);
    expect(row?.reference_ids[0]).toBe('ok@mail.example');
    expect(row?.reference_ids.at(-1)).toBe('n39@mail.example');
  });
});

describe('the local outbox', () => {
  it('has each message once, whatever is delivered twice', async () => {
    const { id } = await service.queue(aMessage(theCase));
    const [job] = await service.jobs();
    if (!job) throw new Error('nothing to deliver');
    const other = await NotificationsProcess.start(database.url, null);
    await Promise.all([service.run(job), other.run(job), service.run(job), other.run(job)]);
    await service.deliver();
    await other.stop();
    expect(await service.stored(id)).toMatchObject({ status: 'sent', transport: 'local-outbox' });
    expect(await service.events(id)).toEqual(['queued', 'sent']);
    expect(await service.attention(id)).toEqual([]);
  });

  it('does not count what a mail server may have had as its own', async () => {
    const { id } = await service.queue(aMessage(theCase));
    await service.query(`UPDATE outgoing_message SET status = 'sending', sending_token = $2 WHERE id = $1`, [
      id,
      randomUUID(),
    ]);
    await service.deliver();
    expect(await service.stored(id)).toMatchObject({ status: 'uncertain' });
  });
});

describe('the undo window', () => {
  const fire = (): Promise<number> => service.module.get(Timers).fireDue();
  const cancel = (id: string): Promise<void> =>
    service.as(systemCaller('test'), () => service.module.get(CommandBus).execute(new CancelOutgoing(id)));
  const passTime = (id: string): Promise<unknown> =>
    service.query(`UPDATE scheduled_action SET due_at = now() WHERE subject = $1`, [id]);

  it('holds a message back until its time, and sends it then, once', async () => {
    const { id } = await service.queue(aMessage(theCase, { notBefore: hoursFromNow(1) }));
    await service.deliver();
    await fire();
    await service.deliver();
    expect(await service.stored(id)).toMatchObject({ status: 'queued' });
    await passTime(id);
    await fire();
    await service.deliver();
    await service.deliver();
    expect(await service.stored(id)).toMatchObject({ status: 'sent' });
    expect(await service.events(id)).toEqual(['queued', 'sent']);
  });

  it('lets a message be taken back, and its trace in the thread with it', async () => {
    const { id } = await service.queue(aMessage(theCase, { notBefore: hoursFromNow(1) }));
    await cancel(id);
    await passTime(id);
    await fire();
    await service.deliver();
    expect(await service.stored(id)).toMatchObject({ status: 'cancelled', sent_at: null });
    expect(await service.events(id)).toEqual(['queued', 'cancelled']);
    expect(await service.query(`SELECT 1 FROM case_message WHERE outgoing_message_id = $1`, [id])).toEqual([]);
    await expect(cancel(id)).rejects.toThrow(OutgoingNotInState);
  });

  it('is over once the message is sent', async () => {
    const { id } = await service.queue(aMessage(theCase));
    await service.deliver();
    await expect(cancel(id)).rejects.toThrow('The message cannot be cancelled: it has been sent.');
    await expect(cancel('no-id')).rejects.toThrow(OutgoingNotFound);
  });

  it('sends at once what names a time that has passed', async () => {
    const { id } = await service.queue(aMessage(theCase, { notBefore: hoursFromNow(-1) }));
    await service.deliver();
    expect(await service.stored(id)).toMatchObject({ status: 'sent' });
  });
});

describe('bounces', () => {
  const bounce = (
    ids: readonly string[],
    severity: BounceSeverity,
    office = 'west-mercia',
  ): Promise<BouncedMessage | null> =>
    service.transaction(() => service.module.get(OutgoingBounces).record(ids, office, severity));

  it('are tied to the letter that bounced, and only the worse news counts after that', async () => {
    const { id, mailMessageId } = await service.queue(aMessage(theCase));
    await service.deliver();
    const found = { outgoingMessageId: id, caseId: theCase.caseId };
    expect(await bounce(['other@mail.example', `<${mailMessageId.toUpperCase()}>`], 'soft')).toEqual(found);
    expect(await bounce([mailMessageId], 'soft')).toEqual(found);
    expect(await bounce([mailMessageId], 'unknown')).toEqual(found);
    expect(await service.events(id)).toEqual(['queued', 'sent', 'bounced']);
    expect(await bounce([mailMessageId], 'hard')).toEqual(found);
    expect(await service.events(id)).toEqual(['queued', 'sent', 'bounced', 'bounced']);
    const [row] = await service.query(`SELECT status, bounce_severity FROM outgoing_message WHERE id = $1`, [id]);
    expect(row).toEqual({ status: 'bounced', bounce_severity: 'hard' });
  });

  it('of somebody else’s letters, or another office’s, are nobody’s here', async () => {
    const { id, mailMessageId } = await service.queue(aMessage(theCase));
    await service.deliver();
    expect(await bounce([mailMessageId], 'hard', 'staffordshire')).toBeNull();
    expect(await bounce(['other@mail.example'], 'hard')).toBeNull();
    expect(await bounce([], 'hard')).toBeNull();
    expect(await service.stored(id)).toMatchObject({ status: 'sent' });
  });
});

describe('the loop brake', () => {
  const decide = (to: string, office = 'west-mercia'): Promise<{ allowed: boolean; because: string }> =>
    service.transaction(() =>
      service.module.get(AutomaticAnswers).decide({
        office,
        to,
        mayAnswerAutomatically: true,
        ownAddresses: ['opcc@west-mercia.example'],
      }),
    );

  it('counts automatic messages of this office to this address, in whatever case it is written', async () => {
    const to = 'loop.maker@mail.example';
    const acknowledge = (): Promise<QueuedMessage> =>
      service.queue(aMessage(theCase, { kind: 'acknowledgement', automatic: true, to: 'Loop.Maker@mail.example' }));
    await service.queue(aMessage(theCase, { to }));
    for (let n = 0; n < 3; n++) {
      expect(await decide(to)).toMatchObject({ allowed: true });
      await acknowledge();
    }
    expect(await decide(to)).toEqual({
      allowed: false,
      because: 'The address has had 3 automatic messages in the last 24 hours; the limit is 3',
    });
    expect(await decide(to, 'staffordshire')).toMatchObject({ allowed: true });
    await service.query(`UPDATE outgoing_message SET queued_at = queued_at - interval '25 hours' WHERE automatic`);
    expect(await decide(to)).toMatchObject({ allowed: true });
  });
});

describe('listing', () => {
  const list = (filter: Partial<OutgoingFilter>): Promise<OutgoingPage> =>
    service.as(systemCaller('test'), () =>
      service.module.get(QueryBus).execute(new ListOutgoing({ offices: ['warwickshire'], limit: 50, ...filter })),
    );

  it('pages newest first, shows bodies for one case only, and nothing of other offices', async () => {
    const aCase = await service.openCase('warwickshire');
    const office = 'warwickshire';
    const from = 'opcc@warwickshire.example';
    const ids: string[] = [];
    for (let n = 0; n < 5; n++) ids.unshift((await service.queue(aMessage(aCase, { office, from }))).id);
    await service.deliver();
    await service.queue(aMessage(await service.openCase(office), { office, from }));
    await service.queue(aMessage(theCase));

    const firstPage = await list({ caseId: aCase.caseId, limit: 3 });
    const lastPage = await list({ caseId: aCase.caseId, limit: 3, cursor: firstPage.nextCursor });
    expect([...firstPage.items, ...lastPage.items].map(({ id }) => id).sort()).toEqual([...ids].sort());
    expect(lastPage.nextCursor).toBeNull();
    expect(firstPage.items[0]).toMatchObject({
      caseReference: aCase.caseReference,
      status: 'sent',
      transport: 'local-outbox',
      body: aMessage(aCase).body,
      bouncedAt: null,
    });
    const all = await list({});
    expect(all.items).toHaveLength(6);
    expect(all.items.every(({ body }) => body === null)).toBe(true);
    expect((await list({ status: 'queued' })).items).toHaveLength(1);
    expect((await list({ offices: [] })).items).toEqual([]);
    await expect(list({ cursor: 'nonsense' })).rejects.toThrow(UnreadableCursor);
  });

  it('opens one message of the caller’s offices', async () => {
    const { id } = await service.queue(aMessage(theCase));
    const get = (what: string, offices: string[]): Promise<unknown> =>
      service.as(systemCaller('test'), () => service.module.get(QueryBus).execute(new GetOutgoing(what, offices)));
    expect(await get(id, ['west-mercia'])).toMatchObject({ id, body: aMessage(theCase).body, status: 'queued' });
    for (const [what, offices] of [
      [id, ['staffordshire']],
      [randomUUID(), ['west-mercia']],
      ['no-id', ['west-mercia']],
    ] as const) {
      await expect(get(what, [...offices])).rejects.toThrow(OutgoingNotFound);
    }
  });
});
