import { randomUUID } from 'node:crypto';
import { runAs, type Caller } from '../persistence/caller';
import { UnitOfWork } from '../persistence/unit-of-work';
import { clerk, LendingDatabase, LendingProcess } from '../testing/boot-lending.fixture';
import { Attention, AttentionNotFound, type AttentionEntry } from './attention';

const CONSUMER = 'lending.greet-reader';

describe('Attention', () => {
  let database: LendingDatabase;
  let lending: LendingProcess;
  let attention: Attention;

  beforeEach(async () => {
    database = await LendingDatabase.create();
    lending = await LendingProcess.boot(database.url);
    attention = lending.get(Attention);
  });
  afterEach(async () => {
    await lending.stop();
    await database.drop();
  });

  /** An entry of an office, as a failing consumer leaves it. */
  async function entry(office: string | null): Promise<string> {
    const messageId = randomUUID();
    await database.rows(
      `INSERT INTO outbox (message_id, consumer, queue, source, office, state, attempt) VALUES ($1, $2, 'notifications', 'timer', $3, 'attention', 3)`,
      [messageId, CONSUMER, office],
    );
    await database.rows(
      `INSERT INTO scheduled_action (id, kind, office, subject, due_at) VALUES ($1, 'lending.book-due', $2, $3, now())`,
      [messageId, office, messageId],
    );
    await lending.inTransaction(() => attention.raise(CONSUMER, messageId, 'Error: jammed', 3));
    const [row] = await database.rows<{ id: string }>(`SELECT id FROM needs_attention WHERE message_id = $1`, [
      messageId,
    ]);
    return row?.id ?? '';
  }

  const as = <T>(caller: Caller, work: () => Promise<T>): Promise<T> =>
    runAs(caller, () => lending.get(UnitOfWork).run(work));
  const list = (caller: Caller, limit = 10, after: string | null = null): Promise<AttentionEntry[]> =>
    as(caller, () => attention.list(limit, after));
  const outsider: Caller = { ...clerk, offices: ['staffordshire'] };

  it('says what failed, in which office, how often and since when', async () => {
    const id = await entry('west-mercia');
    const [row] = await list(clerk);
    expect(row).toEqual({
      id,
      office: 'west-mercia',
      consumer: CONSUMER,
      what: 'lending.book-due',
      error: 'Error: jammed',
      attempts: 3,
      raisedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string,
    });
  });

  it('shows people their own offices’ entries, oldest first, page by page', async () => {
    const ids = [await entry('west-mercia'), await entry('west-mercia'), await entry('west-mercia')];
    await entry('staffordshire');
    const first = await list(clerk, 2);
    const second = await list(clerk, 2, first.at(-1)?.id ?? null);
    expect([...first, ...second].map(({ id }) => id)).toEqual(ids);
    expect(await list(outsider)).toHaveLength(1);
  });

  it('is one entry for a message however often it fails', async () => {
    const id = await entry('west-mercia');
    const [{ message_id: messageId } = { message_id: '' }] = await database.rows<{ message_id: string }>(
      `SELECT message_id FROM needs_attention WHERE id = $1`,
      [id],
    );
    await lending.inTransaction(() => attention.raise(CONSUMER, messageId, 'Error: worse', 4));
    expect(await list(clerk)).toEqual([expect.objectContaining({ id, error: 'Error: worse', attempts: 4 })]);
  });

  it.each(['retry', 'dismiss'] as const)(
    'lets nobody of another office %s it, nor learn that it is there',
    async (how) => {
      const id = await entry('west-mercia');
      await expect(as(outsider, () => attention[how](id, 'reason'))).rejects.toThrow(AttentionNotFound);
      await expect(as(outsider, () => attention[how](randomUUID(), 'reason'))).rejects.toThrow(AttentionNotFound);
      expect(await list(clerk)).toHaveLength(1);
      expect(await database.rows(`SELECT state FROM outbox`)).toEqual([{ state: 'attention' }]);
    },
  );

  it.each([
    ['retry', 'dismiss'],
    ['dismiss', 'retry'],
    ['retry', 'retry'],
  ] as const)('takes the first of two decisions: %s, then %s', async (first, second) => {
    const id = await entry('west-mercia');
    await as(clerk, () => attention[first](id, 'reason'));
    await expect(as(clerk, () => attention[second](id, 'reason'))).rejects.toThrow(AttentionNotFound);
  });

  it('lets one of two people decide at the same time', async () => {
    const id = await entry('west-mercia');
    const results = await Promise.allSettled([
      as(clerk, () => attention.retry(id)),
      as(clerk, () => attention.dismiss(id, 'reason')),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await database.rows(`SELECT FROM event_log`)).toHaveLength(1);
  });

  it('comes back when the retry fails too, beside the record of the first', async () => {
    const id = await entry('west-mercia');
    await as(clerk, () => attention.retry(id));
    const [row] = await database.rows<{ message_id: string }>(`SELECT message_id, attempt, state FROM outbox`);
    expect(row).toMatchObject({ attempt: 0, state: 'open' });
    await lending.inTransaction(() => attention.raise(CONSUMER, row?.message_id ?? '', 'Error: still jammed', 10));
    expect(await database.rows(`SELECT state FROM needs_attention ORDER BY raised_at`)).toEqual([
      { state: 'retried' },
      { state: 'open' },
    ]);
  });
});
