import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { currentCaller, runAs, systemCaller } from './caller';
import { GroupCommit } from './group-commit';

const serverAway = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

/** Keeps what was committed, like a database: a batch with a bad item is refused as a whole. */
class Ledger {
  readonly batches: (readonly string[])[] = [];
  readonly attempts: (readonly string[])[] = [];
  isAway = false;

  readonly commit = async (items: readonly string[]): Promise<string[]> => {
    this.attempts.push(items);
    await turn();
    if (this.isAway) throw serverAway;
    const bad = items.find((item) => item.startsWith('bad'));
    if (bad) throw new Error(`${bad} is refused`);
    this.batches.push(items);
    return items.map((item) => `receipt of ${item}`);
  };

  get kept(): string[] {
    return this.batches.flat();
  }
}

describe('GroupCommit', () => {
  let ledger: Ledger;
  let group: GroupCommit<string, string>;

  beforeEach(() => {
    ledger = new Ledger();
    group = new GroupCommit(ledger.commit, 4);
  });

  it('lets items that arrive together share one commit, each with its own result', async () => {
    const results = await Promise.all(['a', 'b', 'c'].map((item) => group.submit(item)));
    expect(results).toEqual(['receipt of a', 'receipt of b', 'receipt of c']);
    expect(ledger.batches).toEqual([['a', 'b', 'c']]);
  });

  it('gathers the next batch while one commits, and keeps batches small', async () => {
    await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map((item) => group.submit(item)));
    expect(ledger.batches).toEqual([
      ['a', 'b', 'c', 'd'],
      ['e', 'f'],
    ]);
  });

  it('commits the neighbours of an item that fails, and rejects that item alone', async () => {
    const results = await Promise.allSettled(['a', 'bad b', 'c'].map((item) => group.submit(item)));
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(ledger.kept).toEqual(['a', 'c']);
  });

  it('rejects the whole batch at once when the database is away, and works again when it is back', async () => {
    ledger.isAway = true;
    const results = await Promise.allSettled(['a', 'b', 'c'].map((item) => group.submit(item)));
    expect(results).toEqual(['a', 'b', 'c'].map(() => ({ status: 'rejected', reason: serverAway })));
    expect(ledger.attempts).toHaveLength(1);
    ledger.isAway = false;
    await expect(group.submit('d')).resolves.toBe('receipt of d');
  });

  it('refuses a commit that forgot a result', async () => {
    const forgetful = new GroupCommit<string, string>((items) => Promise.resolve(items.slice(1)));
    const results = await Promise.allSettled([forgetful.submit('a'), forgetful.submit('b')]);
    expect(results.map((result) => result.status)).toEqual(['rejected', 'rejected']);
  });

  it.each([0, 1, 2, 3, 5, 8])('loses nothing that is submitted %i ticks after another was settled', async (ticks) => {
    const chains = Array.from({ length: 5 }, async (_none, chain) => {
      for (let link = 0; link < 20; link += 1) {
        const item = link % 7 === 3 ? `bad ${String(chain)}-${String(link)}` : `${String(chain)}-${String(link)}`;
        await group.submit(item).catch(() => undefined);
        for (let tick = 0; tick < ticks; tick += 1) await Promise.resolve();
      }
    });
    await Promise.all(chains);
    expect(ledger.kept).toHaveLength(5 * 17);
    expect(new Set(ledger.kept).size).toBe(5 * 17);
  });

  it('is idle only when nothing waits', async () => {
    const done: string[] = [];
    void group.submit('a').then(() => group.submit('b').then(() => done.push('b')));
    await group.idle();
    await group.idle();
    expect(ledger.kept).toContain('a');
    void group.submit('c');
    await group.idle();
    expect(ledger.kept).toContain('c');
    await group.idle();
  });

  it('commits outside whatever the first submitter was doing', async () => {
    const callers: unknown[] = [];
    const shared = new GroupCommit<string, string>((items) => {
      try {
        callers.push(currentCaller());
      } catch {
        callers.push('nobody');
      }
      return Promise.resolve([...items]);
    });
    await runAs(systemCaller('one request'), () => shared.submit('a'));
    expect(callers).toEqual(['nobody']);
  });

  it('settles every item exactly once, whatever arrives when and whatever fails', async () => {
    const arrival = fc.record({
      item: fc.constantFrom('good', 'bad'),
      turnsLater: fc.nat(3),
      away: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(arrival, { maxLength: 40 }),
        fc.integer({ min: 1, max: 6 }),
        async (arrivals, batch) => {
          const store = new Ledger();
          const committer = new GroupCommit(store.commit, batch);
          const outcomes = await Promise.all(
            arrivals.map(async ({ item, turnsLater, away }, index) => {
              for (let wait = 0; wait < turnsLater; wait += 1) await turn();
              if (away) store.isAway = !store.isAway;
              const name = `${item} ${String(index)}`;
              return committer.submit(name).then(
                (receipt) => ({ name, receipt }),
                () => ({ name, receipt: null }),
              );
            }),
          );
          const acknowledged = outcomes.filter(({ receipt }) => receipt !== null);
          expect(acknowledged.map(({ name }) => name).sort()).toEqual([...store.kept].sort());
          for (const { name, receipt } of acknowledged) expect(receipt).toBe(`receipt of ${name}`);
          expect(store.kept.filter((name) => name.startsWith('bad'))).toEqual([]);
        },
      ),
      { numRuns: 200 },
    );
  });
});
