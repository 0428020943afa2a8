import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import type { EntityManager } from 'typeorm';
import { eventually } from '../../../../test/setup/eventually';
import { Sequencer } from '../events/sequencer';
import type { StoredEvent } from '../events/stored-event';
import { LendingDatabase, LendingProcess, lendingProviders } from '../testing/boot-lending.fixture';
import { ShelfProjection } from '../testing/lending-consumers.fixture';
import { Projection, Projects, type TableNames } from './projection';
import { ProjectionRunner } from './projection-runner';

/** A table with a column that PostgreSQL computes. */
@Projects({ name: 'lending.visitors', tables: ['visitor'], events: ['lending.reader-joined'] })
class Visitors extends Projection {
  async apply(manager: EntityManager, events: readonly StoredEvent[], table: TableNames): Promise<void> {
    for (const { stream } of events)
      await manager.query(`INSERT INTO ${table('visitor')} (name) VALUES ($1)`, [stream]);
  }
}

describe('ProjectionRunner', () => {
  let database: LendingDatabase;
  let lending: LendingProcess;
  let runner: ProjectionRunner;

  beforeEach(async () => {
    database = await LendingDatabase.create();
    await database.rows(
      `CREATE TABLE visitor (name text PRIMARY KEY, shouted text GENERATED ALWAYS AS (upper(name)) STORED)`,
    );
    lending = await LendingProcess.boot(database.url, {
      pools: { system: 10, requests: 4 },
      providers: [...lendingProviders, Visitors],
    });
    runner = lending.get(ProjectionRunner);
  });
  afterEach(async () => {
    await lending.stop();
    await database.drop();
  });

  async function loans(book: string, count: number): Promise<void> {
    await lending.asClerk(async () => {
      await lending.lending.acquire(book);
      for (let loan = 0; loan < count; loan += 1) {
        await lending.lending.lend(book, `r${String(loan)}`);
        await lending.lending.giveBack(book);
      }
    });
  }
  const number = (): Promise<number> => lending.get(Sequencer).number();
  const shelf = (): Promise<object[]> => database.rows(`SELECT * FROM shelf ORDER BY book`);
  const readers = (): Promise<object[]> => database.rows(`SELECT * FROM reader_loans ORDER BY reader`);
  const checkpoints = (): Promise<object[]> =>
    database.rows(`SELECT name, position::int FROM projection_checkpoint ORDER BY name`);

  it('reads what came after its checkpoint, in order, and stops there', async () => {
    await loans('a', 1);
    await number();
    expect(await runner.catchUp('lending.shelf')).toBe(3);
    await lending.asClerk(() => lending.lending.lend('a', 'r9'));
    await number();
    expect(await runner.catchUp('lending.shelf')).toBe(1);
    expect(await runner.catchUp('lending.shelf')).toBe(0);
    expect(await shelf()).toEqual([{ book: 'book-a', status: 'lending.book-lent', loans: 2, history: '1,2,3,4' }]);
    expect(await checkpoints()).toEqual([{ name: 'lending.shelf', position: 4 }]);
  });

  it('moves past events that it does not want', async () => {
    await lending.asClerk(() => lending.lending.join('r1'));
    await number();
    expect(await runner.behind()).toEqual(['lending.shelf', 'lending.visitors']);
    await runner.catchUp('lending.shelf');
    expect(await checkpoints()).toEqual([{ name: 'lending.shelf', position: 1 }]);
    expect(await runner.behind()).toEqual(['lending.visitors']);
  });

  it('applies each event once however many catch up at the same time', async () => {
    const other = await LendingProcess.boot(database.url, { providers: [...lendingProviders, Visitors] });
    await loans('a', 20);
    await number();
    await Promise.all([
      runner.catchUp('lending.shelf', 3),
      other.get(ProjectionRunner).catchUp('lending.shelf', 7),
      runner.catchUp('lending.shelf', 1),
    ]);
    const history = Array.from({ length: 41 }, (_none, index) => index + 1).join(',');
    expect(await shelf()).toEqual([{ book: 'book-a', status: 'lending.book-returned', loans: 20, history }]);
    await other.stop();
  });

  it('stays where it was when a batch fails, and says so', async () => {
    await loans('a', 1);
    await number();
    await database.rows(`ALTER TABLE reader_loans ADD CONSTRAINT no_readers CHECK (loans = 0)`);
    await expect(runner.catchUp('lending.shelf')).rejects.toThrow('no_readers');
    expect(await shelf()).toEqual([]);
    expect(await checkpoints()).toEqual([]);
    await lending.startEngine();
    await eventually(() => expect(lending.errors.map(String)).toContainEqual(expect.stringContaining('no_readers')));
    await database.rows(`ALTER TABLE reader_loans DROP CONSTRAINT no_readers`);
    await eventually(async () => expect(await shelf()).toHaveLength(1));
  });

  it('keeps up by itself while the engine runs', async () => {
    await lending.startEngine();
    await Promise.all(['a', 'b', 'c'].map((book) => loans(book, 5)));
    const history = Array.from({ length: 11 }, (_none, index) => index + 1).join(',');
    await eventually(async () => {
      const rows = (await shelf()) as { history: string }[];
      expect(rows.map((row) => row.history)).toEqual([history, history, history]);
    });
    expect(await runner.behind()).toEqual([]);
  });

  it('knows no projection that was not registered', async () => {
    await expect(runner.catchUp('lending.nothing')).rejects.toThrow('No projection is called lending.nothing');
    await expect(runner.rebuild('lending.nothing')).rejects.toThrow('there are: lending.shelf');
  });

  describe('a rebuild', () => {
    it('puts right what was wrong, and leaves nothing behind', async () => {
      await loans('a', 2);
      await number();
      await runner.catchUp('lending.shelf');
      const [before, beforeReaders] = [await shelf(), await readers()];
      await database.rows(`UPDATE shelf SET loans = 99, history = 'wrong'`);
      await database.rows(`DELETE FROM reader_loans`);
      await database.rows(`INSERT INTO reader_loans VALUES ('ghost', 7)`);
      expect(await runner.rebuild('lending.shelf')).toBe(5);
      expect([await shelf(), await readers()]).toEqual([before, beforeReaders]);
      expect(await checkpoints()).toEqual([{ name: 'lending.shelf', position: 5 }]);
      expect(await database.rows(`SELECT FROM pg_tables WHERE tablename LIKE '%rebuild%'`)).toEqual([]);
      const [row] = await database.rows(`SELECT rebuilt_at FROM projection_checkpoint`);
      expect(row?.rebuilt_at).toBeInstanceOf(Date);
    });

    it('may be the first thing that ever happens to a projection', async () => {
      expect(await runner.rebuild('lending.shelf')).toBe(0);
      await loans('a', 1);
      await number();
      expect(await runner.rebuild('lending.shelf')).toBe(3);
      expect(await runner.catchUp('lending.shelf')).toBe(0);
      expect(await shelf()).toHaveLength(1);
    });

    it('exchanges tables with columns that PostgreSQL computes', async () => {
      await lending.asClerk(() => lending.lending.join('r1'));
      await number();
      await runner.catchUp('lending.visitors');
      await runner.rebuild('lending.visitors');
      await lending.asClerk(() => lending.lending.join('r2'));
      await number();
      await runner.catchUp('lending.visitors');
      expect(await database.rows(`SELECT name, shouted FROM visitor ORDER BY name`)).toEqual([
        { name: 'reader-r1', shouted: 'READER-R1' },
        { name: 'reader-r2', shouted: 'READER-R2' },
      ]);
    });

    it('keeps rights, policies and indexes of the live tables', async () => {
      await database.rows(`ALTER TABLE shelf ENABLE ROW LEVEL SECURITY`);
      await database.rows(`CREATE POLICY shelf_of_office ON shelf TO postbag_app USING (loans < 5)`);
      await database.rows(`REVOKE DELETE ON shelf FROM postbag_app`);
      await database.rows(`CREATE INDEX shelf_status ON shelf (status)`);
      const describe_ = (): Promise<object[]> =>
        database.rows(
          `SELECT oid, relrowsecurity, relacl::text, (SELECT array_agg(polname ORDER BY polname) FROM pg_policy WHERE polrelid = c.oid)::text AS policies,
                  (SELECT array_agg(indexrelid ORDER BY indexrelid) FROM pg_index WHERE indrelid = c.oid)::text AS indexes
             FROM pg_class c WHERE relname = 'shelf'`,
        );
      const before = await describe_();
      await loans('a', 1);
      await number();
      await runner.rebuild('lending.shelf');
      expect(await describe_()).toEqual(before);
    });

    it('shows readers the old rows or the new ones, never none', async () => {
      await loans('a', 3);
      await number();
      await runner.catchUp('lending.shelf');
      let isRebuilding = true;
      const seen = new Set<number>();
      const reading = (async (): Promise<void> => {
        while (isRebuilding) {
          seen.add((await shelf()).length);
          await sleep(1);
        }
      })();
      for (let round = 0; round < 5; round += 1) await runner.rebuild('lending.shelf', 2);
      isRebuilding = false;
      await reading;
      expect([...seen]).toEqual([1]);
    });

    it('lets one of two at the same time through and refuses the other', async () => {
      await loans('a', 10);
      await number();
      await runner.catchUp('lending.shelf');
      const before = await shelf();
      const other = await LendingProcess.boot(database.url, { providers: [...lendingProviders, Visitors] });
      const results = await Promise.allSettled([
        runner.rebuild('lending.shelf', 1),
        other.get(ProjectionRunner).rebuild('lending.shelf', 1),
      ]);
      const refused = results.flatMap((result) => (result.status === 'rejected' ? [String(result.reason)] : []));
      expect(refused).toEqual([expect.stringContaining('lending.shelf is being rebuilt already')]);
      expect(await shelf()).toEqual(before);
      expect(await runner.rebuild('lending.shelf')).toBe(21);
      expect(await database.rows(`SELECT FROM pg_tables WHERE tablename LIKE '%rebuild%'`)).toEqual([]);
      await other.stop();
    });

    it('equals the running projection row for row, whatever is written meanwhile and in whatever pieces', async () => {
      const step = fc.record({ book: fc.nat(3), loans: fc.integer({ min: 1, max: 3 }), wait: fc.nat(5) });
      let run = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.array(step, { minLength: 1, maxLength: 10 }),
          fc.integer({ min: 1, max: 9 }),
          fc.integer({ min: 1, max: 9 }),
          async (steps, liveBatch, rebuildBatch) => {
            run += 1;
            let isWriting = true;
            const live = (async (): Promise<void> => {
              while (isWriting) {
                await number();
                await runner.catchUp('lending.shelf', liveBatch);
              }
            })();
            const rebuilding = (async (): Promise<void> => {
              while (isWriting) await runner.rebuild('lending.shelf', rebuildBatch);
            })();
            for (const [index, { book, loans: count, wait }] of steps.entries()) {
              await loans(`${String(run)}-${String(index)}-${String(book)}`, count);
              await sleep(wait);
            }
            isWriting = false;
            await Promise.all([live, rebuilding]);

            await number();
            await runner.catchUp('lending.shelf', liveBatch);
            const running = [await shelf(), await readers()];
            await runner.rebuild('lending.shelf', rebuildBatch);
            expect([await shelf(), await readers()]).toEqual(running);
            expect(running[0]).toEqual(await fromTheLog());
          },
        ),
        { numRuns: 10 },
      );
    });

    /** What the shelf must be, by one statement over the log. */
    function fromTheLog(): Promise<object[]> {
      return database.rows(
        `SELECT stream AS book, (array_agg(type ORDER BY version DESC))[1] AS status,
                count(*) FILTER (WHERE type = 'lending.book-lent')::int AS loans,
                string_agg(version::text, ',' ORDER BY version) AS history
           FROM event_log WHERE type LIKE 'lending.book-%' GROUP BY stream ORDER BY stream`,
      );
    }
  });

  it('is the class that was declared', () => {
    expect(lending.get(ShelfProjection)).toBeInstanceOf(Projection);
    expect(runner.names()).toEqual(['lending.shelf', 'lending.visitors']);
  });
});
