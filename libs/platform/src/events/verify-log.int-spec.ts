import { Sequencer } from './sequencer';
import { LogVerifier, type LogVerification } from './verify-log';
import { LendingDatabase, LendingProcess } from '../testing/boot-lending.fixture';

describe('LogVerifier', () => {
  let database: LendingDatabase;
  let lending: LendingProcess;

  beforeAll(async () => {
    database = await LendingDatabase.create();
    lending = await LendingProcess.boot(database.url, { pools: { system: 3, requests: 2 } });
    await lending.asClerk(async () => {
      for (const book of ['a', 'b', 'c']) {
        await lending.lending.acquire(book);
        await lending.lending.lend(book, 'r1');
        await lending.lending.giveBack(book);
      }
    });
    await lending.get(Sequencer).number();
    await database.rows(`CREATE TABLE log_as_written AS SELECT * FROM event_log`);
    await database.rows(`CREATE TABLE heads_as_written AS SELECT * FROM stream_head`);
  });
  afterEach(() =>
    tamper(
      `TRUNCATE event_log, stream_head, log_seal`,
      `INSERT INTO event_log OVERRIDING SYSTEM VALUE SELECT * FROM log_as_written`,
      `INSERT INTO stream_head SELECT * FROM heads_as_written`,
    ),
  );
  afterAll(async () => {
    await lending.stop();
    await database.drop();
  });

  const verify = (): Promise<LogVerification> => lending.asSystem(() => lending.get(LogVerifier).verify());

  /** As somebody who owns the database would. */
  async function tamper(...statements: string[]): Promise<void> {
    await database.rows(`ALTER TABLE event_log DISABLE TRIGGER event_log_append_only`);
    for (const sql of statements) await database.rows(sql);
    await database.rows(`ALTER TABLE event_log ENABLE TRIGGER event_log_append_only`);
  }

  async function seal(day = '2026-03-02'): Promise<void> {
    const position = 9;
    const { root, streams, events } = await lending.inTransaction(() => lending.get(LogVerifier).rootAt(position));
    await database.rows(`INSERT INTO log_seal (day, position, streams, events, root) VALUES ($1, $2, $3, $4, $5)`, [
      day,
      position,
      streams,
      events,
      root,
    ]);
  }

  it('finds nothing wrong with what was written', async () => {
    await seal();
    expect(await verify()).toEqual({ ok: true, streams: 3, events: 9, seals: 1, firstBroken: null });
  });

  it('finds nothing wrong with an empty log', async () => {
    await tamper(`TRUNCATE event_log, stream_head`);
    expect(await verify()).toEqual({ ok: true, streams: 0, events: 0, seals: 0, firstBroken: null });
  });

  it('still finds nothing wrong when events came after the seal', async () => {
    await seal();
    await lending.asClerk(() => lending.lending.join('r9'));
    await lending.get(Sequencer).number();
    expect(await verify()).toMatchObject({ ok: true, events: 10, seals: 1 });
  });

  const middle = `stream = 'book-b' AND version = 2`;
  const last = `stream = 'book-b' AND version = 3`;
  it.each<[string, string[], RegExp]>([
    ['the data of an event', [`UPDATE event_log SET data = '{"bookId": "z"}' WHERE ${middle}`], /book-b version 2/],
    [
      'who did it',
      [`UPDATE event_log SET metadata = jsonb_set(metadata, '{actor,id}', '"another"') WHERE ${middle}`],
      /book-b version 2/,
    ],
    ['what happened', [`UPDATE event_log SET type = 'lending.book-returned' WHERE ${middle}`], /book-b version 2/],
    ['the schema version', [`UPDATE event_log SET schema_version = 2 WHERE ${middle}`], /book-b version 2/],
    [
      'the office of the row alone',
      [`UPDATE event_log SET office = 'staffordshire' WHERE ${middle}`],
      /book-b version 2/,
    ],
    [
      'a time of the row alone',
      [`UPDATE event_log SET effective_at = effective_at - interval '1 day' WHERE ${middle}`],
      /book-b version 2/,
    ],
    [
      'the other time of the row alone',
      [`UPDATE event_log SET recorded_at = recorded_at - interval '1 ms' WHERE ${middle}`],
      /book-b version 2/,
    ],
    ['the hash', [`UPDATE event_log SET hash = sha256('x') WHERE ${middle}`], /book-b version 2/],
    ['an event in the middle, removed', [`DELETE FROM event_log WHERE ${middle}`], /version 2 is missing/],
    [
      'the first event, removed',
      [`DELETE FROM event_log WHERE stream = 'book-b' AND version = 1`],
      /version 1 is missing/,
    ],
    ['the last event, removed', [`DELETE FROM event_log WHERE ${last}`], /book-b/],
    [
      'the last event, removed with its head set back',
      [
        `DELETE FROM event_log WHERE ${last}`,
        `UPDATE stream_head h SET version = 2, hash = e.hash FROM event_log e WHERE h.stream = 'book-b' AND e.${middle.replace('AND ', 'AND e.')}`,
      ],
      /8 numbered events, but the last position is 9/,
    ],
    ['the head of a stream, set back', [`UPDATE stream_head SET version = 2 WHERE stream = 'book-b'`], /book-b/],
    ['the head of a stream, removed', [`DELETE FROM stream_head WHERE stream = 'book-b'`], /book-b/],
    [
      'a whole stream, removed with its head',
      [`DELETE FROM event_log WHERE stream = 'book-b'`, `DELETE FROM stream_head WHERE stream = 'book-b'`],
      /6 numbered events, but the last position is 9/,
    ],
    [
      'two events, exchanged',
      [
        `UPDATE event_log SET version = 9 WHERE ${middle}`,
        `UPDATE event_log SET version = 2 WHERE ${last}`,
        `UPDATE event_log SET version = 3 WHERE stream = 'book-b' AND version = 9`,
      ],
      /book-b version 2/,
    ],
    ['a position, skipped', [`UPDATE event_log SET position = 12 WHERE position = 9`], /9 numbered events/],
  ])('finds %s', async (_what, statements, told) => {
    await tamper(...statements);
    const verification = await verify();
    expect(verification.ok).toBe(false);
    expect(verification.firstBroken).toMatch(told);
  });

  it.each([
    [
      'a tail that was removed with its head set back, so that the numbers still have no gap',
      [
        `DELETE FROM event_log WHERE position = 9`,
        `UPDATE stream_head h SET version = 2, hash = e.hash FROM event_log e WHERE h.stream = 'book-c' AND e.stream = 'book-c' AND e.version = 2`,
      ],
    ],
    [
      'a stream that was removed from the end of the log',
      [`DELETE FROM event_log WHERE stream = 'book-c'`, `DELETE FROM stream_head WHERE stream = 'book-c'`],
    ],
    ['everything, removed', [`DELETE FROM event_log`, `DELETE FROM stream_head`]],
  ])('needs a seal to find %s', async (_what, statements) => {
    await tamper(...statements);
    expect((await verify()).ok).toBe(true);
  });

  it.each([
    [
      'a removed tail',
      [
        `DELETE FROM event_log WHERE position = 9`,
        `UPDATE stream_head h SET version = 2, hash = e.hash FROM event_log e WHERE h.stream = 'book-c' AND e.stream = 'book-c' AND e.version = 2`,
      ],
    ],
    [
      'a removed stream',
      [`DELETE FROM event_log WHERE stream = 'book-c'`, `DELETE FROM stream_head WHERE stream = 'book-c'`],
    ],
    ['a log that was emptied', [`DELETE FROM event_log`, `DELETE FROM stream_head`]],
  ])('finds by its seal %s', async (_what, statements) => {
    await seal();
    await tamper(...statements);
    expect((await verify()).firstBroken).toMatch(/the seal of 2026-03-02 does not match/);
  });

  it('reads one moment of the log while others write', async () => {
    const writing = lending.asClerk(async () => {
      await lending.lending.acquire('d');
      for (let loan = 0; loan < 15; loan += 1) {
        await lending.lending.lend('d', 'r');
        await lending.lending.giveBack('d');
        await lending.get(Sequencer).number();
      }
    });
    for (let round = 0; round < 5; round += 1) expect((await verify()).firstBroken).toBeNull();
    await writing;
    expect(await verify()).toMatchObject({ ok: true, events: 40 });
  });
});
