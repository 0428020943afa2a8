import { randomUUID } from 'node:crypto';
import { QueryBus } from '@nestjs/cqrs';
import { addDays, londonDate } from '@app/kernel';
import { DIGEST_TIMER, DigestTimer, ListReadings } from '@app/oversight';
import { runAs, systemCaller, UnitOfWork } from '@app/platform';
import { GetDueCases, ListDueCases } from '@app/timeliness';
import { SendDigests } from '../libs/oversight/src/application/send-digests';
import { RunningApi, type Client } from './setup/running-api';

const OFFICES = ['warwickshire'];
const system = systemCaller('test');

describe('What managers look at', () => {
  let api: RunningApi;
  let clerk: Client;
  const today = londonDate(new Date());
  const manager = randomUUID();
  const caseworker = randomUUID();

  beforeAll(async () => {
    api = await RunningApi.start();
    clerk = await api.client('caseworker', ...OFFICES);
    for (const daysAgo of [60, 50, 27, 26, 1]) {
      const correspondent = { name: 'Pat Example', email: `pat-${String(daysAgo)}@mail.example` };
      const receivedAt = `${addDays(today, -daysAgo)}T10:00:00Z`;
      const letter = { channel: 'letter', subject: 'Orchard Lane', body: 'The lights.', correspondent, receivedAt };
      expect((await clerk.post('/api/v1/correspondence', letter)).status).toBe(201);
    }
    await api.settled();
    for (const [id, role] of [
      [manager, 'manager'],
      [caseworker, 'caseworker'],
    ] as const) {
      await api.sql(`INSERT INTO person (id, name, email, version) VALUES ($1, $2, $3, 1)`, [
        id,
        `Invented ${role}`,
        `${role}@staff.example`,
      ]);
      await api.sql(`INSERT INTO role_held (person_id, role, office, valid_from) VALUES ($1, $2, $3, '2000-01-01')`, [
        id,
        role,
        OFFICES[0],
      ]);
    }
  }, 60_000);

  afterAll(() => api?.stop());

  const ask = <T>(work: () => Promise<T>): Promise<T> => runAs(system, work);

  it('lists exactly the cases that each number of what will be late counts', async () => {
    const queries = api.app.get(QueryBus);
    const report = await ask(() => queries.execute(new GetDueCases(OFFICES)));
    expect(report.days).toHaveLength(7);
    expect(report.counts.reduce((sum, { cases }) => sum + cases, 0)).toBeGreaterThanOrEqual(2);
    expect(report.counts.some(({ due }) => due === 'overdue')).toBe(true);
    for (const { due, queue, person, cases } of report.counts) {
      const asked = { offices: OFFICES, asOf: new Date(report.asOf), due, queue, person };
      const { items } = await ask(() => queries.execute(new ListDueCases(asked)));
      expect([due, items.length]).toEqual([due, cases]);
      expect(items.every(({ respondBy }) => (due === 'overdue' ? respondBy < today : respondBy === due))).toBe(true);
    }
    const others = await ask(() => queries.execute(new GetDueCases(['staffordshire'])));
    expect(others.counts).toEqual([]);
  });

  it('sends each manager one letter a day, and others when they ask for it, without personal data', async () => {
    const send = (): Promise<number> =>
      ask(() => api.app.get(UnitOfWork).run(() => api.app.get(SendDigests, { strict: false }).send(today)));
    expect(await send()).toBe(1);
    expect(await send()).toBe(0);
    await api.sql(`INSERT INTO digest_choice (person_id, wanted) VALUES ($1, true)`, [caseworker]);
    expect(await send()).toBe(1);
    await api.sql(`INSERT INTO digest_choice (person_id, wanted) VALUES ($1, false)`, [manager]);
    expect(await send()).toBe(0);
    await api.settled();
    const letters = await api.sql(
      `SELECT to_address, status, body, mail_message_id FROM outgoing_message WHERE kind = 'digest'`,
    );
    expect(letters.map(({ to_address: to }) => to).sort()).toEqual([
      'caseworker@staff.example',
      'manager@staff.example',
    ]);
    expect(letters.every(({ status }) => status === 'sent')).toBe(true);
    const all = letters.map(({ body }) => String(body)).join('\n');
    expect(all).toMatch(/Overdue: [1-9]/);
    expect(all).not.toMatch(/Pat Example|Orchard|mail\.example/);
    expect(letters.every(({ mail_message_id: id }) => String(id).startsWith(`digest.${today}.1.`))).toBe(true);
  });

  it('keeps one timer for the next morning, which a second start does not move', async () => {
    const timers = (): Promise<unknown[]> =>
      api.sql(`SELECT due_at FROM scheduled_action WHERE kind = $1 AND fired_at IS NULL`, [DIGEST_TIMER]);
    const timer = api.app.get(DigestTimer);
    await ask(() => timer.arm());
    const [first] = await timers();
    expect((first as { due_at: Date }).due_at.getTime()).toBeGreaterThan(Date.now());
    await ask(() => timer.arm());
    expect(await timers()).toEqual([first]);
  });

  it('says who read which case, by reader, case and day, page by page', async () => {
    const [row] = await api.sql<{ reference: string }>(
      `SELECT reference FROM case_file WHERE office = $1 LIMIT 1`,
      OFFICES,
    );
    const reference = row?.reference ?? '';
    for (let times = 0; times < 3; times++) await clerk.get(`/api/v1/cases/${reference}`);
    const queries = api.app.get(QueryBus);
    const list = (
      asked: object,
    ): Promise<{ items: readonly { actor: string; reference: string | null }[]; before: number | null }> =>
      ask(() => queries.execute(new ListReadings({ offices: OFFICES, limit: 2, ...asked })));
    const first = await list({ reference, day: today });
    expect(first.items).toHaveLength(2);
    const second = await list({ reference, before: first.before ?? undefined });
    expect(second.items).toHaveLength(1);
    expect([...first.items, ...second.items].every((each) => each.reference === reference)).toBe(true);
    const reader = first.items[0]?.actor.split(':')[1] ?? '';
    expect((await list({ person: reader })).items.length).toBe(2);
    expect((await list({ person: randomUUID() })).items).toEqual([]);
    expect((await list({ reference, day: addDays(today, -1) })).items).toEqual([]);
  });
});
