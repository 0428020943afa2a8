import { RunningApi, type Answer, type Body, type Client } from './setup/running-api';

const OFFICES = ['west-mercia', 'west-midlands', 'warwickshire', 'staffordshire'];

describe('Configuration through the API', () => {
  let api: RunningApi;
  let clerk: Client;
  let manager: Client;
  let administrator: Client;
  let administratorOfAll: Client;
  let today: string;
  let tomorrow: string;
  let yesterday: string;

  beforeAll(async () => {
    api = await RunningApi.start();
    clerk = await api.client('caseworker', 'west-mercia');
    manager = await api.client('manager', 'west-mercia');
    administrator = await api.client('administrator', 'west-mercia');
    administratorOfAll = await api.client('administrator', ...OFFICES);
    const [days] = await api.sql<Record<string, string>>(
      `SELECT d::date::text AS today, (d::date + 1)::text AS tomorrow, (d::date - 1)::text AS yesterday
         FROM (SELECT now() AT TIME ZONE 'Europe/London' AS d) x`,
    );
    today = days?.today ?? '';
    tomorrow = days?.tomorrow ?? '';
    yesterday = days?.yesterday ?? '';
  }, 60_000);

  afterAll(() => api.stop());

  const path = (kind: string, key: string, action = ''): string =>
    `/api/v1/configuration/${kind}/${key}${action === '' ? '' : `/${action}`}`;
  const show = (client: Client, kind: string, key: string, office = 'west-mercia'): Promise<Answer> =>
    client.get(`${path(kind, key)}?office=${office}`);
  const dataOf = async (kind: string, key: string, office = 'west-mercia'): Promise<Body> =>
    (await show(administrator, kind, key, office)).body.data as Body;
  const errorsOf = ({ body }: Answer): Record<string, string> =>
    Object.fromEntries(
      (body.errors as { pointer: string; message: string }[]).map((each) => [each.pointer, each.message]),
    );

  it('lists the kinds, with what each is for and how much there is', async () => {
    const { status, body } = await clerk.get('/api/v1/configuration');
    expect(status).toBe(200);
    const category = (body.items as Body[]).find(({ kind }) => kind === 'category');
    expect(category).toMatchObject({ title: 'Categories', inForce: 40 });
    expect((await clerk.get('/api/v1/configuration/nonsense')).status).toBe(404);
  });

  it('changes an entry from a day on, and keeps who, when, why and what', async () => {
    const data = await dataOf('destination', 'force-contact');
    const changed = { ...data, note: 'Reports of crime that are not urgent. The sender may also ring 101.' };
    const body = { office: 'west-mercia', expectedVersion: 1, reason: 'Shorter', data: changed, validFrom: tomorrow };
    const answer = await administrator.post(path('destination', 'force-contact', 'change'), body);
    expect(answer).toMatchObject({
      status: 200,
      body: { version: 2, status: 'in-force', validTo: today, changesOn: tomorrow },
    });
    expect(answer.body.data).toEqual(data);
    const [latest] = answer.body.history as Body[];
    expect(latest).toMatchObject({
      version: 2,
      action: 'change',
      reason: 'Shorter',
      validFrom: tomorrow,
      validTo: null,
    });
    const [difference] = latest?.differences as { path: string; words: { kind: string; text: string }[] }[];
    expect(difference?.path).toBe('/note');
    expect(difference?.words.filter(({ kind }) => kind === 'added').map(({ text }) => text.trim())).toContain('may');
    const rows = await api.sql(`SELECT data FROM event_log WHERE type = 'offices.configuration-changed'`);
    expect(rows).toHaveLength(2);
    expect(rows[0]?.data).toMatchObject({ key: 'force-contact', validTo: today, action: 'change', revision: 2 });
    expect(JSON.stringify(rows)).not.toContain('Shorter');
  });

  it('says so when somebody else was faster, and stores nothing', async () => {
    const data = await dataOf('queue', 'casework');
    const body = { office: 'west-mercia', expectedVersion: 1, reason: 'Test', data: { ...data, name: 'Letters' } };
    expect((await administrator.post(path('queue', 'casework', 'change'), body)).status).toBe(200);
    const second = await administrator.post(path('queue', 'casework', 'change'), {
      ...body,
      data: { ...data, name: 'Post' },
    });
    expect(second).toMatchObject({ status: 409, body: { type: '/problems/offices.configuration-changed-meanwhile' } });
    expect((await dataOf('queue', 'casework')).name).toBe('Letters');
  });

  it('of many who change at once from the same version, lets one', async () => {
    const data = await dataOf('queue', 'legal');
    const answers = await Promise.all(
      ['A', 'B', 'C', 'D', 'E'].map((name) =>
        administrator.post(path('queue', 'legal', 'change'), {
          ...{ office: 'west-mercia', expectedVersion: 1, reason: 'Race' },
          data: { ...data, name },
        }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409]);
  });

  it('never rewrites the past, asks for a reason, and names every wrong field', async () => {
    const base = { office: 'west-mercia', expectedVersion: 0 };
    const data = { name: '', description: 'x', isRestricted: false };
    const bad = { ...base, reason: ' ', data, validFrom: yesterday };
    expect(errorsOf(await administrator.post(path('queue', 'new-queue', 'change'), bad))).toEqual({
      '/reason': 'must say why, for those who look later',
      '/validFrom': expect.stringContaining('or later: what held before is never rewritten'),
      '/data/name': 'must not be empty',
    });
    const badKey = { ...base, reason: 'x', data: { ...data, name: 'N' } };
    expect(errorsOf(await administrator.post(path('queue', 'New%20Queue', 'change'), badKey))).toHaveProperty('/key');
  });

  it('is closed to those who may not write, and hides other offices', async () => {
    const body = { office: 'west-mercia', expectedVersion: 1, reason: 'x' };
    for (const client of [clerk, manager]) {
      expect((await client.post(path('queue', 'reviews', 'retire'), body)).status).toBe(403);
    }
    const elsewhere = { ...body, office: 'staffordshire' };
    expect((await administrator.post(path('queue', 'reviews', 'retire'), elsewhere)).status).toBe(404);
    expect((await show(administrator, 'queue', 'reviews', 'staffordshire')).status).toBe(404);
    const { body: list } = await administrator.get('/api/v1/configuration/queue');
    expect(new Set((list.items as Body[]).map(({ office }) => office))).toEqual(new Set(['west-mercia']));
  });

  it('lets an administrator of every office change what all share; another makes an own version', async () => {
    const data = await dataOf('category', 'compliment', 'shared');
    const changed = { ...data, nextStep: 'Thank you. We will pass your thanks on.' };
    const body = { office: null, expectedVersion: 1, reason: 'Kinder', data: changed };
    const refused = await administrator.post(path('category', 'compliment', 'change'), body);
    expect(refused).toMatchObject({
      status: 403,
      body: { detail: expect.stringContaining('Make a version of its own') },
    });
    expect((await administratorOfAll.post(path('category', 'compliment', 'change'), body)).status).toBe(200);
    const own = { ...body, office: 'west-mercia', expectedVersion: 0 };
    const answer = await administrator.post(path('category', 'compliment', 'change'), own);
    expect(answer).toMatchObject({ status: 200, body: { office: 'west-mercia', isOwn: true, version: 1 } });
    expect((await administrator.get(path('category', 'compliment'))).status).toBe(422);
  });

  it('goes back to an earlier version, as a new one', async () => {
    const data = await dataOf('template', 'reply-blank', 'shared');
    const target = { office: null, reason: 'Try' };
    const changed = { ...data, subject: 'About {{ reference }}' };
    const change = path('template', 'reply-blank', 'change');
    await administratorOfAll.post(change, { ...target, expectedVersion: 1, data: changed });
    const answer = await administratorOfAll.post(path('template', 'reply-blank', 'revert'), {
      ...target,
      expectedVersion: 2,
      version: 1,
    });
    expect(answer).toMatchObject({ status: 200, body: { version: 3, data: { subject: data.subject } } });
    expect((answer.body.history as Body[]).map(({ action }) => action)).toEqual(['revert', 'change', 'shipped']);
    const again = { ...target, expectedVersion: 3, version: 9 };
    expect(errorsOf(await administratorOfAll.post(path('template', 'reply-blank', 'revert'), again))).toHaveProperty(
      '/version',
    );
  });

  it('refuses templates with unknown fields or syntax that cannot be read, naming the line', async () => {
    const data = await dataOf('template', 'reply-blank', 'shared');
    const post = (body: string): Promise<Answer> =>
      administrator.post(path('template', 'own-reply', 'change'), {
        ...{ office: 'west-mercia', expectedVersion: 0, reason: 'x' },
        data: { ...data, body },
      });
    expect(errorsOf(await post('Dear you,\n\n{{ correspondantName }}'))).toEqual({
      '/data/body': 'line 3: there is no merge field “correspondantName”',
    });
    expect(errorsOf(await post('Dear you,\n{% if replyBy %}'))['/data/body']).toMatch(/^line 2: /);
    expect(errorsOf(await post('{{ reference | shout }}'))['/data/body']).toMatch(/^line 1: .*shout/);
    const preview = { office: 'west-mercia', subject: 'About {{ reference }}', body: 'Dear {{ correspondentName }}' };
    expect(await clerk.post('/api/v1/configuration/templates/preview', preview)).toMatchObject({
      status: 200,
      body: { subject: 'About WM-2026-000123-K', body: 'Dear Asha Ferris' },
    });
  });

  it('refuses to end what other configuration needs, and what would be pointed nowhere', async () => {
    const body = { office: 'west-mercia', expectedVersion: 2, reason: 'x', lastDay: '2099-12-31' };
    const refused = await administrator.post(path('destination', 'force-contact', 'end'), body);
    expect(refused).toMatchObject({ status: 409, body: { type: '/problems/offices.configuration-in-use' } });
    expect(refused.body.detail).toContain('“Report of a crime, not urgent” needs it on Friday 1 January 2100');
    const data = await dataOf('destination', 'force-contact');
    const added = {
      office: 'west-mercia',
      expectedVersion: 0,
      reason: 'x',
      data,
      validFrom: today,
      validTo: '2027-03-31',
    };
    expect((await administrator.post(path('destination', 'short-lived', 'change'), added)).status).toBe(200);
    const category = await dataOf('category', 'crime-report', 'shared');
    const pointing = {
      office: 'west-mercia',
      expectedVersion: 0,
      reason: 'x',
      data: { ...category, destination: 'short-lived' },
    };
    expect(errorsOf(await administrator.post(path('category', 'crime-report', 'change'), pointing))).toEqual({
      '/data/destination':
        'the destination short-lived of west-mercia ends on Wednesday 31 March 2027, before this does',
    });
  });

  it('refuses to retire a queue while open cases lie in it, and says how many', async () => {
    const data = { name: 'Special', description: 'For a while', isRestricted: false };
    const target = { office: 'west-mercia', reason: 'x' };
    await administrator.post(path('queue', 'special', 'change'), { ...target, expectedVersion: 0, data });
    await api.sql(`SELECT pg_notify('postbag', 'configuration')`);
    const { body } = await clerk.post('/api/v1/correspondence', {
      channel: 'letter',
      subject: 'Thank you',
      body: 'Something that nobody could sort.',
      correspondent: { name: 'Asha Ferris' },
    });
    await api.settled();
    const moved = await clerk.post(`/api/v1/cases/${String(body.reference)}/transfer`, { queue: 'special' });
    expect(moved.status).toBe(200);
    const refused = await administrator.post(path('queue', 'special', 'retire'), { ...target, expectedVersion: 1 });
    expect(refused).toMatchObject({ status: 409, body: { detail: 'One open case is in this queue: move it first.' } });
    expect((await clerk.post(`/api/v1/cases/${String(body.reference)}/transfer`, { queue: 'casework' })).status).toBe(
      200,
    );
    const retired = await administrator.post(path('queue', 'special', 'retire'), { ...target, expectedVersion: 1 });
    expect(retired).toMatchObject({ status: 200, body: { status: 'retired', version: 2 } });
  });

  it('adds an office, for an administrator of all, with a code and mailboxes of its own', async () => {
    const data = await dataOf('office', 'west-mercia');
    const added = { office: 'marches', expectedVersion: 0, reason: 'Merged', data };
    const change = path('office', 'marches', 'change');
    expect((await administrator.post(change, added)).status).toBe(403);
    expect(errorsOf(await administratorOfAll.post(change, added))).toEqual({
      '/data/code': `is the code of ${String(data.name)}`,
      '/data/mailboxes': `opcc@west-mercia.example is a mailbox of ${String(data.name)}`,
      '/data/areas': expect.stringContaining('there is no area'),
    });
    const own = { ...data, code: 'MA', mailboxes: ['opcc@marches.example'], areas: [], name: 'Office for the Marches' };
    const answer = await administratorOfAll.post(change, { ...added, data: own, validFrom: '2090-05-01' });
    expect(answer).toMatchObject({ status: 200, body: { office: 'marches', status: 'future' } });
  });
});
