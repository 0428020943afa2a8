import { eventually } from '../../../../test/setup/eventually';
import { Attention } from '../attention/attention';
import { EventFeed } from '../events/event-feed';
import { Sequencer } from '../events/sequencer';
import { LogVerifier } from '../events/verify-log';
import { ProjectionRunner } from '../projections/projection-runner';
import { LendingDatabase, LendingProcess } from '../testing/boot-lending.fixture';
import { dieEverywhere, Mortal } from '../testing/mortal.fixture';
import { UnitOfWork } from './unit-of-work';

describe('a death between any two steps', () => {
  let database: LendingDatabase;
  let healthy: LendingProcess;
  let mortal: Mortal;

  beforeEach(async () => {
    database = await LendingDatabase.create();
    healthy = await LendingProcess.boot(database.url);
    mortal = await Mortal.of(await LendingProcess.boot(database.url, { pools: { system: 2, requests: 1 } }));
  });
  afterEach(async () => {
    await mortal.process.stop();
    await healthy.stop();
    await database.drop();
  });

  const join = (reader: string): Promise<{ id: string }> =>
    healthy.asClerk(async () => {
      const [event] = await healthy.lending.join(reader);
      if (!event) throw new Error('nobody joined');
      return event;
    });

  it('of a writer leaves all of a change or nothing, and the chain whole', async () => {
    let book = '';
    let number = 0;
    const seen: number[] = [];
    await dieEverywhere(
      mortal,
      async () => {
        book = `b${String((number += 1))}`;
        await healthy.asClerk(() => healthy.lending.acquire(book));
        return () => mortal.process.asClerk(() => mortal.process.lending.lend(book, 'r1'));
      },
      async () => {
        const [state] = await database.rows<{ version: number }>(
          `SELECT b.version, h.version AS head, b.lent_to IS NOT NULL AS is_lent,
                  (SELECT count(*)::int FROM event_log e WHERE e.stream = h.stream) AS events,
                  (SELECT count(*)::int FROM outbox o JOIN event_log e ON e.id = o.message_id WHERE e.stream = h.stream) AS outbox
             FROM book b JOIN stream_head h ON h.stream = 'book-' || b.id WHERE b.id = $1`,
          [book],
        );
        const before = { version: 1, head: 1, is_lent: false, events: 1, outbox: 0 };
        const after = { version: 2, head: 2, is_lent: true, events: 2, outbox: 2 };
        expect([before, after]).toContainEqual(state);
        seen.push(state?.version ?? 0);
      },
    );
    // Only a death after the commit leaves the change.
    expect(seen.filter((version) => version === 2)).toHaveLength(1);
    const verification = await healthy.asSystem(() => healthy.get(LogVerifier).verify());
    expect(verification.firstBroken).toBeNull();
  });

  it('of the sequencer leaves neither gap nor double', async () => {
    let number = 0;
    await dieEverywhere(
      mortal,
      async () => {
        await join(`r${String((number += 1))}`);
        return () => mortal.process.get(Sequencer).number();
      },
      () => Promise.resolve(),
    );
    while ((await healthy.get(Sequencer).number()) > 0);
    const feed = await healthy.inTransaction(() => healthy.get(EventFeed).after(0, 1000));
    expect(feed.map(({ position }) => position)).toEqual(feed.map((_event, index) => index + 1));
    expect(feed).toHaveLength(number);
  });

  it.each([['catches up'], ['is rebuilt']])('of a projection that %s leaves it equal to its events', async (how) => {
    const act = (process: LendingProcess): Promise<unknown> =>
      how === 'is rebuilt'
        ? process.get(ProjectionRunner).rebuild('lending.shelf')
        : process.get(ProjectionRunner).catchUp('lending.shelf');
    let number = 0;
    await dieEverywhere(
      mortal,
      async () => {
        // A rebuild takes a step for each event: more and more of them would never end.
        if (how === 'catches up' || number < 3) {
          const book = `b${String((number += 1))}`;
          await healthy.asClerk(async () => {
            await healthy.lending.acquire(book);
            await healthy.lending.lend(book, 'r');
          });
        }
        await healthy.get(Sequencer).number();
        return () => act(mortal.process);
      },
      async () => {
        // The server needs a moment to notice the death and to give the locks free.
        await eventually(() => act(healthy));
        const shelf = await database.rows(`SELECT history, loans FROM shelf`);
        expect(shelf).toEqual(Array.from({ length: number }, () => ({ history: '1,2', loans: 1 })));
        expect(await database.rows(`SELECT loans FROM reader_loans`)).toEqual([{ loans: number }]);
      },
    );
    expect(await database.rows(`SELECT FROM pg_tables WHERE tablename LIKE '%rebuild'`)).toEqual([]);
    expect(await database.rows(`SELECT name FROM projection_checkpoint`)).toEqual([{ name: 'lending.shelf' }]);
  });

  it.each(['retry', 'dismiss'] as const)('of a person’s %s leaves it to be done again, or done', async (how) => {
    let number = 0;
    let id = '';
    const retried: string[] = [];
    await dieEverywhere(
      mortal,
      async () => {
        const { id: messageId } = await join(`r${String((number += 1))}`);
        await healthy.inTransaction(() => healthy.get(Attention).raise('lending.greet-reader', messageId, 'x', 3));
        await database.rows(`UPDATE outbox SET state = 'attention' WHERE message_id = $1`, [messageId]);
        const [row] = await database.rows<{ id: string }>(`SELECT id FROM needs_attention WHERE message_id = $1`, [
          messageId,
        ]);
        id = row?.id ?? '';
        retried.push(messageId);
        return () =>
          mortal.process.asClerk(() =>
            mortal.process.get(UnitOfWork).run(() => mortal.process.get(Attention)[how](id, 'no longer needed')),
          );
      },
      async () => {
        const [state] = await database.rows(
          `SELECT a.state, o.state AS outbox, (SELECT count(*)::int FROM event_log e WHERE e.stream = 'attention-' || a.id) AS events
             FROM needs_attention a LEFT JOIN outbox o USING (message_id, consumer) WHERE a.id = $1`,
          [id],
        );
        const undone = { state: 'open', outbox: 'attention', events: 0 };
        const done =
          how === 'retry'
            ? { state: 'retried', outbox: 'open', events: 1 }
            : { state: 'dismissed', outbox: null, events: 1 };
        expect([undone, done]).toContainEqual(state);
      },
    );
  });
});
