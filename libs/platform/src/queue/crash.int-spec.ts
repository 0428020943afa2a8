import { eventually } from '../../../../test/setup/eventually';
import { queueBackends } from '../../../../test/setup/redis';
import { OutboxRelay } from '../outbox/relay';
import { LendingDatabase, LendingProcess } from '../testing/boot-lending.fixture';
import { dieEverywhere, Mortal } from '../testing/mortal.fixture';
import { Timers } from '../timers/timers';
import { ConsumerRunner } from './consumer-runner';

describe.each(queueBackends())('a death between any two steps, on $backend', ({ redisUrl }) => {
  let database: LendingDatabase;
  let healthy: LendingProcess;
  let mortal: Mortal;
  const options = { redisUrl, queuePrefix: `crash-${String(process.pid)}` };

  beforeEach(async () => {
    database = await LendingDatabase.create();
    healthy = await LendingProcess.boot(database.url, { ...options, pools: { system: 8, requests: 4 } });
    mortal = await Mortal.of(
      await LendingProcess.boot(database.url, { ...options, pools: { system: 2, requests: 1 } }),
    );
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

  /** Leaves what a dead process left to the recovery, instead of to the next one that is to die. */
  const setAside = async (): Promise<void> => {
    await database.rows(`UPDATE outbox SET available_at = 'infinity' WHERE available_at <> 'infinity'`);
  };

  /** A healthy process finds it. The wait for stale rows is taken as over. */
  async function recover(): Promise<void> {
    await database.rows(
      `UPDATE outbox SET available_at = now(), enqueued_at = enqueued_at - interval '1 minute' WHERE state = 'open'`,
    );
    await healthy.startEngine();
    await eventually(async () => expect(await database.rows(`SELECT * FROM outbox`)).toEqual([]), 30_000);
  }

  async function expectOneEffectEach(consumer: string, messages: readonly string[]): Promise<void> {
    const effects = await database.rows<{ message_id: string }>(
      `SELECT message_id FROM effect WHERE consumer = $1 ORDER BY seq`,
      [consumer],
    );
    expect(effects.map(({ message_id }) => message_id).sort()).toEqual([...messages].sort());
    const inbox = await database.rows<{ message_id: string }>(`SELECT message_id FROM inbox WHERE consumer = $1`, [
      consumer,
    ]);
    expect(inbox.map(({ message_id }) => message_id).sort()).toEqual([...messages].sort());
  }

  it.each([
    ['that succeeds', 0, 24],
    ['that fails at first', 1, 34],
  ])('of relay and consumer costs time, not items: a message %s', async (_which, failures, atLeast) => {
    const messages: string[] = [];
    const points = await dieEverywhere(
      mortal,
      async () => {
        const { id } = await join(`r${String(messages.length)}`);
        messages.push(id);
        let left = failures;
        mortal.process.faults.on('lending.greet-reader', (_message, step) => {
          if (step === 'handle' && (left -= 1) >= 0) throw new Error('not this time');
        });
        return async () => {
          for (let attempt = 1; attempt <= failures + 1; attempt += 1) {
            await mortal.process.get(OutboxRelay).relay();
            await mortal.process.get(ConsumerRunner).run({ messageId: id, consumer: 'lending.greet-reader', attempt });
            await database.rows(`UPDATE outbox SET available_at = now() WHERE message_id = $1`, [id]);
          }
        };
      },
      setAside,
    );
    expect(points).toBeGreaterThanOrEqual(atLeast);
    await recover();
    await expectOneEffectEach('lending.greet-reader', messages);
    expect(await database.rows(`SELECT FROM needs_attention`)).toEqual([]);
    expect(healthy.errors).toEqual([]);
  });

  it('of the sweep for lost jobs loses none', async () => {
    const messages: string[] = [];
    await dieEverywhere(
      mortal,
      async () => {
        const { id } = await join(`r${String(messages.length)}`);
        messages.push(id);
        await database.rows(
          `UPDATE outbox SET attempt = 1, enqueued_at = now() - interval '1 minute' WHERE message_id = $1`,
          [id],
        );
        return () => mortal.process.get(OutboxRelay).sweepStale();
      },
      setAside,
    );
    await recover();
    await expectOneEffectEach('lending.greet-reader', messages);
  });

  it('of the timer sweep fires every timer once', async () => {
    const subjects: string[] = [];
    await dieEverywhere(
      mortal,
      async () => {
        const subject = `book-${String(subjects.length)}`;
        subjects.push(subject);
        const dueAt = new Date(Date.now() - 1000);
        await healthy.inTransaction(() =>
          healthy.get(Timers).set({ kind: 'lending.book-due', office: 'west-mercia', subject, dueAt }),
        );
        return () => mortal.process.get(Timers).fireDue();
      },
      async () => {
        await database.rows(`UPDATE scheduled_action SET due_at = 'infinity' WHERE fired_at IS NULL`);
      },
    );
    await database.rows(`UPDATE scheduled_action SET due_at = now() WHERE fired_at IS NULL`);
    await healthy.startEngine();
    await eventually(async () => {
      const reminded = await database.rows<{ stream: string }>(`SELECT stream FROM effect ORDER BY seq`);
      expect(reminded.map(({ stream }) => stream).sort()).toEqual([...subjects].sort());
      expect(await database.rows(`SELECT FROM outbox`)).toEqual([]);
    });
  });
});
