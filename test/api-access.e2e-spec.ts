import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROLES, type Role } from '@app/access';
import { addDays, londonDate } from '@app/kernel';
import { RunningApi, type Answer, type Body, type Client } from './setup/running-api';

const LETTER = {
  channel: 'letter',
  subject: 'Speeding past the school',
  body: 'Cars come down Orchard Lane at forty every morning. Could somebody look at it?',
  correspondent: { name: 'Asha Ferris', email: 'asha.ferris@post.example', postcode: 'ZZ99 3WZ' },
};
const TODAY = londonDate(new Date());
const PERIOD = `from=${addDays(TODAY, -7)}&to=${addDays(TODAY, 1)}`;

describe('Offices, roles and figures', () => {
  let api: RunningApi;
  const clients = {} as Record<Role, Client>;
  let clerk: Client;

  beforeAll(async () => {
    api = await RunningApi.start();
    for (const role of ROLES) clients[role] = await api.client(role, 'warwickshire');
    clerk = clients.caseworker;
  }, 60_000);

  afterAll(() => api.stop());

  async function opened(changes: object = {}, client = clerk): Promise<Body> {
    const { status, body } = await client.post('/api/v1/correspondence', { ...LETTER, ...changes });
    expect(status).toBe(201);
    return body;
  }

  const selfOf = (logged: Body): string => String((logged.links as Body).self);

  it('shows nothing of a case to another office, not even that it is there', async () => {
    const logged = await opened({ attachments: [{ filename: 'a', contentType: 'text/plain', contentBase64: 'YQ==' }] });
    await api.settled();
    const self = selfOf(logged);
    const [letter] = (await clerk.get(`${self}/messages`)).body.items as Body[];
    const [file] = letter?.attachments as Body[];
    const [message] = (await clerk.get('/api/v1/outgoing-messages')).body.items as Body[];
    const stranger = await api.client('manager', 'west-mercia', 'staffordshire');
    const missing = await stranger.get('/api/v1/cases/WK-2026-000001-1');
    const asked: Answer[] = [];
    for (const path of [
      self,
      `${self}/events`,
      `${self}/messages`,
      `${self}/deadlines`,
      String(file?.href),
      `${self}/messages/${String(letter?.id)}/original`,
      `/api/v1/outgoing-messages/${String(message?.id)}`,
    ]) {
      expect([path, (await clerk.get(path)).status]).toEqual([path, 200]);
      asked.push(await stranger.get(path));
    }
    for (const action of ['take', 'submit', 'approve', 'release', 'confirm-risk', 'mark-spam']) {
      asked.push(await stranger.post(`${self}/${action}`));
    }
    asked.push(await stranger.post(`${self}/note`, { text: 'x' }, { 'idempotency-key': randomUUID() }));
    asked.push(await stranger.post(`/api/v1/outgoing-messages/${String(message?.id)}/cancel`));
    expect(asked.map(({ status }) => status)).toEqual(asked.map(() => 404));
    expect(asked[0]?.body).toEqual(missing.body);
    const lists = ['cases?q=orchard', 'cases?limit=200', 'outgoing-messages', 'risk-alerts', 'queues'];
    for (const list of lists) {
      const { status, bytes } = await stranger.get(`/api/v1/${list}`);
      expect([list, status, bytes.toString().includes(String(logged.reference))]).toEqual([list, 200, false]);
    }
    const taken = await stranger.post('/api/v1/queues/casework/take-next');
    expect(taken.status).toBe(404);
    const linked = await stranger.post(`${selfOf(await opened({ office: 'staffordshire' }, stranger))}/link`, {
      reference: logged.reference,
    });
    expect(linked).toMatchObject({ status: 422, body: { errors: [{ pointer: '/reference' }] } });
  });

  it('records who read what', async () => {
    const logged = await opened();
    const before = (await clerk.get(selfOf(logged))).headers.get('etag');
    await clients.auditor.get(selfOf(logged));
    await clients.auditor.get(`${selfOf(logged)}/messages`);
    const records = await api.sql(
      `SELECT action, office FROM access_record WHERE case_id = $1 AND action LIKE 'case-%' ORDER BY id DESC LIMIT 2`,
      [logged.id],
    );
    expect(records).toEqual([
      { action: 'case-messages-read', office: 'warwickshire' },
      { action: 'case-read', office: 'warwickshire' },
    ]);
    await api.settled();
    expect((await clerk.get(selfOf(logged))).headers.get('etag')).not.toBe(before);
    const [stream] = await api.sql(`SELECT max(version) AS version FROM event_log WHERE stream = $1`, [
      `case-${String(logged.id)}`,
    ]);
    expect((await clerk.get(selfOf(logged))).headers.get('etag')).toBe(`"${String(stream?.version)}"`);
  });

  const READERS: readonly Role[] = ['caseworker', 'review-manager', 'manager', 'commissioner', 'auditor', 'service'];
  const WORKERS: readonly Role[] = ['caseworker', 'review-manager', 'manager'];

  it.each<[string, string, readonly Role[]]>([
    ['GET', '/cases', READERS],
    ['GET', '{case}', READERS],
    ['GET', '{case}/events', READERS],
    ['GET', '{case}/messages', READERS],
    ['GET', '{case}/deadlines', READERS],
    ['GET', '/queues', READERS],
    ['GET', '/risk-alerts', READERS],
    ['GET', `/metrics/timeliness?${PERIOD}`, READERS],
    ['GET', `/metrics/workload?${PERIOD}`, READERS],
    ['GET', `/metrics/timeliness/cases?${PERIOD}&figure=received`, READERS],
    ['GET', `/metrics/reviews?${PERIOD}`, READERS],
    ['GET', `/metrics/reviews/cases?${PERIOD}&figure=received`, READERS],
    ['GET', '/metrics/reviews/forecast', READERS],
    ['GET', `/assurance/reconciliation?${PERIOD}`, READERS.filter((role) => role !== 'service')],
    ['GET', '/outgoing-messages', READERS.filter((role) => role !== 'service')],
    ['POST', '/correspondence', [...WORKERS, 'service']],
    ['POST', '{case}/note', WORKERS],
    ['POST', '{case}/close', WORKERS],
    ['POST', '{case}/forward', WORKERS],
    ['POST', '{case}/send', WORKERS],
    ['POST', '{case}/approve', [...WORKERS, 'commissioner']],
    ['POST', '/queues/legal/take-next', WORKERS],
    ['POST', '/outgoing-messages/018f0000-0000-7000-8000-000000000000/resend', WORKERS],
  ])('lets in at %s %s only those who may', async (method, path, allowed) => {
    const logged = await opened();
    const address = path.startsWith('{case}') ? path.replace('{case}', selfOf(logged)) : `/api/v1${path}`;
    const letIn: Role[] = [];
    for (const role of ROLES) {
      const { status, body } = method === 'GET' ? await clients[role].get(address) : await clients[role].post(address);
      if (status !== 403) letIn.push(role);
      else expect(body).toMatchObject({ title: 'Forbidden', status: 403 });
      if (status !== 403 && method === 'GET') expect([role, status]).toEqual([role, 200]);
    }
    expect(letIn.sort()).toEqual([...allowed].sort());
    expect((await api.send(method, address)).status).toBe(401);
    expect((await api.send(method, address, undefined, { authorization: 'Bearer pb_none' })).status).toBe(401);
  });

  it('gives twenty callers at once ten cases, and none to two of them', async () => {
    await api.sql(`UPDATE case_file SET assignee = 'nobody-7' WHERE assignee IS NULL`);
    const logged = await Promise.all(Array.from({ length: 10 }, () => opened()));
    await api.settled();
    const queue = String((await clerk.get(selfOf(logged[0] ?? {}))).body.queue);
    const callers = await Promise.all(Array.from({ length: 20 }, () => api.client('caseworker', 'warwickshire')));
    const answers = await Promise.all(callers.map((caller) => caller.post(`/api/v1/queues/${queue}/take-next`)));
    const taken = answers.filter(({ status }) => status === 200);
    const empty = answers.filter(({ status }) => status === 404);
    expect([taken.length, empty.length]).toEqual([10, 10]);
    expect(taken.map(({ body }) => body.reference).sort()).toEqual(logged.map(({ reference }) => reference).sort());
    expect(new Set(taken.map(({ body }) => body.assignee)).size).toBe(10);
    expect(taken.every(({ body, headers }) => headers.get('etag') === `"${String(body.version)}"`)).toBe(true);
    expect(empty[0]?.body).toMatchObject({ title: 'Not Found', type: '/problems/casework.queue-empty' });
    expect((await clerk.post('/api/v1/queues/no-such-queue/take-next')).status).toBe(404);
  });

  it('gives the most urgent first, and the same again for the same key', async () => {
    const [first, second, third] = [await opened(), await opened(), await opened()].map(selfOf);
    await api.settled();
    const sort = (self: string | undefined, priority: string): Promise<Answer> =>
      clerk.post(`${String(self)}/triage`, { category: 'media-enquiry', queue: 'communications', priority });
    await sort(first, 'normal');
    await sort(second, 'urgent');
    await sort(third, 'high');
    const next = (headers?: Record<string, string>): Promise<Answer> =>
      clerk.post('/api/v1/queues/communications/take-next', undefined, headers);
    const headers = { 'idempotency-key': randomUUID() };
    const counted = async (): Promise<Body | undefined> =>
      ((await clerk.get('/api/v1/queues')).body.items as Body[]).find((each) => each.queue === 'communications');
    expect(await counted()).toMatchObject({ open: 3, unassigned: 3, overdue: 0, office: 'warwickshire' });
    const order = [await next(headers), await next(headers), await next(), await next(), await next()];
    expect(order.map(({ status, body }) => (status === 200 ? selfOf(body) : status))).toEqual([
      second,
      second,
      third,
      first,
      404,
    ]);
    expect(await counted()).toMatchObject({ open: 3, unassigned: 0 });
    const { body } = await clerk.get(String((await counted())?.cases));
    expect(body.items).toHaveLength(3);
  });

  it('counts, and lists exactly the cases that it counted', async () => {
    const own = await api.client('manager', 'west-midlands');
    const logged = await Promise.all([
      opened({}, own),
      opened({ channel: 'phone' }, own),
      opened({ channel: 'phone', subject: 'Again' }, own),
    ]);
    await api.settled();
    await own.post(`${selfOf(logged[1] ?? {})}/send`, { channel: 'phone', text: 'Told her.' });
    await own.post(`${selfOf(logged[1] ?? {})}/close`, { reason: 'answered' });
    const report = async (name: string, by = ''): Promise<Record<string, Body>> => {
      const { status, body } = await own.get(`/api/v1/metrics/${name}?${PERIOD}${by}`);
      expect(status).toBe(200);
      return Object.fromEntries((body.figures as Body[]).map((figure) => [String(figure.key), figure]));
    };
    let figures = await report('timeliness', '&by=channel');
    for (let turns = 0; turns < 200 && figures.open?.numerator !== 2; turns++) {
      await sleep(25);
      figures = await report('timeliness', '&by=channel');
    }
    expect(figures.received).toMatchObject({ value: 3, numerator: 3, denominator: 3, definition: expect.any(String) });
    expect(figures.open).toMatchObject({ numerator: 2 });
    const phone = (figures.received?.groups as Body[]).find(({ group }) => group === 'phone');
    const list = async (link: unknown): Promise<unknown[]> =>
      ((await own.get(String(link))).body.items as Body[]).map(({ reference }) => reference).sort();
    expect(await list(figures.received?.cases)).toEqual(logged.map(({ reference }) => reference).sort());
    expect(await list(phone?.cases)).toEqual([logged[1]?.reference, logged[2]?.reference].sort());
    expect(await list(figures.open?.cases)).toEqual([logged[0]?.reference, logged[2]?.reference].sort());
    expect(await report('workload')).toMatchObject({ closed: { numerator: 1 }, unassigned: { numerator: 2 } });
    const [page] = ['', '&limit=2']
      .map((limit) => `/api/v1/metrics/workload/cases?${PERIOD}&figure=received${limit}`)
      .reverse();
    const first = (await own.get(String(page))).body;
    const rest = (await own.get(`${String(page)}&cursor=${String(first.nextCursor)}`)).body;
    expect([(first.items as Body[]).length, (rest.items as Body[]).length, rest.nextCursor]).toEqual([2, 1, null]);
  });

  it.each([
    ['metrics/timeliness?to=2026-04-30', '/from'],
    ['metrics/timeliness?from=2026-04-01&to=2026-03-01', '/to'],
    ['metrics/timeliness?from=2026-04-01&to=2026-02-30', '/to'],
    [`metrics/timeliness?${PERIOD}&by=colour`, '/by'],
    [`metrics/timeliness?${PERIOD}&asOf=now`, '/asOf'],
    [`metrics/workload?${PERIOD}&office=west-mercia`, '/office'],
    [`metrics/workload/cases?${PERIOD}&figure=luck`, '/figure'],
    [`metrics/workload/cases?${PERIOD}&figure=open&cursor=x`, '/cursor'],
    [`metrics/workload/cases?${PERIOD}&figure=open&by=week`, '/by'],
    ['metrics/reviews?to=2026-04-30', '/from'],
    ['metrics/reviews?from=2026-04-01&to=2026-03-01', '/to'],
    [`metrics/reviews?${PERIOD}&by=colour`, '/by'],
    [`metrics/reviews/cases?${PERIOD}&figure=luck`, '/figure'],
    [`metrics/reviews/cases?${PERIOD}&figure=open&cursor=x`, '/cursor'],
    ['metrics/reviews/forecast?asOf=now', '/asOf'],
    ['assurance/reconciliation?to=2026-04-30', '/from'],
    ['assurance/reconciliation?from=2026-04-02&to=2026-04-01', '/to'],
    [`assurance/reconciliation?${PERIOD}&office=west-mercia`, '/office'],
    ['outgoing-messages?status=lost', '/status'],
    ['outgoing-messages?cursor=!', '/cursor'],
    ['risk-alerts?cursor=x', '/cursor'],
  ])('names what is wrong (case %#)', async (path, pointer) => {
    const refused = await clients.manager.get(`/api/v1/${path}`);
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ pointer, message: expect.any(String) }] } });
  });

  it('certifies that nothing is lost', async () => {
    const own = await api.client('manager', 'staffordshire');
    const { body: before } = await own.get(`/api/v1/assurance/reconciliation?${PERIOD}`);
    await Promise.all([opened({}, own), opened({}, own)]);
    const { status, body } = await own.get(`/api/v1/assurance/reconciliation?${PERIOD}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      received: Number(before.received) + 2,
      redelivered: 0,
      pending: 0,
      byOutcome: { 'case-opened': Number(before.received) + 2 },
      unaccounted: [],
      ownerless: [],
      clockless: [],
      gaps: [],
      duplicates: [],
      ok: true,
    });
  });

  it('lets people settle messages that are in doubt', async () => {
    await Promise.all([opened(), opened(), opened()]);
    await api.settled();
    const { body } = await clerk.get('/api/v1/outgoing-messages?limit=3&status=sent');
    const [failed, uncertain, queued] = (body.items as Body[]).map(({ id }) => String(id));
    await api.sql(
      `UPDATE outgoing_message SET sent_at = NULL, status = CASE id WHEN $1 THEN 'failed' WHEN $2 THEN 'uncertain' ELSE 'queued' END
        WHERE id IN ($1, $2, $3)`,
      [failed, uncertain, queued],
    );
    const settle = (id: string | undefined, action: string, given?: object): Promise<Answer> =>
      clerk.post(`/api/v1/outgoing-messages/${String(id)}/${action}`, given);
    expect(await settle(uncertain, 'mark-sent')).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/reason' }] },
    });
    expect(await settle(uncertain, 'mark-sent', { reason: 'The server’s log has it.' })).toMatchObject({
      status: 200,
      body: { id: uncertain, status: 'sent' },
    });
    expect(await settle(queued, 'cancel')).toMatchObject({ status: 200, body: { status: 'cancelled' } });
    expect(await settle(queued, 'resend')).toMatchObject({ status: 409 });
    expect(await settle(failed, 'resend')).toMatchObject({ status: 200, body: { status: 'queued' } });
    expect(await settle('x', 'resend')).toMatchObject({ status: 404 });
    await api.settled();
    expect((await clerk.get(`/api/v1/outgoing-messages/${String(failed)}`)).body).toMatchObject({ status: 'sent' });
  });

  it('describes every route of the contract, each with its permission and an answer', async () => {
    const { body } = await api.send('GET', '/api/openapi.json');
    const paths = body.paths as Record<string, Record<string, Body>>;
    const actions =
      'triage allocate take transfer forward pause resume extend draft submit approve send-back send hold-update close reopen link note mark-spam release confirm-risk confirm-sender restrict unrestrict';
    const contract = [
      'post /correspondence',
      ...['', '/{reference}', '/{reference}/events', '/{reference}/messages', '/{reference}/deadlines'].map(
        (path) => `get /cases${path}`,
      ),
      'get /cases/{reference}/attachments/{id}',
      'get /cases/{reference}/messages/{id}/original',
      ...actions.split(' ').map((action) => `post /cases/{reference}/${action}`),
      'get /queues',
      'post /queues/{queue}/take-next',
      'get /metrics/timeliness',
      'get /metrics/timeliness/cases',
      'get /metrics/workload',
      'get /metrics/workload/cases',
      'get /metrics/reviews',
      'get /metrics/reviews/cases',
      'get /metrics/reviews/forecast',
      'get /assurance/reconciliation',
      'get /outgoing-messages',
      'get /outgoing-messages/{id}',
      ...['resend', 'mark-sent', 'cancel'].map((action) => `post /outgoing-messages/{id}/${action}`),
      'get /risk-alerts',
    ];
    for (const route of contract) {
      const [method = '', path = ''] = route.split(' ');
      const operation = paths[`/api/v1${path}`]?.[method];
      expect([route, operation?.summary, operation?.description]).toEqual([
        route,
        expect.stringMatching(/^[A-Z].{10}/),
        expect.stringContaining('Asks for `'),
      ]);
      const succeeds = Object.entries((operation?.responses ?? {}) as Record<string, Body>).find(
        ([code]) => code < '300',
      );
      expect([route, succeeds?.[1].content]).toEqual([route, expect.any(Object)]);
    }
  });
});
