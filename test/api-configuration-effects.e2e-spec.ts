import { RunningApi, type Body, type Client } from './setup/running-api';

/** What changes of configuration do to cases: nothing to old ones, and a trial before anything is stored. */
describe('A change of configuration', () => {
  let api: RunningApi;
  let clerk: Client;
  let manager: Client;
  let administrator: Client;

  beforeAll(async () => {
    api = await RunningApi.start();
    clerk = await api.client('caseworker', 'west-mercia');
    manager = await api.client('manager', 'west-mercia');
    administrator = await api.client('administrator', 'west-mercia');
  }, 60_000);

  afterAll(() => api.stop());

  async function log(subject: string, body: string, receivedAt?: string): Promise<string> {
    const sent = { channel: 'letter', subject, body, receivedAt, correspondent: { name: 'Asha Ferris' } };
    const answer = await clerk.post('/api/v1/correspondence', sent);
    expect(answer.status).toBe(201);
    await api.settled();
    return String(answer.body.reference);
  }

  const stored = async (reference: string): Promise<Body> => {
    const { body } = await clerk.get(`/api/v1/cases/${reference}`);
    const { body: deadlines } = await clerk.get(`/api/v1/cases/${reference}/deadlines`);
    return { category: body.category, triage: body.triage, respondBy: body.respondBy, deadlines: deadlines.items };
  };
  const rule = {
    order: 1,
    when: { anyWords: ['hedgehog'] },
    then: { category: 'compliment', priority: 'low' },
    reason: 'It is about hedgehogs.',
  };

  it('is tried on the newest cases, without subjects for those who may not read cases, and stores nothing', async () => {
    const reference = await log('Garden', 'There is a hedgehog in my garden.');
    await log('Street', 'Something that nobody could sort.');
    const trial = { office: 'west-mercia', changes: [{ key: 'hedgehogs', data: rule }], limit: 200 };
    const path = '/api/v1/configuration/triage-rules/dry-run';
    const { status, body } = await manager.post(path, trial);
    expect(status).toBe(200);
    expect(body).toMatchObject({ tried: 2, different: 1 });
    expect(body.categories).toEqual([
      { category: 'compliment', before: 0, after: 1 },
      { category: 'general-enquiry', before: 2, after: 1 },
    ]);
    expect(body.cases).toEqual([
      expect.objectContaining({
        reference,
        subject: 'Garden',
        after: expect.objectContaining({ category: 'compliment', reasons: ['It is about hedgehogs.'] }),
      }),
    ]);
    const blind = await administrator.post(path, trial);
    expect(blind.body).toMatchObject({ tried: 2, different: 1 });
    expect(blind.body.cases).toEqual([
      expect.objectContaining({ reference, subject: null, after: expect.objectContaining({ reasons: [] }) }),
    ]);
    expect(JSON.stringify(blind.body)).not.toContain('Garden');
    expect((await stored(reference)).category).toBe('general-enquiry');
    expect((await administrator.get('/api/v1/configuration/triage-rule/hedgehogs')).status).toBe(404);
    const looked = await api.sql(`SELECT DISTINCT actor FROM access_record WHERE action = 'triage-dry-run'`);
    expect(looked).toHaveLength(2);
    expect((await administrator.post(path, { ...trial, office: 'staffordshire' })).status).toBe(422);
    const wrong = { ...trial, changes: [{ key: 'x', data: { ...rule, when: { anyWords: ['( '] } } }] };
    expect(await manager.post(path, wrong)).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/changes/0/data/when/anyWords' }] },
    });
  });

  it('alters only what comes after it: reasons and deadlines of older cases stay as they were', async () => {
    const old = await log('Wildlife', 'A hedgehog lives here.', '2026-11-20T09:00:00Z');
    const before = await stored(old);
    expect(before.category).toBe('general-enquiry');
    const target = { office: 'west-mercia', expectedVersion: 0, reason: 'Hedgehogs come often' };
    const change = (kind: string, key: string, data: unknown): Promise<{ status: number }> =>
      administrator.post(`/api/v1/configuration/${kind}/${key}/change`, { ...target, data });
    expect((await change('triage-rule', 'hedgehogs', rule)).status).toBe(200);
    const standard = await administrator.get('/api/v1/configuration/standard/category-compliment?office=shared');
    const data = standard.body.data as { clocks: { clock: string; policy: Body }[] };
    const faster = data.clocks.map(({ clock, policy }) =>
      clock === 'reply' ? { clock, policy: { ...policy, rule: 'reply-3-working-days', count: 3 } } : { clock, policy },
    );
    expect((await change('standard', 'category-compliment', { ...data, clocks: faster })).status).toBe(200);
    const recent = await log('More wildlife', 'Another hedgehog.');
    expect(await stored(recent)).toMatchObject({ category: 'compliment' });
    const { body } = await clerk.get(`/api/v1/cases/${recent}/deadlines`);
    expect((body.items as Body[]).find(({ clock }) => clock === 'reply')).toMatchObject({
      rule: 'reply-3-working-days',
    });
    expect(await stored(old)).toEqual(before);
    // A letter that is logged late is sorted by the rules of the day on which it came.
    const late = await log('Late wildlife', 'A hedgehog again.', '2026-11-20T10:00:00Z');
    expect((await stored(late)).category).toBe('general-enquiry');
  });

  it('of risk phrases holds from its day, in place of the shared ones', async () => {
    const shared = await administrator.get('/api/v1/configuration/risk-phrase/terrorism?office=shared');
    const data = shared.body.data as { phrases: Body[] };
    const phrase = { phrase: 'purple hedgehog', level: 'high', reason: 'A test' };
    const answer = await administrator.post('/api/v1/configuration/risk-phrase/terrorism/change', {
      ...{ office: 'west-mercia', expectedVersion: 0, reason: 'Test' },
      data: { ...data, phrases: [...data.phrases, phrase] },
    });
    expect(answer.status).toBe(200);
    const { body } = await clerk.get(`/api/v1/cases/${await log('Seen', 'I saw a purple hedgehog.')}`);
    expect(body.risk).toMatchObject({ level: 'high' });
  });

  it('of bank holidays shows which deadlines it moves before it is in force', async () => {
    const [row] = await api.sql<{ holidays: { division: string; date: string; title: string }[] }>(
      `SELECT holidays FROM holiday_calendar ORDER BY version DESC LIMIT 1`,
    );
    const events = (division: string): object[] =>
      (row?.holidays ?? [])
        .filter((each) => each.division === division)
        .map(({ date, title }) => ({ title, date, notes: '', bunting: true }));
    const feed = Object.fromEntries(
      ['england-and-wales', 'scotland', 'northern-ireland'].map((division) => [
        division,
        {
          division,
          events: [...events(division), { title: 'One-off day', date: '2026-11-30', notes: '', bunting: true }],
        },
      ]),
    );
    const path = '/api/v1/holiday-calendar/imports';
    expect((await manager.post(path, { feed })).status).toBe(403);
    const scotland = events('scotland').some((each) => (each as { date: string }).date === '2026-11-30');
    expect(scotland).toBe(true);
    (feed as Record<string, { events: object[] }>).scotland?.events.splice(-1);
    const proposal = await administrator.post(path, { feed });
    expect(proposal.status).toBe(201);
    expect(proposal.body.added).toEqual([
      { division: 'england-and-wales', date: '2026-11-30', title: 'One-off day' },
      { division: 'northern-ireland', date: '2026-11-30', title: 'One-off day' },
    ]);
    const moving = proposal.body.moving as Body[];
    expect(moving.length).toBeGreaterThan(0);
    const confirm = `${path}/${String(proposal.body.id)}/confirm`;
    expect((await administrator.post(confirm, { reason: ' ' })).status).toBe(422);
    expect(await administrator.post(confirm, { reason: 'Proclaimed' })).toMatchObject({
      status: 200,
      body: { version: 2 },
    });
    await api.settled();
    const [first] = moving;
    const { body } = await clerk.get(`/api/v1/cases/${String(first?.reference)}/deadlines`);
    expect((body.items as Body[]).find(({ clock }) => clock === first?.clock)).toMatchObject({ dueOn: first?.to });
    expect((await administrator.post(path, { feed })).status).toBe(422);
    expect((await administrator.post(path, { url: 'https://127.0.0.1/' })).status).toBe(422);
  });
});
