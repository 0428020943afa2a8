import { londonDate } from '@app/kernel';
import { RunningApi, type Body, type Client } from './setup/running-api';

const OFFICE = 'warwickshire';
const SCRUTINY = '/api/v1/scrutiny';

describe('Oversight of the force', () => {
  let api: RunningApi;
  let manager: Client;
  let other: Client;
  let caseworker: Client;
  let auditor: Client;
  let today: string;

  beforeAll(async () => {
    api = await RunningApi.start();
    manager = await api.client('manager', OFFICE);
    other = await api.client('manager', OFFICE);
    caseworker = await api.client('caseworker', OFFICE);
    auditor = await api.client('auditor', OFFICE);
    const [row] = await api.sql<{ now: Date }>('SELECT business_now() AS now');
    today = londonDate(row?.now ?? new Date());
  }, 60_000);
  afterAll(() => api?.stop());

  /** The reference of a new case of a category. */
  async function aCase(subject: string, category: string): Promise<string> {
    const correspondent = { name: 'Professional Standards', email: 'psd@force.example' };
    const letter = { channel: 'letter', subject, body: 'Please see our letter.', correspondent, office: OFFICE };
    const { body } = await manager.post('/api/v1/correspondence', letter);
    const reference = String(body.reference);
    await api.settled();
    const triage = { category, reason: 'It says so.' };
    expect((await manager.post(`/api/v1/cases/${reference}/triage`, triage)).status).toBe(200);
    return reference;
  }

  const pointers = ({ errors }: Body): string[] => (errors as { pointer: string }[]).map(({ pointer }) => pointer);

  it('takes a notice from the case it came with, once for the same key', async () => {
    const caseReference = await aCase('Notice of an investigation', 'twelve-month-notice');
    const notice = {
      ...{ office: OFFICE, forceReference: 'co/41/24', startedOn: '2025-01-15', receivedOn: today, caseReference },
      ...{ expectedEnd: null, reasons: 'The file is with the prosecutors.' },
    };
    const key = { 'idempotency-key': 'notice-1' };
    const first = await manager.post(`${SCRUTINY}/notices`, notice, key);
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({ forceReference: 'CO/41/24', notices: 1, received: [{ caseReference }] });
    const again = await manager.post(`${SCRUTINY}/notices`, notice, key);
    expect(again.body).toEqual(first.body);
    // Without the key it is a second notice of the same case, which cannot be.
    expect((await manager.post(`${SCRUTINY}/notices`, notice)).status).toBe(409);
    const wrong = await manager.post(`${SCRUTINY}/notices`, { ...notice, forceReference: 'Mr Smith', startedOn: null });
    expect([wrong.status, pointers(wrong.body)]).toEqual([422, ['/forceReference', '/startedOn']]);
    const nowhere = await manager.post(`${SCRUTINY}/notices`, { ...notice, caseReference: 'WK-2020-000001-1' });
    expect([nowhere.status, pointers(nowhere.body)]).toEqual([422, ['/caseReference']]);
    const elsewhere = await manager.post(`${SCRUTINY}/notices`, { ...notice, office: 'staffordshire' });
    expect([elsewhere.status, pointers(elsewhere.body)]).toEqual([422, ['/office']]);
    const list = await caseworker.get(`${SCRUTINY}/investigations`);
    expect((list.body.items as Body[]).map(({ forceReference }) => forceReference)).toEqual(['CO/41/24']);
  });

  it('lets those read who may, and only those write who may', async () => {
    for (const client of [caseworker, auditor]) {
      expect((await client.get(`${SCRUTINY}/investigations`)).status).toBe(200);
      const entering = { office: OFFICE, forceReference: 'CO/1/26', startedOn: '2026-01-01' };
      expect((await client.post(`${SCRUTINY}/investigations`, entering)).status).toBe(403);
    }
    const elsewhere = await api.client('manager', 'staffordshire');
    expect((await elsewhere.get(`${SCRUTINY}/investigations`)).body.items).toEqual([]);
    const notMine = await elsewhere.get(`${SCRUTINY}/investigations?office=${OFFICE}`);
    expect([notMine.status, pointers(notMine.body)]).toEqual([422, ['/office']]);
  });

  it('has a sample of the office’s own closed cases scored by an auditor', async () => {
    for (const subject of ['One', 'Two', 'Three']) {
      const reference = await aCase(subject, 'compliment');
      expect((await manager.post(`/api/v1/cases/${reference}/close`, { reason: 'answered' })).status).toBe(200);
    }
    const plan = { office: OFFICE, title: 'Own cases', source: 'own-cases', caseKind: 'correspondence' };
    const period = { from: today, to: today, size: 2, sheet: 'own-review-file' };
    const planned = await manager.post(`${SCRUTINY}/dip-samples`, { ...plan, ...period });
    expect([planned.status, planned.body.populationSize]).toEqual([201, 3]);
    const path = `${SCRUTINY}/dip-samples/${String(planned.body.id)}`;
    const drawn = await manager.post(`${path}/draw`);
    expect(drawn.body).toMatchObject({ algorithm: 'rivest-sha256-1', seedFrom: 'service', inSample: 2 });
    expect((await manager.post(`${path}/draw`, { seed: '123456' })).status).toBe(409);
    const sheet = drawn.body.sheet as { questions: { key: string }[] };
    const [file] = drawn.body.files as { place: number; caseReference: string }[];
    expect(file?.caseReference).toMatch(/^WK-/);
    const answers = Object.fromEntries(sheet.questions.map(({ key }) => [key, 'good']));
    const score = `${path}/files/${String(file?.place)}/score`;
    expect((await caseworker.post(score, { answers })).status).toBe(403);
    const incomplete = await auditor.post(score, { answers: {} });
    expect([incomplete.status, pointers(incomplete.body)[0]]).toEqual([
      422,
      `/answers/${sheet.questions[0]?.key ?? ''}`,
    ]);
    expect((await auditor.post(score, { answers, comments: 'Clear and kind.' })).body).toMatchObject({ scored: 1 });
    expect((await auditor.post(`${path}/report`, { findings: 'Good' })).status).toBe(403);
  });

  it('keeps a complaint about the chief constable as hidden as its case, and counts it all the same', async () => {
    const reference = await aCase('About the chief constable', 'chief-constable-complaint');
    const path = `${SCRUTINY}/chief-constable-complaints/${reference}`;
    expect((await manager.get(path)).status).toBe(404);
    const opened = await manager.post(path, {});
    expect([opened.status, opened.body.stage]).toEqual([201, 'to-assess']);
    expect((await manager.post(path, {})).status).toBe(409);
    const step = { on: today, reasons: 'It is about what he said himself.' };
    expect((await manager.post(`${path}/assess`, { ...step, conduct: 'personal' })).body.stage).toBe('to-record');
    expect((await manager.post(`${path}/recording`, { ...step, decision: 'recorded' })).body.stage).toBe('to-test');
    const half = { ...step, criteria: { 'serious-assault': 'unknown' }, decision: 'not-referred' };
    expect(pointers((await manager.post(`${path}/referral`, half)).body)).toContain('/decision');
    const told = await manager.post(`${path}/update`, { ...step, reasons: 'We wrote to you about the next steps.' });
    expect((told.body.steps as Body[]).at(-1)).toMatchObject({ what: 'update-given' });

    const events = (client: Client): Promise<string> =>
      client.get('/api/v1/events?limit=200').then(({ bytes }) => bytes.toString());
    const named = async (client: Client): Promise<number> =>
      ((await client.get(`${SCRUTINY}/chief-constable-complaints`)).body.items as Body[]).length;
    expect([await named(manager), await named(other)]).toEqual([1, 1]);
    const closing = { people: [], reason: 'It names a senior officer.' };
    expect((await manager.post(`/api/v1/cases/${reference}/restrict`, closing)).status).toBe(200);
    expect([await named(manager), await named(other)]).toEqual([1, 0]);
    expect((await manager.get(path)).status).toBe(200);
    expect((await other.get(path)).status).toBe(404);
    expect((await other.post(`${path}/update`, step)).status).toBe(404);
    await api.settled();
    expect(await events(manager)).toContain('chief-constable-complaint-opened');
    expect(await events(other)).not.toContain('chief-constable-complaint-opened');
    const figures = `${SCRUTINY}/figures?from=2020-01-01&to=${today}`;
    for (const client of [manager, other]) {
      const all = (await client.get(figures)).body.figures as Body[];
      expect(all.find(({ key }) => key === 'chief-constable-complaints')?.value).toBe(1);
    }
  });

  it('refuses to open a record for a case of another kind', async () => {
    const reference = await aCase('Thank you', 'compliment');
    expect((await manager.post(`${SCRUTINY}/chief-constable-complaints/${reference}`, {})).status).toBe(409);
  });
});
