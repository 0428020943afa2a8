import { randomUUID } from 'node:crypto';
import { Module } from '@nestjs/common';
import { CqrsModule, QueryBus } from '@nestjs/cqrs';
import { Test, type TestingModule } from '@nestjs/testing';
import { Clock } from '@app/kernel';
import {
  ConsumerRunner,
  EventStore,
  LogVerifier,
  PlatformModule,
  readConfig,
  runAs,
  Sequencer,
  systemCaller,
  Timers,
  UnitOfWork,
  type Caller,
} from '@app/platform';
import type { EntityManager } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../../test/setup/database';
import { AssuranceSweep } from './application/assurance-sweep';
import { AssuranceTimers } from './application/assurance-timers';
import { CaseMender, type CaseFinding } from './application/case-mender';
import type { LedgerScope } from './application/ledger';
import { InvalidReconciliationPeriod, Reconcile } from './application/reconcile';
import { storeCase, storeItem, storeMessage, storeOutgoing } from './assurance.fixture';
import { assuranceContext, AssuranceModule } from './assurance.module';
import { FAULTS, type FaultKind, type Reconciliation } from './domain/reconciliation';

const OPENED = 'casework.case-opened';
const MARCH: LedgerScope = { from: '2026-03-01', to: '2026-03-31', offices: null };
const MAILBOX = 'opcc@west-mercia.example';

class SettableClock extends Clock {
  instant: Date | null = null;
  now(): Date {
    return this.instant ?? new Date();
  }
}

/** Gives a queue, as the owner of the cases would; cannot start clocks. */
class FakeMender extends CaseMender {
  unitOfWork: UnitOfWork | null = null;
  async mend({ fault, case: { id } }: CaseFinding): Promise<boolean> {
    if (fault === 'clockless') throw new Error('no policy');
    await this.unitOfWork?.run((manager) => manager.query(`UPDATE case_file SET queue = 'triage' WHERE id = $1`, [id]));
    return true;
  }
}

const mender = new FakeMender();

@Module({ providers: [{ provide: CaseMender, useValue: mender }] })
class CasesOfTheTest {}

describe('assurance', () => {
  const clock = new SettableClock();
  let database: TestDatabase;
  let app: TestingModule;
  let firstCase = '';

  beforeAll(async () => {
    database = await createTestDatabase();
    app = await Test.createTestingModule({
      imports: [
        PlatformModule.register({
          config: readConfig({}),
          databaseUrl: database.url,
          contexts: [
            {
              events: { [OPENED]: { schemaVersion: 1 }, 'offices.holiday-calendar-changed': { schemaVersion: 1 } },
              messages: [],
              entities: [],
            },
            assuranceContext,
          ],
          onError: () => undefined,
          pools: { system: 3, requests: 3 },
        }),
        CqrsModule.forRoot(),
        CasesOfTheTest,
        AssuranceModule,
      ],
    })
      .overrideProvider(Clock)
      .useValue(clock)
      .compile();
    await app.init();
    app.useLogger(false);
    mender.unitOfWork = app.get(UnitOfWork);
    await asSystem(async (manager) => {
      const opened: string[] = [];
      for (let number = 1; number <= 3; number++) opened.push(await storeCase(manager, number));
      const other = { office: 'warwickshire', reference: 'WK-26-1' };
      opened.push(await storeCase(manager, 1, other));
      opened.push(await storeCase(manager, 4, { status: 'quarantined', queue: null, next_deadline: null }));
      firstCase = opened[0] ?? '';
      for (const id of opened) await storeOpening(id, id === opened[3] ? 'warwickshire' : 'west-mercia');
      await manager.query(`INSERT INTO reference_counter VALUES ('west-mercia', 2026, 4), ('warwickshire', 2026, 1)`);
      for (const id of opened.slice(0, 3)) await storeItem(manager, id);
      await storeItem(manager, opened[3] ?? '', { office: 'warwickshire', mailbox: 'opcc@warwickshire.example' });
      await storeItem(manager, opened[4] ?? '', { outcome: 'quarantined' });
      const reply = await storeItem(manager, firstCase, { outcome: 'filed-on-case', received_on: '2026-03-03' });
      await storeItem(manager, firstCase, { received_on: '2026-02-28' });
      await manager.query(
        `INSERT INTO intake_redelivery (office, item_id, received_at, received_on)
         SELECT 'west-mercia', $1, '2026-03-04T09:00:00Z', '2026-03-04' FROM generate_series(1, 2)`,
        [reply],
      );
    });
  }, 60_000);

  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  function asSystem<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return runAs(systemCaller('test'), () => app.get(UnitOfWork).run(work));
  }

  async function storeOpening(caseId: string, office = 'west-mercia'): Promise<void> {
    const event = { type: OPENED, schemaVersion: 1, data: { caseId }, effectiveAt: new Date() };
    await app.get(EventStore).append([{ stream: `case-${caseId}`, office, expectedVersion: 0, events: [event] }]);
  }

  const reconcile = (scope: LedgerScope = MARCH): Promise<Reconciliation> =>
    app.get(QueryBus).execute(new Reconcile(scope));

  /** What the certificate says after a change that is taken back again. */
  async function after(change: (manager: EntityManager) => Promise<unknown>, scope = MARCH): Promise<Reconciliation> {
    const taken = new Error('taken back');
    let certificate: Reconciliation | undefined;
    await asSystem(async (manager) => {
      await change(manager);
      certificate = await reconcile(scope);
      throw taken;
    }).catch((error: unknown) => {
      if (error !== taken) throw error;
    });
    if (!certificate) throw new Error('no certificate');
    return certificate;
  }

  /** Only this kind of fault, and so many of it. */
  function expectOnly(certificate: Reconciliation, kind: FaultKind, number = 1): void {
    const expected = Object.fromEntries(FAULTS.map((fault) => [fault, fault === kind ? number : 0]));
    expect(certificate.counts).toMatchObject(expected);
    expect(certificate[kind]).toHaveLength(number);
    expect(certificate.ok).toBe(false);
  }

  /** received = pending + unaccounted + by outcome, on every day and in all. */
  function expectBalanced({ byDay, received, pending, byOutcome }: Reconciliation): void {
    const sum = (numbers: Record<string, number>): number => Object.values(numbers).reduce((all, n) => all + n, 0);
    for (const day of byDay) expect(day.received).toBe(day.pending + day.unaccounted + sum(day.byOutcome));
    const unaccounted = byDay.reduce((all, day) => all + day.unaccounted, 0);
    expect(received).toBe(pending + unaccounted + sum(byOutcome));
  }

  it('accounts for everything by day and mailbox', async () => {
    const certificate = await runAs(systemCaller('test'), () => reconcile());
    expect(certificate).toMatchObject({
      ok: true,
      received: 6,
      redelivered: 2,
      pending: 0,
      byOutcome: { 'case-opened': 4, quarantined: 1, 'filed-on-case': 1 },
      unaccounted: [],
      ownerless: [],
      clockless: [],
      gaps: [],
      duplicates: [],
      unsent: [],
      needsAttention: 0,
      seal: null,
    });
    const none = { received: 0, redelivered: 0, byOutcome: {}, pending: 0, unaccounted: 0 };
    expect(certificate.byDay).toEqual([
      {
        ...none,
        day: '2026-03-02',
        mailbox: 'opcc@warwickshire.example',
        received: 1,
        byOutcome: { 'case-opened': 1 },
      },
      { ...none, day: '2026-03-02', mailbox: MAILBOX, received: 4, byOutcome: { 'case-opened': 3, quarantined: 1 } },
      { ...none, day: '2026-03-03', mailbox: MAILBOX, received: 1, byOutcome: { 'filed-on-case': 1 } },
      { ...none, day: '2026-03-04', mailbox: MAILBOX, redelivered: 2 },
    ]);
    expectBalanced(certificate);
  });

  it.each([
    [4, 1, 0],
    [6, 0, 1],
  ])(
    'takes an item that is not filed after %i minutes for pending (%i) or unaccounted (%i)',
    async (minutes, ...expected) => {
      const certificate = await after((manager) =>
        storeItem(manager, null, { outcome: null, received_at: new Date(Date.now() - minutes * 60_000) }),
      );
      expect([certificate.pending, certificate.counts.unaccounted]).toEqual(expected);
      expect(certificate.ok).toBe(expected[1] === 0);
      expectBalanced(certificate);
    },
  );

  it('counts the five minutes in business time', async () => {
    const certificate = await after(async (manager) => {
      await manager.query(
        `INSERT INTO instance_setting (key, value) VALUES ('clock-offset', '"-100 days"')
         ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
      );
      const received = new Date(Date.now() - 100 * 86_400_000 - 60_000);
      await storeItem(manager, null, { outcome: null, received_at: received });
    });
    expect(certificate.pending).toBe(1);
  });

  it.each<[string, (manager: EntityManager) => Promise<unknown>]>([
    ['its case does not exist', (manager) => storeItem(manager, null, { case_id: randomUUID() })],
    ['its case does not exist', (manager) => storeItem(manager, null)],
    ['as received is not stored', (manager) => storeItem(manager, firstCase, {}, ['content'])],
    ['its message is on no case', (manager) => storeItem(manager, firstCase, {}, ['message'])],
  ])('names an item of which %s', async (why, change) => {
    const certificate = await after(change);
    expectOnly(certificate, 'unaccounted');
    expect(certificate.unaccounted[0]).toMatchObject({ kind: 'item', mailbox: MAILBOX, office: 'west-mercia' });
    expect(certificate.unaccounted[0]?.why).toContain(why);
    expectBalanced(certificate);
  });

  it('names a case whose opening is not in the log', async () => {
    const certificate = await after(async (manager) => {
      await storeCase(manager, 5);
      await manager.query(`UPDATE reference_counter SET last_number = 5 WHERE office = 'west-mercia'`);
    });
    expectOnly(certificate, 'unaccounted');
    expect(certificate.unaccounted[0]).toMatchObject({ kind: 'case', reference: 'WM-26-5', mailbox: null });
    expectBalanced(certificate);
  });

  const change =
    (set: string) =>
    (manager: EntityManager): Promise<unknown> =>
      manager.query(`UPDATE case_file SET ${set} WHERE id = $1`, [firstCase]);

  it('names an open case that nobody has', async () => {
    const certificate = await after(change('queue = NULL'));
    expectOnly(certificate, 'ownerless');
    expect(certificate.ownerless[0]).toEqual({
      id: firstCase,
      reference: 'WM-26-1',
      office: 'west-mercia',
      status: 'triaged',
      receivedOn: '2026-03-02',
    });
  });

  it('names an open case without a clock', async () => {
    expectOnly(await after(change('next_deadline = NULL')), 'clockless');
  });

  it.each([
    `queue = NULL, next_deadline = NULL, closed_at = now()`,
    `queue = NULL, assignee = 'ann'`,
    `next_deadline = NULL, paused_since = now()`,
    `next_deadline = NULL, answered_at = now()`,
    `next_deadline = NULL, answerable = false`,
  ])('finds nothing wrong with a case that has %s', async (set) => {
    expect(await after(change(set))).toMatchObject({ ok: true });
  });

  it('names overlooked cases whatever day they came', async () => {
    const elsewhere = { ...MARCH, from: '2025-01-01', to: '2025-01-31' };
    expectOnly(await after(change('queue = NULL'), elsewhere), 'ownerless');
  });

  it('names every number that no case has', async () => {
    const certificate = await after((manager) =>
      manager.query(`UPDATE reference_counter SET last_number = 6 WHERE office = 'west-mercia'`),
    );
    expectOnly(certificate, 'gaps', 2);
    expect(certificate.gaps[0]).toEqual({
      office: 'west-mercia',
      year: 2026,
      number: 5,
      why: 'No case has this number',
    });
  });

  it('names a gap between numbers and a case beyond the counter', async () => {
    const certificate = await after((manager) =>
      manager.query(`UPDATE case_file SET reference_number = 9 WHERE reference = 'WM-26-2'`),
    );
    expect(certificate.gaps.map(({ number }) => number)).toEqual([2, 5, 6, 7, 8, 9]);
    expect(certificate.gaps.at(-1)?.why).toBe('The counter stands at 4 and would give this number again');
  });

  it('names an office and year without a counter', async () => {
    const certificate = await after((manager) =>
      manager.query(`DELETE FROM reference_counter WHERE office = 'warwickshire'`),
    );
    expectOnly(certificate, 'gaps');
  });

  it('names a mail that was taken in twice', async () => {
    const certificate = await after(async (manager) => {
      await manager.query(`DROP INDEX intake_item_mail`);
      for (let time = 0; time < 2; time++) await storeItem(manager, firstCase, { sha256: Buffer.from('same') });
    });
    expectOnly(certificate, 'duplicates');
    expect(certificate.duplicates[0]).toMatchObject({ kind: 'mail', office: 'west-mercia' });
    expect(certificate.duplicates[0]?.ids).toHaveLength(2);
  });

  it('names a number that two cases have', async () => {
    const certificate = await after(async (manager) => {
      await manager.query(`ALTER TABLE case_file DROP CONSTRAINT case_file_number`);
      await storeOpening(await storeCase(manager, 3, { reference: 'WM-26-3-again' }));
    });
    expectOnly(certificate, 'duplicates');
    expect(certificate.duplicates[0]).toMatchObject({ kind: 'number', why: 'Several cases have number 3 of 2026' });
  });

  it('names an item that was filed twice', async () => {
    const certificate = await after(async (manager) => {
      const itemId = await storeItem(manager, firstCase);
      await storeMessage(manager, firstCase, itemId);
    });
    expectOnly(certificate, 'duplicates');
    expect(certificate.duplicates[0]).toMatchObject({ kind: 'item', ids: [firstCase] });
  });

  it('takes the same letter by another channel for two items', async () => {
    const certificate = await after(async (manager) => {
      const letter = { source: 'api', channel: 'letter', sha256: Buffer.from('same') };
      for (let time = 0; time < 2; time++) await storeItem(manager, firstCase, letter);
    });
    expect(certificate).toMatchObject({ ok: true, received: 8 });
  });

  it('shows what has not gone out', async () => {
    let stuck: string[] = [];
    const certificate = await after(async (manager) => {
      stuck = [
        await storeOutgoing(manager, 'sending', 8, { sending_since: new Date(Date.now() - 7 * 60_000) }),
        await storeOutgoing(manager, 'queued', 6),
        await storeOutgoing(manager, 'uncertain', 1),
      ];
      await storeOutgoing(manager, 'queued', 4);
      await storeOutgoing(manager, 'queued', 6, { not_before: new Date() });
      await storeOutgoing(manager, 'sending', 6, { sending_since: new Date() });
      await storeOutgoing(manager, 'sent', 60);
    });
    expect(certificate.unsent.map(({ id }) => id)).toEqual(stuck);
    expect(certificate.counts.unsent).toBe(3);
    expect(certificate.ok).toBe(true);
  });

  it('counts what needs attention', async () => {
    const certificate = await after((manager) =>
      manager.query(
        `INSERT INTO needs_attention (id, office, consumer, message_id, what, error, attempts)
         VALUES ($1, 'west-mercia', 'filing', $1, 'intake.item-received', 'Error', 10)`,
        [randomUUID()],
      ),
    );
    expect(certificate.needsAttention).toBe(1);
  });

  it('ends its lists at a thousand and keeps the true number', async () => {
    const certificate = await after((manager) =>
      manager.query(
        `INSERT INTO intake_item (id, office, source, mailbox, channel, sha256, size_bytes, received_at, received_on)
         SELECT gen_random_uuid(), 'west-mercia', 'smtp', $1, 'email', sha256(n::text::bytea), 1, '2026-03-02', '2026-03-02'
           FROM generate_series(1, 1005) n`,
        [MAILBOX],
      ),
    );
    expect(certificate.unaccounted).toHaveLength(1000);
    expect(certificate.counts.unaccounted).toBe(1005);
    expectBalanced(certificate);
  });

  it('certifies to a caller the offices of the caller', async () => {
    const caller: Caller = {
      actor: { kind: 'person', id: 'ann' },
      role: 'manager',
      offices: ['warwickshire'],
      system: false,
      correlationId: 'test',
      causationId: null,
    };
    const own = await runAs(caller, () => reconcile());
    expect(own).toMatchObject({ ok: true, received: 1, offices: ['warwickshire'] });
    expect(await runAs(caller, () => reconcile({ ...MARCH, offices: ['west-mercia'] }))).toMatchObject({ received: 0 });
  });

  it('refuses days that do not exist', async () => {
    const refused = runAs(systemCaller('test'), () => reconcile({ ...MARCH, from: '2026-02-30', to: 'x' }));
    await expect(refused).rejects.toBeInstanceOf(InvalidReconciliationPeriod);
  });

  describe('behind the scenes', () => {
    const waiting = (): Promise<{ kind: string; due_at: Date }[]> =>
      asSystem((manager) =>
        manager.query(
          `SELECT kind, due_at FROM scheduled_action
            WHERE fired_at IS NULL AND kind LIKE 'assurance.%' ORDER BY kind`,
        ),
      );

    /** Fires what is due and carries it out, as relay and queue do. */
    async function work(): Promise<void> {
      await app.get(Timers).fireDue();
      const jobs: { message_id: string; consumer: string }[] = await asSystem((manager) =>
        manager.query(`SELECT message_id, consumer FROM outbox WHERE consumer LIKE 'assurance.%'`),
      );
      for (const { message_id, consumer } of jobs) {
        await app.get(ConsumerRunner).run({ messageId: message_id, consumer, attempt: 1 });
      }
    }

    it('sweeps and seals, once each, and again in time', async () => {
      while ((await app.get(Sequencer).number()) > 0);
      for (let start = 0; start < 2; start++) {
        await runAs(systemCaller('worker'), () => app.get(AssuranceTimers).arm());
      }
      expect((await waiting()).map(({ kind }) => kind)).toEqual(['assurance.seal-log', 'assurance.sweep']);
      // The moment of both in British summer time, when London's midnight is an hour before that of UTC.
      clock.instant = new Date('2026-06-30T23:30:00Z');
      await work();
      expect(await waiting()).toEqual([
        { kind: 'assurance.seal-log', due_at: new Date('2026-07-01T23:10:00Z') },
        { kind: 'assurance.sweep', due_at: new Date('2026-06-30T23:35:00Z') },
      ]);
      const verified = await runAs(systemCaller('test'), () => app.get(LogVerifier).verify());
      expect(verified).toMatchObject({ ok: true, seals: 1, firstBroken: null });
      const { seal } = await runAs(systemCaller('test'), () => reconcile());
      expect(seal).toMatchObject({ day: '2026-07-01', events: verified.events, streams: verified.streams });
      await runAs(systemCaller('worker'), () => app.get(AssuranceTimers).arm());
      expect((await waiting())[0]?.due_at).toEqual(new Date('2026-07-01T23:10:00Z'));
      clock.instant = null;
    });

    it('has mended what can be mended, and leaves the rest on the certificate', async () => {
      await asSystem((manager) =>
        manager.query(
          `UPDATE case_file SET queue = CASE WHEN reference = 'WM-26-1' THEN NULL ELSE queue END,
                  next_deadline = CASE WHEN reference = 'WM-26-2' THEN NULL ELSE next_deadline END`,
        ),
      );
      expect(await runAs(systemCaller('test'), () => app.get(AssuranceSweep).sweep())).toBe(1);
      const certificate = await runAs(systemCaller('test'), () => reconcile());
      expectOnly(certificate, 'clockless');
      expect(certificate.clockless[0]?.reference).toBe('WM-26-2');
    });
  });
});
