import { createHash, randomUUID } from 'node:crypto';
import { BulkInsert, ContentStore } from '@app/platform';
import { createTestDatabase, type TestDatabase } from '../../../../test/setup/database';
import { aMessage, NotificationsProcess, TestMailServer } from '../notifications.fixture';
import type { QueuedMessage } from './outgoing';

describe('forwarding what was received', () => {
  let database: TestDatabase;
  let server: TestMailServer;
  let sender: NotificationsProcess;
  let theCase: { caseId: string; caseReference: string };

  beforeAll(async () => {
    database = await createTestDatabase();
    server = await new TestMailServer().start();
    sender = await NotificationsProcess.start(database.url, server.url);
  });
  afterAll(async () => {
    await sender.stop();
    await server.stop();
    await database.drop();
  });
  beforeEach(async () => {
    server.received.splice(0);
    theCase = await sender.openCase();
  });

  async function received(source: string, channel: string, content: Buffer): Promise<string> {
    const id = randomUUID();
    const store = sender.module.get(ContentStore);
    const row = await store.prepare('west-mercia', content);
    await sender.transaction((manager) => {
      const bulk = new BulkInsert();
      store.addTo(bulk, [row]);
      return bulk.run(manager);
    });
    await sender.query(
      `INSERT INTO intake_item (id, office, source, mailbox, channel, sha256, size_bytes, received_at, received_on)
       VALUES ($1, 'west-mercia', $2, 'opcc@west-mercia.example', $3, $4, $5, now(), current_date)`,
      [id, source, channel, createHash('sha256').update(content).digest(), content.length],
    );
    return id;
  }

  const forward = (attachedItemId: string): Promise<QueuedMessage> =>
    sender.queue(aMessage(theCase, { kind: 'forward', to: 'psd@force.example', attachedItemId }));

  it('sends a mail along as the message it was', async () => {
    const letter = 'From: asha.patel@mail.example\r\nSubject: Speeding\r\n\r\n.hidden dot\r\nGrüße\r\n';
    await forward(await received('smtp', 'email', Buffer.from(letter)));
    await sender.deliver();
    const [mail] = server.received;
    expect(mail?.raw).toMatch(/Content-Type: message\/rfc822; name=original-message\.eml/);
    expect(mail?.raw).toContain(`\r\n\r\n${letter}`);
  });

  it('sends a mail that cannot travel as it is along as a file, byte for byte', async () => {
    const odd = Buffer.from(`Subject: odd\n\n${'x'.repeat(3_000)}\r\0\xff`, 'latin1');
    await forward(await received('smtp', 'email', odd));
    await sender.deliver();
    const [mail] = server.received;
    expect(mail?.raw).toContain('Content-Type: application/octet-stream; name=original-message.eml');
    const base64 = /original-message\.eml[\s\S]*?\r\n\r\n([A-Za-z0-9+/=\r\n]+)\r\n--/.exec(
      mail?.raw.slice(mail.raw.indexOf('application/octet-stream')) ?? '',
    )?.[1];
    expect(Buffer.from(base64 ?? '', 'base64').equals(odd)).toBe(true);
  });

  it('of a web form sends the letter, and none of what stays with the office', async () => {
    const form = { body: 'The letter', adjustments: 'large print please', ethnicity: 'kept for monitoring' };
    const itemId = await received('web-form', 'web-form', Buffer.from(JSON.stringify(form)));
    await sender.query(
      `INSERT INTO case_message (id, case_id, office, direction, channel, at, subject, text, intake_item_id)
       VALUES ($1, $2, 'west-mercia', 'inbound', 'web-form', now(), 'Speeding', 'The letter', $3)`,
      [randomUUID(), theCase.caseId, itemId],
    );
    await forward(itemId);
    await sender.deliver();
    const [mail] = server.received;
    expect(mail?.raw).toContain(Buffer.from('Speeding\n\nThe letter\n').toString('base64'));
    expect(mail?.raw).not.toMatch(/large print|monitoring|bGFyZ2UgcHJpbn/);
  });

  it('asks a person when what should go along is not there, and sends nothing', async () => {
    const { id } = await forward(randomUUID());
    await sender.deliver();
    expect(server.received).toEqual([]);
    expect(await sender.stored(id)).toMatchObject({ status: 'queued' });
    const [entry] = await sender.attention(id);
    expect(entry?.error).toMatch(/is not in the ledger/);
  });
});
