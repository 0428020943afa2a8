import type { DomainEvent } from '@app/kernel';
import fc from 'fast-check';
import { Client } from 'pg';
import { UnitOfWork } from '../persistence/unit-of-work';
import { LendingDatabase, LendingProcess } from '../testing/boot-lending.fixture';
import { EventFeed } from './event-feed';
import { EventStore } from './event-store';
import { Sequencer } from './sequencer';
import type { StoredEvent } from './stored-event';

const acquired = (bookId: string): DomainEvent => ({
  type: 'lending.book-acquired',
  schemaVersion: 1,
  data: { bookId },
  effectiveAt: new Date('2026-03-02T09:00:00Z'),
});

describe('Sequencer and EventFeed', () => {
  let database: LendingDatabase;
  let lending: LendingProcess;

  beforeEach(async () => {
    database = await LendingDatabase.create();
    lending = await LendingProcess.boot(database.url, { pools: { system: 12, requests: 2 } });
  });
  afterEach(async () => {
    await lending.stop();
    await database.drop();
  });

  const append = (stream: string, version: number, count = 1): Promise<unknown> =>
    lending.get(EventStore).append([
      {
        stream,
        office: 'west-mercia',
        expectedVersion: version,
        events: Array.from({ length: count }, () => acquired(stream)),
      },
    ]);
  const number = (limit?: number): Promise<number> => lending.get(Sequencer).number(limit);
  const after = (position: number, limit = 100): Promise<StoredEvent[]> =>
    lending.inTransaction(() => lending.get(EventFeed).after(position, limit));

  /** A transaction that writes at once and ends when it is told how. */
  function heldOpen(stream: string): { written: Promise<void>; end: (how: 'commit' | 'roll back') => Promise<void> } {
    let written = (): void => undefined;
    let end: (how: 'commit' | 'roll back') => void = () => undefined;
    const isWritten = new Promise<void>((resolve) => (written = resolve));
    const ended = new Promise<string>((resolve) => (end = resolve));
    const done = lending
      .inTransaction(async () => {
        await append(stream, 0);
        written();
        if ((await ended) === 'roll back') throw new Error('rolled back');
      })
      .catch((error: Error) => {
        if (error.message !== 'rolled back') throw error;
      });
    return {
      written: isWritten,
      end: (how) => {
        end(how);
        return done;
      },
    };
  }

  it('never skips a transaction that commits late', async () => {
    const late = heldOpen('late');
    await late.written;
    await lending.inTransaction(() => append('early', 0));
    expect(await number()).toBe(1);
    const first = await after(0);
    expect(first.map(({ stream, position }) => [stream, position])).toEqual([['early', 1]]);
    await late.end('commit');
    expect(await number()).toBe(1);
    expect((await after(1)).map(({ stream, position }) => [stream, position])).toEqual([['late', 2]]);
  });

  it('leaves no gap where a transaction was rolled back', async () => {
    const lost = heldOpen('lost');
    await lost.written;
    await lending.inTransaction(() => append('kept', 0));
    await lost.end('roll back');
    await number();
    expect((await after(0)).map(({ stream, position }) => [stream, position])).toEqual([['kept', 1]]);
  });

  it('hides what is not numbered yet', async () => {
    await lending.inTransaction(() => append('new', 0));
    expect(await after(0)).toEqual([]);
    expect(await lending.inTransaction(() => lending.get(EventFeed).head())).toBe(0);
  });

  it('numbers in pieces and says how much it did', async () => {
    await lending.inTransaction(() => append('many', 0, 5));
    expect([await number(2), await number(2), await number(2), await number(2)]).toEqual([2, 2, 1, 0]);
    expect((await after(0)).map(({ version }) => version)).toEqual([1, 2, 3, 4, 5]);
  });

  it('has one leader at a time', async () => {
    for (let stream = 0; stream < 40; stream += 1) {
      await lending.inTransaction(() => append(`s${String(stream)}`, 0, 3));
    }
    const other = await LendingProcess.boot(database.url, { pools: { system: 6, requests: 1 } });
    let numbered = 0;
    while (numbered < 120) {
      const rounds = [number(7), other.get(Sequencer).number(5), number(3), other.get(Sequencer).number(11)];
      for (const count of await Promise.all(rounds)) numbered += count;
    }
    expect(numbered).toBe(120);
    const positions = (await after(0, 1000)).map(({ position }) => position);
    expect(positions).toEqual(Array.from({ length: 120 }, (_none, index) => index + 1));
    await other.stop();
  });

  it('goes on when the leader dies in the middle', async () => {
    await lending.inTransaction(() => append('orphaned', 0, 2));
    const leader = new Client({ connectionString: database.url });
    leader.on('error', () => undefined);
    await leader.connect();
    await leader.query('BEGIN');
    await leader.query('SELECT pg_try_advisory_xact_lock(4208101)');
    expect(await number()).toBe(0);
    const [{ pid } = { pid: 0 }] = (await leader.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows;
    await database.rows('SELECT pg_terminate_backend($1)', [pid]);
    let numbered = 0;
    while (numbered === 0) numbered = await number();
    expect(numbered).toBe(2);
    await leader.end().catch(() => undefined);
  });

  it('filters the feed by type and office without losing the order', async () => {
    await lending.asClerk(() => lending.lending.acquire('a'));
    await lending.asClerk(() => lending.lending.lend('a', 'r'));
    await lending.inTransaction(() => append('other', 0));
    await number();
    const only = (filter: { types?: string[]; offices?: string[] }): Promise<StoredEvent[]> =>
      lending.inTransaction(() => lending.get(EventFeed).after(0, 10, filter));
    expect((await only({ types: ['lending.book-lent'] })).map(({ position }) => position)).toEqual([2]);
    expect((await only({ offices: ['staffordshire'] })).map(({ position }) => position)).toEqual([]);
    expect((await only({ offices: ['west-mercia'] })).map(({ position }) => position)).toEqual([1, 2, 3]);
  });

  it('hands every event out once and in the order of its stream, however transactions interleave', async () => {
    interface Writer {
      readonly stream: number;
      readonly count: number;
      readonly commits: boolean;
      readonly pauses: number;
    }
    const writer = fc.record<Writer>({
      stream: fc.nat(4),
      count: fc.integer({ min: 1, max: 4 }),
      commits: fc.boolean(),
      pauses: fc.nat(4),
    });
    let run = 0;
    let seen = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(writer, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 5 }),
        async (writers, readSize, numberSize) => {
          run += 1;
          const start = seen;
          const read: StoredEvent[] = [];
          let isWriting = true;
          const reading = (async (): Promise<void> => {
            for (let idle = false; !idle;) {
              const mayBeLast = !isWriting;
              const numbered = await number(numberSize);
              const piece = await after(start + read.length, readSize);
              read.push(...piece);
              idle = mayBeLast && numbered === 0 && piece.length === 0;
            }
          })();
          await Promise.all(writers.map((each) => write(`run-${String(run)}-${String(each.stream)}`, each)));
          isWriting = false;
          await reading;
          seen += read.length;

          const stored = await database.rows<{ id: string }>(`SELECT id FROM event_log WHERE stream LIKE $1`, [
            `run-${String(run)}-%`,
          ]);
          expect(read.map(({ id }) => id).sort()).toEqual(stored.map(({ id }) => id).sort());
          expect(read.map(({ position }) => position)).toEqual(read.map((_event, index) => start + index + 1));
          for (const stream of new Set(read.map((event) => event.stream))) {
            const versions = read.filter((event) => event.stream === stream).map(({ version }) => version);
            expect(versions).toEqual(versions.map((_version, index) => index + 1));
          }
        },
      ),
      { numRuns: 40 },
    );

    async function write(stream: string, { count, commits, pauses }: Writer): Promise<void> {
      const work = lending.inTransaction(async () => {
        const { manager } = lending.get(UnitOfWork);
        const [head]: { version: number }[] = await manager.query(
          `SELECT version FROM stream_head WHERE stream = $1 FOR UPDATE`,
          [stream],
        );
        await append(stream, head?.version ?? 0, count);
        for (let pause = 0; pause < pauses; pause += 1) await manager.query('SELECT pg_sleep(0.002)');
        if (!commits) throw new Error('rolled back');
      });
      // Two that open the same stream: one of them is told so.
      await work.catch((error: Error) => {
        if (!/rolled back|somebody else/.test(error.message)) throw error;
      });
    }
  });
});
