import { randomUUID } from 'node:crypto';
import { MailStore } from '@app/intake';
import { Offices } from '@app/offices';
import { RunningApi, type Answer, type Body, type Client } from './setup/running-api';

const LETTER = {
  channel: 'letter',
  subject: 'Speeding past the school',
  body: 'Cars come down Orchard Lane at forty every morning. Could somebody look at it?',
  correspondent: { name: 'Asha Ferris', email: 'asha.ferris@post.example', postcode: 'ZZ99 3WZ' },
};

describe('Cases', () => {
  let api: RunningApi;
  let clerk: Client;
  let manager: Client;

  beforeAll(async () => {
    api = await RunningApi.start();
    clerk = await api.client('caseworker', 'west-mercia');
    manager = await api.client('manager', 'west-mercia');
  }, 60_000);

  afterAll(() => api.stop());

  /** A new case: its address, once it is sorted and acknowledged. */
  async function opened(changes: object = {}): Promise<string> {
    const { status, body } = await clerk.post('/api/v1/correspondence', { ...LETTER, ...changes });
    expect(status).toBe(201);
    await api.settled();
    return String((body.links as Body).self);
  }

  const act = (self: string, action: string, body?: object, headers: Record<string, string> = {}): Promise<Answer> =>
    clerk.post(`${self}/${action}`, body, headers);

  /** The case after an action that must succeed. */
  async function after(self: string, action: string, body?: object, client = clerk): Promise<Body> {
    const answer = await client.post(`${self}/${action}`, body);
    expect(answer).toMatchObject({ status: 200 });
    expect(answer.headers.get('etag')).toBe(`"${String(answer.body.version)}"`);
    return answer.body;
  }

  async function items(path: string): Promise<Body[]> {
    const { status, body } = await clerk.get(path);
    expect(status).toBe(200);
    return body.items as Body[];
  }

  it('go their whole way from a letter to an answer and an end', async () => {
    const self = await opened();
    expect(await after(self, 'take')).toMatchObject({ status: 'in-progress', assignee: expect.any(String) });
    const drafted = await after(self, 'draft', { template: 'reply-blank', body: 'Dear Ms Ferris,\n\nWe have asked.' });
    expect(drafted).toMatchObject({
      status: 'drafted',
      draft: {
        state: 'draft',
        channel: 'email',
        to: 'asha.ferris@post.example',
        body: expect.stringContaining('asked'),
      },
    });
    expect(await after(self, 'submit')).toMatchObject({ draft: { state: 'submitted' } });
    expect(await act(self, 'send')).toMatchObject({ status: 409 });
    const back = await after(self, 'send-back', { reason: 'Say by when.' }, manager);
    expect(back).toMatchObject({ draft: { state: 'draft' } });
    await after(self, 'draft', { subject: 'Your letter', body: 'Dear Ms Ferris,\n\nBy Friday.' });
    await after(self, 'submit');
    expect(await after(self, 'approve', undefined, manager)).toMatchObject({ status: 'approved' });
    const byPost = await act(self, 'send', { channel: 'letter' });
    expect(byPost).toMatchObject({ status: 422, body: { errors: [{ pointer: '/channel' }] } });
    const sent = await after(self, 'send');
    expect(sent).toMatchObject({ status: 'sent', draft: null, answeredAt: expect.any(String) });
    await api.settled();
    const thread = await items(`${self}/messages`);
    expect(thread.map(({ direction, delivery }) => [direction, delivery])).toEqual([
      ['inbound', null],
      ['outbound', 'sent'],
      ['outbound', 'sent'],
    ]);
    expect(thread[2]).toMatchObject({ subject: 'Your letter', text: expect.stringContaining('By Friday.') });
    expect(await after(self, 'close', { reason: 'answered' })).toMatchObject({
      status: 'closed',
      closeReason: 'answered',
      nextDeadline: null,
    });
    expect(await act(self, 'take')).toMatchObject({
      status: 409,
      body: { type: '/problems/casework.action-not-allowed' },
    });
    const history = await items(`${self}/events`);
    expect(history.map(({ version }) => version)).toEqual(history.map((_, index) => index + 1));
    expect(history[0]).toMatchObject({ type: 'casework.case-opened', actor: { kind: 'person' } });
    expect(history.find(({ type }) => type === 'casework.case-triaged')).toMatchObject({ actor: { kind: 'system' } });
    expect(history.find(({ type }) => type === 'casework.reply-sent-back')).toMatchObject({ reason: 'Say by when.' });
    expect(JSON.stringify(history.map(({ data }) => data))).not.toContain('Say by when');
    const paged: unknown[] = [];
    for (let cursor: string | null = '', turns = 0; cursor !== null && turns < 20; turns++) {
      const { body }: Answer = await clerk.get(`${self}/events?limit=4&cursor=${cursor}`);
      paged.push(...(body.items as unknown[]));
      cursor = body.nextCursor as string | null;
    }
    expect(paged).toEqual(history);
  });

  it('stop, move and restart their clocks, and say in words how each was counted', async () => {
    const self = await opened();
    const { body: fresh } = await clerk.get(self);
    const before = await items(`${self}/deadlines`);
    const reply = before.find(({ clock }) => clock === 'reply');
    expect(reply).toMatchObject({
      rule: expect.any(String),
      calendarVersion: 1,
      dueOn: fresh.respondBy,
      unit: 'working-days',
    });
    expect((reply?.steps as string[]).join(' ')).toMatch(/^Received on .* \(day 0\)\./);
    expect(await after(self, 'pause', { reason: 'Waiting for the ward.' })).toMatchObject({ status: 'paused' });
    expect((await items(`${self}/deadlines`)).find(({ clock }) => clock === 'reply')).toMatchObject({ dueOn: null });
    expect(await after(self, 'resume')).toMatchObject({ status: 'triaged' });
    const extended = await after(self, 'extend', {
      clock: 'reply',
      dueOn: '2031-05-06',
      reason: 'The force asks for time.',
    });
    expect(extended).toMatchObject({ respondBy: '2031-05-06' });
    const earlier = await act(self, 'extend', { clock: 'reply', dueOn: '2026-04-07', reason: 'x' });
    expect(earlier).toMatchObject({ status: 422, body: { errors: [{ pointer: '/dueOn' }] } });
    await after(self, 'close', { reason: 'She wrote that the matter is settled.' });
    const reopened = await after(self, 'reopen', { reason: 'new-information' });
    expect(reopened).toMatchObject({ status: 'reopened', closedAt: null });
    const ends = (await items(`${self}/events`)).filter(({ type }) => /closed|reopened/.test(String(type)));
    expect(ends).toMatchObject([
      { data: { reason: 'other' }, reason: 'She wrote that the matter is settled.' },
      { data: { because: 'new-information' }, reason: null },
    ]);
  });

  it('are passed on in one act, and the sender is told', async () => {
    const self = await opened();
    const unnamed = await act(self, 'forward', { destination: 'the-moon', reason: 'x' });
    expect(unnamed).toMatchObject({ status: 422, body: { errors: [{ pointer: '/destination' }] } });
    const forwarded = await after(self, 'forward', {
      destination: 'force-neighbourhoods',
      reason: 'For the force to decide.',
      lawfulBasis: 'Public task: UK GDPR Article 6(1)(e)',
    });
    expect(forwarded).toMatchObject({ status: 'forwarded', forwardedTo: 'force-neighbourhoods' });
    await api.settled();
    const { body } = await clerk.get('/api/v1/outgoing-messages?limit=2');
    const [notice, item] = (body.items as Body[]).sort((one, other) =>
      one.kind === 'notice' ? -1 : Number(other.kind === 'x'),
    );
    expect(notice).toMatchObject({ kind: 'notice', to: 'asha.ferris@post.example', status: 'sent', body: null });
    expect(item).toMatchObject({ kind: 'forward', status: 'sent', caseReference: forwarded.reference });
    const { body: whole } = await clerk.get(`/api/v1/outgoing-messages/${String(item?.id)}`);
    expect(whole.body).toContain('Orchard Lane');
  });

  it('are held from every automatic answer while a person has not seen the risk', async () => {
    const self = await opened({ body: 'I cannot go on. I am going to kill myself tonight.' });
    const { body } = await clerk.get(self);
    expect(body).toMatchObject({
      queue: 'safeguarding',
      priority: 'urgent',
      acknowledgedAt: null,
      risk: { level: expect.stringMatching(/high|critical/), confirmedAt: null },
    });
    expect(await items(`${self}/messages`)).toHaveLength(1);
    const alerts = await items('/api/v1/risk-alerts');
    expect(alerts.map(({ reference }) => reference)).toContain(body.reference);
    expect(await after(self, 'confirm-risk')).toMatchObject({ risk: { confirmedAt: expect.any(String) } });
    expect((await items('/api/v1/risk-alerts')).map(({ reference }) => reference)).not.toContain(body.reference);
    expect(await act(self, 'confirm-risk')).toMatchObject({ status: 409 });
  });

  it('are changed only from the version that the caller saw', async () => {
    const self = await opened();
    const { headers, body } = await clerk.get(self);
    const tag = headers.get('etag') ?? '';
    expect(tag).toBe(`"${String(body.version)}"`);
    const unchanged = await clerk.get(self, { 'if-none-match': `"0", W/${tag}` });
    expect([unchanged.status, unchanged.bytes.length]).toEqual([304, 0]);
    expect(await act(self, 'note', { text: 'First' }, { 'if-match': tag })).toMatchObject({ status: 200 });
    const stale = await act(self, 'note', { text: 'Second' }, { 'if-match': tag });
    expect(stale).toMatchObject({ status: 412, body: { title: 'Precondition Failed' } });
    expect(await act(self, 'note', { text: 'Third' }, { 'if-match': 'W/"1"' })).toMatchObject({ status: 412 });
    expect(await act(self, 'note', { text: 'Fourth' }, { 'if-match': '*' })).toMatchObject({ status: 200 });
    expect((await clerk.get(self, { 'if-none-match': tag })).status).toBe(200);
    expect(((await clerk.get(self)).body.notes as Body[]).map(({ text }) => text)).toEqual(['First', 'Fourth']);
  });

  it('take each action once for each Idempotency-Key', async () => {
    const self = await opened();
    const headers = { 'idempotency-key': randomUUID() };
    const notes = await Promise.all(Array.from({ length: 6 }, () => act(self, 'note', { text: 'Rang back' }, headers)));
    expect(notes.map(({ status, body }) => [status, body])).toEqual(notes.map(() => [200, notes[0]?.body]));
    expect(notes.map((each) => each.headers.get('etag'))).toEqual(notes.map(() => notes[0]?.headers.get('etag')));
    expect((await clerk.get(self)).body.notes).toHaveLength(1);
    expect(await act(self, 'note', { text: 'Rang again' }, headers)).toMatchObject({ status: 422 });
    expect(await act(self, 'take', undefined, headers)).toMatchObject({ status: 200 });
    // A refusal keeps nothing: put right, it goes through under the same key.
    const close = { 'idempotency-key': randomUUID() };
    expect(await act(self, 'close', {}, close)).toMatchObject({ status: 422 });
    expect(await act(self, 'close', { reason: 'withdrawn' }, close)).toMatchObject({ status: 200 });
    expect(await act(self, 'close', { reason: 'withdrawn' }, close)).toMatchObject({ status: 200 });
  });

  it('are sorted, given, moved, linked, quarantined and released by people', async () => {
    const [self, other] = [await opened(), await opened()];
    const sorted = await after(self, 'triage', { category: 'foi-request', reason: 'She asks for figures.' });
    expect(sorted).toMatchObject({ category: 'foi-request', kind: 'foi', queue: 'information-rights' });
    expect(await after(self, 'allocate', { assignee: 'caseworker-7' })).toMatchObject({ assignee: 'caseworker-7' });
    expect(await act(self, 'take')).toMatchObject({ status: 409 });
    expect(await after(self, 'transfer', { queue: 'casework' })).toMatchObject({ queue: 'casework', assignee: null });
    const reference = other.split('/').at(-1) ?? '';
    expect(await after(self, 'link', { reference: reference.toLowerCase() })).toMatchObject({ linked: [reference] });
    expect((await clerk.get(other)).body.linked).toEqual([sorted.reference]);
    expect(await act(other, 'link', { reference: String(sorted.reference) })).toMatchObject({ status: 409 });
    const quarantined = await after(self, 'mark-spam');
    expect(quarantined).toMatchObject({ status: 'quarantined', nextDeadline: null });
    expect(await after(self, 'release')).toMatchObject({ status: 'received', respondBy: expect.any(String) });
    expect(await after(self, 'draft', { body: 'Dear Ms Ferris' })).toMatchObject({ draft: { state: 'draft' } });
    expect(await after(self, 'send', { channel: 'phone', text: 'Told her the date.' })).toMatchObject({
      status: 'sent',
      draft: null,
    });
    expect((await items(`${self}/messages`)).at(-1)).toMatchObject({ channel: 'phone', text: 'Told her the date.' });
    expect(await after(other, 'hold-update', { text: 'We still wait for the force.' })).toMatchObject({
      status: 'triaged',
    });
    await api.settled();
    expect((await items(`${other}/messages`)).at(-1)).toMatchObject({ direction: 'outbound', delivery: 'sent' });
  });

  it.each<[string, object | undefined, string]>([
    ['triage', {}, '/category'],
    ['triage', { category: 'no-such-thing' }, '/category'],
    ['triage', { category: 'foi-request', priority: 'soon' }, '/priority'],
    ['triage', { category: 'foi-request', queue: 'nowhere' }, '/queue'],
    ['allocate', { assignee: 'Asha Ferris <asha@post.example>' }, '/assignee'],
    ['transfer', { queue: 'nowhere' }, '/queue'],
    ['forward', { destination: 'force-neighbourhoods' }, '/reason'],
    ['forward', { reason: 'x', consent: 'yes' }, '/consent'],
    ['pause', undefined, '/reason'],
    ['extend', { clock: 'alarm', dueOn: '2031-01-01', reason: 'x' }, '/clock'],
    ['extend', { clock: 'reply', dueOn: '2031-02-30', reason: 'x' }, '/dueOn'],
    ['draft', { template: 'none-such' }, '/template'],
    ['draft', {}, '/body'],
    ['draft', { body: 'x', channel: 'pigeon' }, '/channel'],
    ['draft', { body: 'x', subject: 'y'.repeat(201) }, '/subject'],
    ['send', { channel: 'phone' }, '/text'],
    ['close', { reason: '' }, '/reason'],
    ['close', { reason: 'x'.repeat(2001) }, '/reason'],
    ['link', { reference: 'WM-2026-000001-1' }, '/reference'],
    ['note', { text: 5 }, '/text'],
    ['note', { text: 'x', colour: 'red' }, '/colour'],
    ['confirm-sender', { messageId: 'x' }, '/messageId'],
    ['confirm-sender', { messageId: randomUUID() }, '/messageId'],
  ])('refuse to %s and name what is wrong (case %#)', async (action, body, pointer) => {
    const [present] = await items('/api/v1/cases?sort=-received&limit=1&status=triaged');
    const self = String((present?.links as Body).self);
    const refused = await act(self, action, body);
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ pointer, message: expect.any(String) }] } });
    expect((await clerk.get(self)).body.version).toBe(present?.version);
  });

  it('know no action that the office cannot take yet, and no case that is not there', async () => {
    const self = await opened();
    for (const action of ['merge', 'unmerge', 'split', 'explode', 'constructor']) {
      const refused = await act(self, action, {});
      expect([action, refused.status, refused.headers.get('content-type')]).toEqual([
        action,
        404,
        expect.stringContaining('problem+json'),
      ]);
    }
    for (const reference of ['WM-2026-000001-1', 'nonsense', '%00', '..%2f..', 'x'.repeat(300)]) {
      for (const path of [``, '/events', '/messages', '/deadlines', `/attachments/${randomUUID()}`]) {
        const { status } = await clerk.get(`/api/v1/cases/${reference}${path}`);
        expect([reference, path, status]).toEqual([reference, path, reference === '%00' ? 422 : 404]);
      }
      expect((await act(`/api/v1/cases/${reference}`, 'take', undefined, { 'idempotency-key': 'k' })).status).toBe(404);
    }
  });

  describe('in lists', () => {
    it('are each there once in every order, page by page', async () => {
      const whole = await items('/api/v1/cases?limit=200');
      expect(whole.length).toBeGreaterThan(5);
      for (const sort of ['next-deadline', 'received', '-received', 'priority']) {
        const seen: Body[] = [];
        for (let cursor: string | null = '', turns = 0; cursor !== null && turns < 40; turns++) {
          const page: Answer = await clerk.get(`/api/v1/cases?limit=3&sort=${sort}&cursor=${cursor}`);
          expect(page.status).toBe(200);
          seen.push(...(page.body.items as Body[]));
          cursor = page.body.nextCursor as string | null;
        }
        expect(seen.map(({ id }) => id).sort()).toEqual(whole.map(({ id }) => id).sort());
        if (sort === '-received') {
          const instants = seen.map(({ receivedAt }) => String(receivedAt));
          expect(instants).toEqual([...instants].sort().reverse());
        }
      }
    });

    it('are narrowed by everything that the contract names', async () => {
      const self = await opened({ subject: 'About the zebra crossing', receivedAt: '2026-03-03T09:00:00Z' });
      const { reference, category, queue } = (await clerk.get(self)).body;
      await after(self, 'take');
      const found = async (query: string): Promise<unknown[]> =>
        (await items(`/api/v1/cases?${query}`)).map((each) => each.reference);
      for (const query of [
        'q=zebra',
        `q=${String(reference).toLowerCase().replaceAll('-', '+')}`,
        'q=%22zebra+crossing%22+-giraffe',
        'q=asha.ferris%40post.example&limit=200',
        'assignee=me',
        'receivedFrom=2026-03-03&receivedTo=2026-03-03',
        'status=in-progress,closed&limit=200',
        'status=in-progress&status=closed&limit=200',
        `queue=${String(queue)}&category=${String(category)}&kind=correspondence&risk=none&office=west-mercia&limit=200`,
        'dueBefore=2031-01-01&limit=200',
      ]) {
        expect([query, await found(query)]).toEqual([query, expect.arrayContaining([reference])]);
      }
      for (const query of [
        'q=giraffe',
        'assignee=none&limit=200',
        'receivedTo=2026-03-02',
        'dueBefore=2026-01-01',
        'risk=high',
        'queue=legal',
      ]) {
        expect([query, (await found(query)).includes(reference)]).toEqual([query, false]);
      }
      await after(self, 'close', { reason: 'answered' });
      expect(await found('q=zebra')).toEqual([reference]);
      expect(await found('q=zebra&status=triaged')).toEqual([]);
      expect(await found('limit=200')).not.toContain(reference);
    });

    it.each([
      ['limit=0', '/limit'],
      ['limit=201', '/limit'],
      ['limit=x', '/limit'],
      ['cursor=x', '/cursor'],
      [`cursor=${Buffer.from('["2026-01-01","x"]').toString('base64url')}`, '/cursor'],
      [`sort=priority&cursor=${Buffer.from('["1","x"]').toString('base64url')}`, '/cursor'],
      ['sort=colour', '/sort'],
      ['status=lost', '/status'],
      ['risk=some', '/risk'],
      ['dueBefore=tomorrow', '/dueBefore'],
      ['receivedFrom=0000-01-01', '/receivedFrom'],
      ['receivedTo=2026-02-30', '/receivedTo'],
      ['queue=a&queue=b', '/queue'],
      [`q=${'long+'.repeat(101)}`, '/q'],
      ['office=staffordshire', '/office'],
      ['colour=red', '/colour'],
    ])('are refused by name (case %#)', async (query, pointer) => {
      const refused = await clerk.get(`/api/v1/cases?${query}`);
      expect(refused).toMatchObject({ status: 422, body: { errors: [{ pointer }] } });
    });

    it('take any number that a cursor can hold', async () => {
      const far = (values: unknown[]): string => Buffer.from(JSON.stringify(values)).toString('base64url');
      const self = await opened();
      for (const path of [
        `/api/v1/cases?sort=priority&cursor=${far([Number.MAX_SAFE_INTEGER, randomUUID()])}`,
        `/api/v1/cases?cursor=${far([null, randomUUID()])}`,
        `/api/v1/cases?sort=received&cursor=${far(['9999-12-31T23:59:59Z', randomUUID()])}`,
        `${self}/events?cursor=${far([Number.MAX_SAFE_INTEGER])}`,
        `${self}/events?cursor=${far([-5])}`,
        `${self}/messages?cursor=${far(['1900-01-01T00:00:00Z', randomUUID()])}`,
      ]) {
        expect([path, (await clerk.get(path)).status]).toEqual([path, 200]);
      }
    });
  });

  it('keep a mail as it was received, and ask about a sender whom nobody knows', async () => {
    const self = await opened();
    const { reference } = (await clerk.get(self)).body;
    const raw = Buffer.from(
      [
        'From: "A. Stranger" <stranger@elsewhere.example>',
        'To: opcc@west-mercia.example',
        `Subject: Re: ${String(reference)}`,
        `Message-ID: <${randomUUID()}@elsewhere.example>`,
        'Date: Tue, 07 Apr 2026 09:30:00 +0000',
        '',
        'I live there too.',
        '',
      ].join('\r\n'),
    );
    const office = await api.app.get(Offices).get('west-mercia');
    const mail = { mailbox: 'opcc@west-mercia.example', envelopeFrom: 'stranger@elsewhere.example', raw };
    await api.app.get(MailStore).accept(office, { ...mail, envelopeTo: ['opcc@west-mercia.example'] });
    await api.settled();
    const letter = (await items(`${self}/messages`)).find(({ from }) => from === 'stranger@elsewhere.example');
    expect(letter).toMatchObject({ direction: 'inbound', senderOnCase: false, text: expect.stringContaining('too') });
    const original = await clerk.get(`${self}/messages/${String(letter?.id)}/original`);
    expect(original.headers.get('content-type')).toBe('message/rfc822');
    expect(original.bytes.equals(raw)).toBe(true);
    await after(self, 'confirm-sender', { messageId: letter?.id });
    const confirmed = (await items(`${self}/messages`)).find(({ id }) => id === letter?.id);
    expect(confirmed).toMatchObject({ senderOnCase: true });
    const ours = (await items(`${self}/messages`)).find(({ direction }) => direction === 'outbound');
    expect((await clerk.get(`${self}/messages/${String(ours?.id)}/original`)).status).toBe(404);
  });
});
