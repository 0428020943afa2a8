import { londonDate } from '@app/kernel';
import { DataSource } from 'typeorm';
import { eventually } from '../../../../test/setup/eventually';
import { storeClockOffset } from '../persistence/business-clock';
import { LendingDatabase, LendingProcess } from '../testing/boot-lending.fixture';
import { LOAN_DAYS } from '../testing/lending-consumers.fixture';
import { Timers } from './timers';

const DAY = 86_400_000;

describe('Timers', () => {
  let database: LendingDatabase;
  let lending: LendingProcess;

  beforeEach(async () => {
    database = await LendingDatabase.create();
    lending = await LendingProcess.boot(database.url);
  });
  afterEach(async () => {
    await lending.stop();
    await database.drop();
  });

  const set = (subject: string, dueAt: Date, data = {}): Promise<void> =>
    lending.inTransaction(() =>
      lending.get(Timers).set({ kind: 'lending.book-due', office: 'west-mercia', subject, dueAt, data }),
    );
  const cancel = (subject: string): Promise<void> =>
    lending.inTransaction(() => lending.get(Timers).cancel('lending.book-due', subject));
  const past = (): Date => new Date(Date.now() - 1000);
  const outbox = (): Promise<object[]> =>
    database.rows(
      `SELECT s.subject, o.consumer, o.queue, o.source, o.office FROM outbox o JOIN scheduled_action s ON s.id = o.message_id ORDER BY s.subject`,
    );
  const row = { consumer: 'lending.remind', queue: 'deadlines', source: 'timer', office: 'west-mercia' };

  it('become work for their consumer when they are due, and not before', async () => {
    await set('due', past());
    await set('later', new Date(Date.now() + DAY));
    expect(await lending.get(Timers).fireDue()).toBe(1);
    expect(await lending.get(Timers).fireDue()).toBe(0);
    expect(await outbox()).toEqual([{ subject: 'due', ...row }]);
  });

  it('are one for each kind and subject: setting again moves it', async () => {
    await set('moved', past(), { loan: 1 });
    await set('moved', new Date(Date.now() + DAY), { loan: 2 });
    expect(await lending.get(Timers).fireDue()).toBe(0);
    expect(await database.rows(`SELECT data FROM scheduled_action`)).toEqual([{ data: { loan: 2 } }]);
  });

  it('may be set anew after they fired or were cancelled', async () => {
    await set('again', past());
    await lending.get(Timers).fireDue();
    await set('again', past());
    await cancel('again');
    await set('again', past());
    expect(await lending.get(Timers).fireDue()).toBe(1);
    expect(await outbox()).toHaveLength(2);
  });

  it('do not fire once cancelled', async () => {
    await set('cancelled', past());
    await cancel('cancelled');
    expect(await lending.get(Timers).fireDue()).toBe(0);
  });

  it('roll back with the work that set them', async () => {
    const failed = lending.inTransaction(async () => {
      await lending.get(Timers).set({ kind: 'lending.book-due', office: null, subject: 'x', dueAt: past() });
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    expect(await lending.get(Timers).fireDue()).toBe(0);
  });

  it('are refused when nobody would carry them out', async () => {
    await expect(
      lending.inTransaction(() =>
        lending.get(Timers).set({ kind: 'lending.party', office: null, subject: 'x', dueAt: past() }),
      ),
    ).rejects.toThrow('No consumer carries out the timer lending.party');
  });

  it('fire once with several sweepers at the same time', async () => {
    const other = await LendingProcess.boot(database.url);
    for (let subject = 0; subject < 50; subject += 1) await set(`s${String(subject).padStart(2, '0')}`, past());
    let fired = 0;
    while (fired < 50) {
      const sweeps = [lending.get(Timers).fireDue(7), other.get(Timers).fireDue(5), lending.get(Timers).fireDue(9)];
      for (const count of await Promise.all(sweeps)) fired += count;
    }
    expect(fired).toBe(50);
    const rows = await outbox();
    expect(rows).toHaveLength(50);
    await other.stop();
  });

  it('tell their consumer what they are about and when they were due', async () => {
    const dueAt = past();
    await set('book-told', dueAt, { loan: 7 });
    const seen: unknown[] = [];
    lending.faults.on('lending.remind', ({ type, source, stream, data, office, effectiveAt, attempt }) => {
      seen.push({ type, source, stream, data, office, effectiveAt, attempt });
    });
    await lending.startEngine();
    await eventually(() => expect(seen).not.toEqual([]));
    expect(seen).toEqual([
      {
        type: 'lending.book-due',
        source: 'timer',
        stream: 'book-told',
        data: { loan: 7 },
        office: 'west-mercia',
        effectiveAt: dueAt,
        attempt: 1,
      },
    ]);
  });

  it('count in business time, which every process and SQL agree on', async () => {
    const source = await new DataSource({ type: 'postgres', url: database.url }).initialize();
    await storeClockOffset(source, new Date(Date.now() - 400 * DAY));
    // A later start goes on with the clock that is there.
    await storeClockOffset(source, new Date(Date.now() + 400 * DAY));
    await source.destroy();
    const past400 = await LendingProcess.boot(database.url);
    await past400.asClerk(() => past400.lending.acquire('slow'));
    const [lent] = await past400.asClerk(() => past400.lending.lend('slow', 'r1'));
    expect(londonDate(lent?.effectiveAt ?? new Date())).toBe(londonDate(new Date(Date.now() - 400 * DAY)));
    await past400.startEngine();
    const [timer] = await eventually(async () => {
      const rows = await database.rows<{ due_at: Date }>(`SELECT due_at FROM scheduled_action`);
      expect(rows).toHaveLength(1);
      return rows;
    });
    expect(timer?.due_at).toEqual(new Date((lent?.effectiveAt.getTime() ?? 0) + LOAN_DAYS * DAY));
    // Long past in real time, but a fortnight away in the office's.
    expect(await past400.get(Timers).fireDue()).toBe(0);
    await database.rows(`UPDATE instance_setting SET value = to_jsonb('-385 days'::text) WHERE key = 'clock-offset'`);
    await eventually(async () => {
      const reminded = await database.rows(`SELECT note FROM effect WHERE note = 'lending.book-due'`);
      expect(reminded).toHaveLength(1);
    });
    await past400.stop();
  });
});
