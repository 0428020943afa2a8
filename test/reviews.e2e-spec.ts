import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { LogVerifier, runAs, systemCaller, UnitOfWork } from '@app/platform';
import { RunningApi, type Answer, type Body, type Client } from './setup/running-api';

const NONE = {
  authorityIsLocalPolicingBody: 'no',
  seniorOfficer: 'no',
  cannotExcludeSeriousMatter: 'no',
  referredOrMustBe: 'no',
  treatedAsReferred: 'no',
  sameIncident: 'no',
  anyPart: 'no',
};

describe('Complaint reviews', () => {
  let api: RunningApi;
  let reviewer: Client;
  let second: Client;
  let clerk: Client;
  let elsewhere: Client;
  let today: string;

  beforeAll(async () => {
    api = await RunningApi.start();
    reviewer = await api.client('review-manager', 'west-mercia');
    second = await api.client('manager', 'west-mercia');
    clerk = await api.client('caseworker', 'west-mercia');
    elsewhere = await api.client('caseworker', 'warwickshire');
    today = new Date().toISOString().slice(0, 10);
  }, 60_000);

  afterAll(() => api.stop());

  const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

  const particulars = (changes: object = {}): object => ({
    force: 'west-mercia',
    forceReference: 'CO/00321/26',
    complaintMadeOn: daysAgo(120),
    recordedUnderSchedule3: true,
    handling: 'otherwise-than-by-investigation',
    finalised: true,
    reviewRightsNotifiedOn: daysAgo(10),
    applicant: 'complainant',
    bodyTests: NONE,
    ...changes,
  });

  async function applied(changes: object = {}, key?: string): Promise<Body> {
    const answer = await reviewer.post(
      '/api/v1/reviews',
      {
        item: {
          channel: 'letter',
          subject: 'I ask for a review',
          body: 'The outcome of my complaint is wrong.',
          correspondent: { name: 'Asha Ferris', email: `${randomUUID()}@post.example` },
        },
        particulars: particulars(changes),
        grounds: 'They never spoke to my neighbour.',
      },
      key === undefined ? {} : { 'idempotency-key': key },
    );
    expect(answer).toMatchObject({ status: 201 });
    return answer.body;
  }

  const act = (review: Body, action: string, body?: object, client = reviewer): Promise<Answer> =>
    client.post(`/api/v1/reviews/${String(review.reference)}/${action}`, body);

  async function after(review: Body, action: string, body?: object, client = reviewer): Promise<Body> {
    const answer = await act(review, action, body, client);
    expect({ action, status: answer.status, body: answer.body }).toMatchObject({ status: 200 });
    return answer.body;
  }

  it('go from an application to an issued decision, checked by a second person', async () => {
    const review = await applied();
    expect(review).toMatchObject({
      stage: 'received',
      grounds: 'They never spoke to my neighbour.',
      eligibility: { validity: 'valid', inTime: true, rulesVersion: 'reviews-2025' },
      unknown: [],
      receivedOn: today,
    });
    await after(review, 'decide-validity', { validity: 'valid' });
    await after(review, 'assign-reviewer', {});
    await after(review, 'declare-independence', { independent: true });
    await after(review, 'notify-parties', { authority: true });
    const asked = await after(review, 'request-papers', { papers: ['complaint-record', 'outcome-letter'] });
    expect(asked).toMatchObject({
      stage: 'papers-requested',
      clocks: [{ name: 'papers', fromDay: today, metOn: null, rule: 'papers-10-working-days' }],
    });
    await after(review, 'chase-papers');
    expect(await after(review, 'record-papers', { papers: ['outcome-letter'], on: today })).toMatchObject({
      stage: 'papers-requested',
    });
    const complete = await after(review, 'record-papers', { papers: ['complaint-record'], on: today });
    expect(complete.stage).toBe('papers-received');
    const decide = (complete.clocks as Body[]).find(({ name }) => name === 'decide');
    expect(decide).toMatchObject({ fromDay: today, rule: 'decide-28-working-days', metOn: null });
    expect((decide?.steps as string[])[0]).toContain('Papers received on');

    const withAllegation = await after(review, 'add-allegation', {
      category: 'individual-behaviours',
      text: 'The officer was rude.',
    });
    const [allegation] = withAllegation.allegations as Body[];
    await after(review, 'record-finding', {
      allegation: allegation?.id,
      finding: 'not-reasonable-and-proportionate',
      reasons: 'The witness was not asked.',
      evidence: [{ paper: 'handler-report', page: '4' }],
    });
    const early = await act(review, 'submit-for-quality-check', { outcome: 'upheld' });
    expect(early).toMatchObject({ status: 409, body: { detail: expect.stringContaining('R1.60') } });
    const note = { complaint: 'a', handling: 'b', lawAndGuidance: 'c', conclusion: 'd' };
    expect(await after(review, 'note-test', note)).toMatchObject({ test: note });
    const wrong = await act(review, 'submit-for-quality-check', { outcome: 'not-upheld' });
    expect(wrong).toMatchObject({ status: 422, body: { errors: [{ pointer: '/outcome' }] } });
    await after(review, 'submit-for-quality-check', { outcome: 'upheld', observations: ['Ask every witness.'] });

    expect(await act(review, 'pass-quality-check')).toMatchObject({ status: 409 });
    await after(review, 'pass-quality-check', undefined, second);
    expect(await after(review, 'decide')).toMatchObject({ stage: 'decided', outcome: 'upheld', decidedOn: today });
    const incomplete = await act(review, 'issue-decision', { letters: [{ party: 'applicant', channel: 'letter' }] });
    expect(incomplete).toMatchObject({ status: 422, body: { errors: [{ pointer: '/letters' }] } });
    const letters = ['applicant', 'authority'].map((party) => ({ party, channel: 'letter' }));
    await after(review, 'issue-decision', { letters });
    expect(await after(review, 'close')).toMatchObject({ stage: 'closed', observations: ['Ask every witness.'] });
    const { body } = await clerk.get(`/api/v1/cases/${String(review.reference)}`);
    expect(body).toMatchObject({ kind: 'review', status: 'closed' });
    const sent = await clerk.get(`/api/v1/outgoing-messages?limit=200`);
    const subjects = (sent.body.items as Body[])
      .map(({ subject }) => String(subject))
      .filter((subject) => subject.includes(String(review.reference)));
    expect(subjects.filter((subject) => subject.startsWith('Application for a review'))).toHaveLength(1);
    expect(subjects.filter((subject) => subject.startsWith('Papers for a review'))).toHaveLength(1);
    expect(subjects.filter((subject) => subject.startsWith('Reminder'))).toHaveLength(1);
  });

  it('R1.25: late, are dealt with only when the time was extended with reasons', async () => {
    const review = await applied({ reviewRightsNotifiedOn: daysAgo(40) });
    expect(review).toMatchObject({ eligibility: { validity: 'out-of-time', inTime: false } });
    expect(await act(review, 'decide-validity', { validity: 'valid' })).toMatchObject({ status: 409 });
    const extended = await after(review, 'extend-time', { reason: 'In hospital for three weeks.' });
    expect(extended).toMatchObject({ timeExtended: { reason: 'In hospital for three weeks.', on: today } });
    expect(await after(review, 'decide-validity', { validity: 'valid' })).toMatchObject({ stage: 'valid' });
  });

  it('R1.10: with something missing, may go on, with a reason', async () => {
    const review = await applied({ complaintMadeOn: null });
    expect(review).toMatchObject({ eligibility: { validity: 'insufficient-information' } });
    const bare = await act(review, 'decide-validity', { validity: 'valid' });
    expect(bare).toMatchObject({ status: 422, body: { errors: [{ pointer: '/reason' }] } });
    await after(review, 'decide-validity', { validity: 'valid', reason: 'The force told us the day.' });
  });

  it('R1.40: of another body are forwarded and the applicant is told in one act, both dates kept', async () => {
    const review = await applied({ bodyTests: { ...NONE, seniorOfficer: 'yes' } });
    expect(review).toMatchObject({ eligibility: { relevantBody: 'iopc', validity: 'wrong-body' } });
    const gone = await after(review, 'forward', { destination: 'iopc', reason: 'The IOPC must decide it.' });
    expect(gone).toMatchObject({ stage: 'forwarded', validity: 'wrong-body', forwarded: { to: 'iopc', on: today } });
    const { body } = await clerk.get('/api/v1/outgoing-messages?limit=200');
    const kinds = (body.items as Body[]).filter(({ caseReference }) => caseReference === review.reference);
    expect(kinds.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['forward', 'notice']));
  });

  it('become and cease to be reviews, counted from the first receipt', async () => {
    const logged = await clerk.post('/api/v1/correspondence', {
      channel: 'letter',
      receivedAt: `${daysAgo(5)}T10:00:00Z`,
      subject: 'Potholes',
      body: 'There are potholes in the lane.',
      correspondent: { name: 'Bryn Quill' },
    });
    const reference = String(logged.body.reference);
    await api.settled();
    const opened = await reviewer.post('/api/v1/reviews', { case: reference, reason: 'It asks for a review.' });
    expect(opened).toMatchObject({ status: 201, body: { reference, receivedOn: daysAgo(5), stage: 'received' } });
    await api.settled();
    const back = await act(opened.body, 'return-to-correspondence', {
      category: 'operational-issue',
      reason: 'It is about potholes after all.',
    });
    expect(back).toMatchObject({ status: 200, body: { stage: 'returned' } });
    await api.settled();
    expect((await clerk.get(`/api/v1/cases/${reference}`)).body).toMatchObject({ kind: 'correspondence' });
    await reviewer.post('/api/v1/reviews', { case: reference, reason: 'It was one.' });
    await api.settled();
    expect((await reviewer.get(`/api/v1/reviews/${reference}`)).body).toMatchObject({ stage: 'received' });
  });

  it('are made of letters that the rules sort as applications', async () => {
    const logged = await clerk.post('/api/v1/correspondence', {
      channel: 'email',
      subject: 'Application for a review of my complaint',
      body: 'I would like to apply for a review of the outcome of my complaint against the police.',
      correspondent: { name: 'Cerys Inkpen', email: 'cerys.inkpen@post.example' },
    });
    await api.settled();
    const review = await reviewer.get(`/api/v1/reviews/${String(logged.body.reference)}`);
    expect(review).toMatchObject({ status: 200, body: { stage: 'received' } });
    expect(review.body.unknown).toContain('handling');
  });

  it('are not reviewed by somebody who dealt with the complaint', async () => {
    const email = `${randomUUID()}@post.example`;
    const complaint = await clerk.post('/api/v1/correspondence', {
      channel: 'letter',
      subject: 'Complaint about an officer',
      body: 'I want to complain about an officer who was rude to me.',
      correspondent: { name: 'Dilys Pounce', email },
    });
    await api.settled();
    const own = String((complaint.body.links as Body).self);
    expect((await reviewer.get(own)).body).toMatchObject({ kind: 'complaint' });
    expect(await reviewer.post(`${own}/take`)).toMatchObject({ status: 200 });
    const answer = await reviewer.post('/api/v1/reviews', {
      item: { channel: 'letter', subject: 'Review', body: 'Please.', correspondent: { name: 'Dilys Pounce', email } },
      particulars: particulars(),
    });
    await after(answer.body, 'decide-validity', { validity: 'valid' });
    const blocked = await act(answer.body, 'assign-reviewer', {});
    expect(blocked).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('dealt with the complaint') },
    });
    await after(answer.body, 'assign-reviewer', {}, second);
    await after(answer.body, 'declare-independence', { independent: false, reason: 'My cousin.' }, second);
    expect((await reviewer.get(`/api/v1/reviews/${String(answer.body.reference)}`)).body).toMatchObject({
      reviewer: null,
    });
  });

  it('pause and go on, with gross and net time', async () => {
    const review = await applied();
    await after(review, 'decide-validity', { validity: 'valid' });
    await after(review, 'request-papers', { papers: ['complaint-record'] });
    await after(review, 'record-papers', { papers: ['complaint-record'], on: today });
    const paused = await after(review, 'pause', { because: 'criminal-proceedings', reason: 'Trial in May.' });
    expect((paused.clocks as Body[]).find(({ name }) => name === 'decide')).toMatchObject({ dueOn: null });
    expect(paused.pauses).toEqual([
      { from: today, to: null, because: 'criminal-proceedings', reason: 'Trial in May.' },
    ]);
    expect(await act(review, 'pause', { because: 'waiting-on-force' })).toMatchObject({ status: 409 });
    const resumed = await after(review, 'resume');
    expect((resumed.clocks as Body[]).find(({ name }) => name === 'decide')?.dueOn).not.toBeNull();
  });

  it('are stored once however often they are sent, and whole or not at all', async () => {
    const key = randomUUID();
    const body = {
      item: { channel: 'letter', subject: 'Once', body: 'Once.', correspondent: { name: 'Eira Vellum' } },
      particulars: particulars(),
    };
    const first = await reviewer.post('/api/v1/reviews', body, { 'idempotency-key': key });
    const again = await reviewer.post('/api/v1/reviews', body, { 'idempotency-key': key });
    expect(again).toMatchObject({ status: 201, body: first.body });
    const wrong = await act(first.body, 'record-papers', { papers: ['no-such-paper'], on: today });
    expect(wrong).toMatchObject({ status: 422, body: { errors: [{ pointer: '/papers/0' }] } });
    const contradiction = await act(first.body, 'record-particulars', {
      particulars: particulars({ receivedByWrongBodyOn: daysAgo(3), forwardedOn: daysAgo(6) }),
    });
    expect(contradiction.status).toBe(422);
    expect((await reviewer.get(`/api/v1/reviews/${String(first.body.reference)}`)).body).toEqual(first.body);
  });

  it('are listed by what is due first, over the offices of the caller and no other', async () => {
    const first = await reviewer.get('/api/v1/reviews?stage=open&limit=2');
    expect(first.body.items).toHaveLength(2);
    const rest = await reviewer.get(`/api/v1/reviews?stage=open&limit=200&cursor=${String(first.body.nextCursor)}`);
    const seen = [...(first.body.items as Body[]), ...(rest.body.items as Body[])];
    expect(seen).toHaveLength(Number(first.body.total));
    expect(new Set(seen.map(({ reference }) => reference)).size).toBe(seen.length);
    expect((await elsewhere.get('/api/v1/reviews')).body).toMatchObject({ items: [], total: 0 });
    expect(await elsewhere.get(`/api/v1/reviews/${String(seen[0]?.reference)}`)).toMatchObject({ status: 404 });
    expect(await act(seen[0] ?? {}, 'decide', undefined, clerk)).toMatchObject({ status: 403 });
  });

  it('keep state, clocks, chain and reconciliation right after every one of many random acts', async () => {
    const verifier = api.app.get(LogVerifier);
    const system = <T>(work: () => Promise<T>): Promise<T> => runAs(systemCaller('test'), work);
    const stored = (reference: string): Promise<Record<string, unknown>[]> =>
      system(() =>
        api.app.get(UnitOfWork).run((manager): Promise<Record<string, unknown>[]> =>
          manager.query(
            `SELECT r.version, r.stage, r.decide_by::text, r.papers_due_on::text, r.paused_since::text,
                    (SELECT count(*)::int FROM event_log e WHERE e.stream = 'review-' || r.case_id) AS events
               FROM review r WHERE r.reference = $1`,
            [reference],
          ),
        ),
      );
    const papers = ['complaint-record', 'outcome-letter'];
    const reason = 'Because.';
    const bodies: [string, object?][] = [
      ['decide-validity', { validity: 'valid' }],
      ['assign-reviewer', {}],
      ['declare-independence', { independent: true }],
      ['notify-parties', { authority: true }],
      ['request-papers', { papers }],
      ['record-papers', { papers, on: today }],
      ['record-papers', { papers: ['allegations'], on: today, complete: true }],
      ['pause', { because: 'criminal-proceedings' }],
      ['resume'],
      ['chase-papers'],
      ['add-allegation', { category: 'other', text: 'It took too long.' }],
      ['note-test', { complaint: 'a', handling: 'b', lawAndGuidance: 'c', conclusion: 'd' }],
      ['withdraw', { what: 'review' }],
      ['reconsider', { reason }],
      ['forward', { destination: 'iopc', reason }],
      ['decide'],
      ['close'],
    ];
    const runs = fc.sample(fc.array(fc.constantFrom(...bodies), { minLength: 22, maxLength: 22 }), {
      numRuns: 3,
      seed: 20261122,
    });
    for (const acts of runs) {
      const review = await applied();
      let last = review;
      for (const [action, body] of acts) {
        const allowed = (last.allowedActions as string[]).includes(action);
        const answer = await act(review, action, body);
        const now = (await reviewer.get(`/api/v1/reviews/${String(review.reference)}`)).body;
        expect({ action, stage: last.stage, answer: answer.body }).toEqual(
          expect.objectContaining(answer.status === 200 ? { answer: now } : { action }),
        );
        if (!allowed) expect({ action, stage: last.stage, status: answer.status }).toMatchObject({ status: 409 });
        if (answer.status !== 200) expect(now).toEqual(last);
        const due = (name: string): unknown =>
          (now.clocks as Body[]).find((clock) => clock.name === name && clock.metOn === null)?.dueOn ?? null;
        expect(await stored(String(review.reference))).toEqual([
          {
            version: now.version,
            events: now.version,
            stage: now.stage,
            decide_by: due('decide'),
            papers_due_on: due('papers'),
            paused_since: (now.pauses as Body[]).some(({ to }) => to === null) ? today : null,
          },
        ]);
        expect(await system(() => verifier.verify())).toMatchObject({ ok: true });
        last = now;
      }
    }
    await api.settled();
    const { body } = await reviewer.get(`/api/v1/assurance/reconciliation?from=${daysAgo(30)}&to=${today}`);
    expect(body).toMatchObject({ ok: true, unaccounted: [], ownerless: [], clockless: [] });
  }, 60_000);
});
