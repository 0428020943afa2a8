import { randomUUID } from 'node:crypto';
import { QueryBus } from '@nestjs/cqrs';
import { Test, type TestingModule } from '@nestjs/testing';
import { Reconcile } from '@app/assurance';
import { WatchDeadlines } from '@app/casework';
import { CompositionModule } from '@app/composition';
import { Clock, addDays, londonDate } from '@app/kernel';
import {
  Attention,
  ConsumerRunner,
  LogVerifier,
  PastLog,
  ProjectionRunner,
  Sequencer,
  UnitOfWork,
  readConfig,
  runAs,
  systemCaller,
} from '@app/platform';
import { createTestDatabase, type TestDatabase } from '../../../test/setup/database';
import { DemoModule } from './demo.module';
import { DemoOffice } from './demo-office';
import { demonstrationPlan, type HistoryPlan } from './history/history-writer';

/** A quarter with a campaign, in two offices: what the two years are made of, in less time. */
function shortPlan(end: Date): HistoryPlan {
  return {
    ...demonstrationPlan(end),
    from: addDays(londonDate(end), -75),
    profiles: [
      {
        office: 'west-mercia',
        lettersAYear: 900,
        reviewsAYear: 60,
        campaign: { letters: 30, daysBefore: 40 },
        exceptional: null,
      },
      { office: 'staffordshire', lettersAYear: 150, reviewsAYear: 60, campaign: null, exceptional: null },
    ],
  };
}

class FixedClock extends Clock {
  instant = new Date('2026-11-20T15:00:00Z');
  now(): Date {
    return this.instant;
  }
}

async function boot(database: TestDatabase, clock: Clock): Promise<TestingModule> {
  const app = await Test.createTestingModule({
    imports: [
      CompositionModule.register({
        config: readConfig({}),
        databaseUrl: database.url,
        onError: () => undefined,
        pools: { system: 4, requests: 4 },
        queuePrefix: randomUUID(),
      }),
      DemoModule,
    ],
  })
    .overrideProvider(Clock)
    .useValue(clock)
    .compile();
  await app.init();
  return app;
}

describe('the demonstration office', () => {
  const clock = new FixedClock();
  let database: TestDatabase;
  let app: TestingModule;

  const asSystem = <T>(work: () => Promise<T>): Promise<T> => runAs(systemCaller('test'), work);
  const rows = <T>(sql: string, parameters: unknown[] = []): Promise<T[]> =>
    asSystem(() => app.get(UnitOfWork).run((manager): Promise<T[]> => manager.query(sql, parameters)));
  const count = async (what: string): Promise<number> => {
    const [row] = await rows<{ count: string }>(`SELECT count(*) AS count FROM ${what}`);
    return Number(row?.count);
  };
  /** What the worker would do, until nothing is left to do. */
  const work = async (): Promise<void> => {
    for (;;) {
      const open = await rows<{ consumer: string; messageId: string }>(
        `SELECT consumer, message_id AS "messageId" FROM outbox WHERE state = 'open' AND source = 'event'`,
      );
      if (open.length === 0) return;
      for (const { consumer, messageId } of open)
        await app.get(ConsumerRunner).run({ consumer, messageId, attempt: 1 });
    }
  };
  const load = (): Promise<void> => app.get(DemoOffice).loadIfEmpty(undefined, shortPlan);

  beforeAll(async () => {
    database = await createTestDatabase();
    app = await boot(database, clock);
  });

  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  it('leaves nothing behind when it is interrupted, and begins anew', async () => {
    let written = 0;
    const writing = jest.spyOn(PastLog.prototype, 'writeIfFull').mockImplementation(function (this: PastLog) {
      written += 1;
      if (written > 2000) throw new Error('the process was killed');
      return Promise.resolve();
    });
    await expect(load()).rejects.toThrow('the process was killed');
    writing.mockRestore();
    for (const table of ['case_file', 'event_log', 'intake_item', 'reference_counter']) {
      expect([table, await count(table)]).toEqual([table, 0]);
    }
  });

  it('goes on with the letters at the door where it was interrupted after the history', async () => {
    const office = app.get(DemoOffice);
    const door = jest
      .spyOn(office as unknown as { takeInMail: () => Promise<void> }, 'takeInMail')
      .mockRejectedValueOnce(new Error('the process was killed'));
    await expect(load()).rejects.toThrow('the process was killed');
    door.mockRestore();
    const before = await count('case_file');
    await load();
    const after = await count(`intake_item WHERE source <> 'import'`);
    expect(after).toBe(11);
    // What followed from the events of the past is in the history: none of it is done again.
    expect(
      await count(
        `outbox o JOIN event_log e ON e.id = o.message_id WHERE o.state = 'open' AND e.recorded_at < '2026-11-20T12:31:00Z'`,
      ),
    ).toBe(0);
    expect(await count('case_file')).toBeGreaterThan(before);
    const events = await count('event_log');
    await load();
    expect(await count('event_log')).toBe(events);
  });

  it('is accounted for to the last item', async () => {
    await work();
    const scope = { from: '2000-01-01', to: '2026-11-20', offices: null };
    const certificate = await asSystem(() => app.get(QueryBus).execute(new Reconcile(scope)));
    expect(certificate.counts).toEqual({
      unaccounted: 0,
      ownerless: 0,
      clockless: 0,
      gaps: 0,
      duplicates: 0,
      unsent: 0,
    });
    expect(certificate.ok).toBe(true);
    expect(certificate.received).toBeGreaterThan(200);
  });

  it('is a history in the order of time, with a whole chain', async () => {
    await asSystem(() => app.get(Sequencer).number());
    const [late] = await rows<{ late: string }>(
      `SELECT count(*) AS late FROM (SELECT recorded_at < lag(recorded_at) OVER (ORDER BY position) AS is_late FROM event_log) e
        WHERE is_late`,
    );
    expect(Number(late?.late)).toBe(0);
    const [positions] = await rows<{ events: string; last: string }>(
      `SELECT count(*) AS events, max(position) AS last FROM event_log`,
    );
    expect(positions?.last).toBe(positions?.events);
    expect(await asSystem(() => app.get(LogVerifier).verify())).toMatchObject({ ok: true });
  });

  it('leaves no work behind but what people are asked to look at', async () => {
    expect(await count(`outbox WHERE state = 'open' AND source = 'event'`)).toBe(0);
    expect(await count(`outbox WHERE state = 'attention'`)).toBe(await count(`needs_attention WHERE state = 'open'`));
    const [entry] = await asSystem(() => app.get(UnitOfWork).run(() => app.get(Attention).list(10, null)));
    expect(entry?.error).toContain('refused by the receiving mail server');
  });

  it('lets a person retry what needs attention', async () => {
    const [entry] = await rows<{ id: string; message_id: string }>(
      `SELECT id, message_id FROM needs_attention WHERE state = 'open' LIMIT 1`,
    );
    if (!entry) throw new Error('Nothing needs attention');
    await asSystem(() => app.get(UnitOfWork).run(() => app.get(Attention).retry(entry.id)));
    await app.get(ConsumerRunner).run({ consumer: 'notifications.deliver', messageId: entry.message_id, attempt: 1 });
    const [settled] = await rows<{ state: string; status: string }>(
      `SELECT a.state, o.status FROM needs_attention a JOIN event_log e ON e.id = a.message_id
         JOIN outgoing_message o ON o.id::text = e.data ->> 'outgoingMessageId' WHERE a.id = $1`,
      [entry.id],
    );
    expect(settled).toEqual({ state: 'resolved', status: 'sent' });
  });

  it('has nothing left for the watch over deadlines to say', async () => {
    const spoken = `event_log WHERE type IN ('casework.deadline-warned', 'casework.deadline-missed')`;
    const before = await count(spoken);
    const recent = await count(`case_file WHERE received_at > '2026-11-20T12:00:00Z'`);
    await asSystem(() => app.get(UnitOfWork).run(() => app.get(WatchDeadlines).handle()));
    // Only of the letters at the door, which nobody has watched yet.
    expect((await count(spoken)) - before).toBeLessThanOrEqual(recent);
  });

  it('brings the figures to where a rebuild brings them', async () => {
    const runner = app.get(ProjectionRunner);
    const figures = `SELECT md5(string_agg(t::text, '|' ORDER BY case_id, position)) AS sum FROM timeliness_history t`;
    await asSystem(() => app.get(Sequencer).number());
    await asSystem(() => runner.catchUp('timeliness'));
    const live = await rows<{ sum: string }>(figures);
    await asSystem(() => runner.rebuild('timeliness'));
    expect(await rows(figures)).toEqual(live);
    const [row] = await rows<{ share: number }>(
      `SELECT avg((answered_on <= respond_by)::int)::float AS share FROM timeliness_history
        WHERE recorded_to IS NULL AND answered_on IS NOT NULL`,
    );
    expect(row?.share).toBeGreaterThan(0.6);
    expect(row?.share).toBeLessThan(1);
  });

  it('has something of every kind to show', async () => {
    const states = await rows<{ status: string }>(
      `SELECT DISTINCT status FROM case_file WHERE closed_at IS NULL AND office = 'west-mercia'`,
    );
    expect(states.map(({ status }) => status)).toEqual(
      expect.arrayContaining(['triaged', 'in-progress', 'drafted', 'approved', 'paused', 'forwarded', 'quarantined']),
    );
    const open = `case_file WHERE office = 'west-mercia' AND closed_at IS NULL AND answered_at IS NULL`;
    expect(await count(`${open} AND respond_by = '2026-11-20'`)).toBeGreaterThan(0);
    expect(await count(`${open} AND respond_by < '2026-11-20'`)).toBeGreaterThan(0);
    expect(await count(`risk_alert WHERE confirmed_at IS NULL`)).toBeGreaterThanOrEqual(3);
    expect(await count(`deadline WHERE extension IS NOT NULL`)).toBeGreaterThan(0);
    expect(await count('case_link')).toBeGreaterThan(0);
    expect(await count('case_note')).toBeGreaterThan(0);
  });

  it('names nobody who could exist', async () => {
    const real = await rows<{ email: string }>(
      `SELECT DISTINCT email FROM correspondent WHERE email IS NOT NULL AND email NOT LIKE '%.example'`,
    );
    expect(real).toEqual([]);
    const phones = await rows<{ phone: string }>(
      `SELECT DISTINCT phone FROM correspondent WHERE phone IS NOT NULL AND phone !~ '^(01632 960|07700 900)'`,
    );
    expect(phones).toEqual([]);
  });

  it('loads nothing into a database that is in use', async () => {
    await rows(`DELETE FROM instance_setting WHERE key = 'demonstration'`);
    const before = await count('case_file');
    await load();
    expect(await count('case_file')).toBe(before);
  });

  it('is the same history every time', async () => {
    const again = await createTestDatabase();
    const other = await boot(again, clock);
    try {
      await other.get(DemoOffice).loadIfEmpty(undefined, shortPlan);
      const history = `SELECT md5(string_agg(encode(hash, 'hex'), '' ORDER BY stream)) AS sum FROM stream_head h
        WHERE EXISTS (SELECT FROM event_log e WHERE e.stream = h.stream AND e.recorded_at < '2026-11-01')
          AND NOT EXISTS (SELECT FROM event_log e WHERE e.stream = h.stream AND e.recorded_at > '2026-11-20T12:31:00Z')`;
      const theirs = await asSystem(() =>
        other.get(UnitOfWork).run((manager): Promise<unknown[]> => manager.query(history)),
      );
      expect(await rows(history)).toEqual(theirs);
    } finally {
      await other.close();
      await again.drop();
    }
  });
});
