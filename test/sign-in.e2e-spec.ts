import { DEMONSTRATION_PEOPLE, type DemonstrationPerson } from '@app/access';
import { Secret, TOTP } from 'otpauth';
import { freePort, RunningPages } from './setup/running-pages';
import { Visitor, type Shown } from './setup/visitor';

const PEOPLE = '/staff/configuration/people';
const TOKENS = '/staff/configuration/tokens';
const PASSWORD = 'heron lantern gravel tuesday';

describe('Signing in and administering people', () => {
  let pages: RunningPages;
  let ada: Visitor;

  beforeAll(async () => {
    pages = await RunningPages.start(await freePort());
    ada = await signedIn('Ada Keyring');
  });
  afterAll(() => pages?.stop());

  function person(name: string): DemonstrationPerson {
    const found = DEMONSTRATION_PEOPLE.find((each) => each.name === name);
    if (!found) throw new Error(name);
    return found;
  }

  async function signedIn(name: string): Promise<Visitor> {
    const visitor = new Visitor(pages.url);
    await visitor.post('/sign-in/demonstration', { person: person(name).id });
    expect(visitor.cookie('postbag_session')).toBeDefined();
    return visitor;
  }

  const api = (visitor: Visitor, path = '/api/v1/cases'): Promise<Shown> =>
    visitor.get(path, { headers: { accept: 'application/json' } });
  const tomorrow = (days = 1): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

  describe('a session', () => {
    it('begins with a cookie that scripts and other sites do not get', async () => {
      const visitor = new Visitor(pages.url);
      const { status, headers, setCookies } = await visitor.post(
        '/sign-in/demonstration',
        { person: person('Casey Inkwell').id, next: '/staff/cases?status=open' },
        { follow: false },
      );
      expect([status, headers.get('location')]).toEqual([303, '/staff/cases?status=open']);
      expect(setCookies).toEqual([
        expect.stringMatching(/^postbag_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/),
      ]);
    });

    it('is asked for with the way back to the page, and never with a way elsewhere', async () => {
      const stranger = new Visitor(pages.url);
      const asked = await stranger.get('/staff/configuration/people?x=1', { follow: false });
      expect([asked.status, asked.headers.get('location')]).toEqual([
        303,
        '/sign-in?next=%2Fstaff%2Fconfiguration%2Fpeople%3Fx%3D1',
      ]);
      for (const next of ['https://evil.example/', '//evil.example', '/\\evil.example', '/%09/evil.example\n', 'x']) {
        const shown = await stranger.get(`/sign-in?next=${encodeURIComponent(next)}`);
        expect(shown.text).not.toContain('evil.example');
        const sent = await new Visitor(pages.url).post(
          '/sign-in/demonstration',
          { person: person('Casey Inkwell').id, next },
          { follow: false },
        );
        expect(sent.headers.get('location')).toBe('/staff');
      }
    });

    it('gives programs their 401 as before', async () => {
      const stranger = new Visitor(pages.url);
      expect(await api(stranger)).toMatchObject({ status: 401, text: expect.stringContaining('bearer token') });
      expect(await stranger.get('/api/v1/cases')).toMatchObject({ status: 401 });
    });

    it('works on the API beside bearer tokens', async () => {
      expect(await api(await signedIn('Casey Inkwell'))).toMatchObject({ status: 200 });
    });

    it('changes nothing without the text that our own pages know', async () => {
      const casey = await signedIn('Casey Inkwell');
      const page = await casey.get('/staff/account');
      const token = /name="_csrf" value="([\w-]{43})"/.exec(page.text)?.[1] ?? '';
      const other = await (await signedIn('Casey Inkwell')).get('/staff/account');
      const foreign = /name="_csrf" value="([\w-]{43})"/.exec(other.text)?.[1] ?? '';
      for (const _csrf of ['', 'x', foreign, `${token}x`, token.slice(0, -1)]) {
        expect(await casey.post('/staff/account/sign-out-everywhere', { _csrf })).toMatchObject({ status: 403 });
      }
      expect(await casey.post('/staff/account/sign-out-everywhere', { _csrf: [token, token] })).toMatchObject({
        status: 403,
      });
      expect(await casey.post('/sign-out', {})).toMatchObject({ status: 403 });
      expect(await api(casey)).toMatchObject({ status: 200 });
      const sent = await casey.post('/staff/account/sign-out-everywhere', {}, { headers: { 'x-csrf-token': token } });
      expect(sent.text).toContain('You are signed out everywhere.');
      expect(await api(casey)).toMatchObject({ status: 401 });
    });

    it('is asked for the same text by a form with files and by JSON', async () => {
      const casey = await signedIn('Casey Inkwell');
      const cookie = `postbag_session=${casey.cookie('postbag_session') ?? ''}`;
      const token = /name="_csrf" value="([\w-]{43})"/.exec((await casey.get('/staff/account')).text)?.[1] ?? '';
      const send = async (fields: Record<string, string>): Promise<number> => {
        const form = new FormData();
        for (const [name, value] of Object.entries(fields)) form.append(name, value);
        form.append('files', new Blob(['a picture']), 'picture.png');
        const options = { method: 'POST', body: form, headers: { cookie, accept: 'text/html' }, redirect: 'manual' };
        return (await fetch(`${pages.url}/staff/account/sign-out-everywhere`, options as RequestInit)).status;
      };
      expect(await send({ a: 'b' })).toBe(403);
      const json = await fetch(`${pages.url}/api/v1/correspondence`, {
        method: 'POST',
        headers: { cookie, 'content-type': 'application/json' },
        body: '{}',
      });
      expect(json.status).toBe(403);
      expect(await send({ _csrf: token })).toBe(303);
    });

    it('does not begin from another site’s page', async () => {
      const fields = { person: person('Casey Inkwell').id, email: 'a@b.example', password: PASSWORD };
      for (const headers of [
        { origin: 'https://evil.example' },
        { origin: 'null' },
        { 'sec-fetch-site': 'cross-site' },
      ] as Record<string, string>[]) {
        for (const path of ['/sign-in/demonstration', '/sign-in', '/sign-in/code']) {
          expect(await new Visitor(pages.url).post(path, fields, { headers })).toMatchObject({ status: 403 });
        }
      }
    });

    it('lets nobody in as somebody who was not invented', async () => {
      const id = '00000000-0000-4000-8000-000000000001';
      expect(await new Visitor(pages.url).post('/sign-in/demonstration', { person: id })).toMatchObject({
        status: 404,
      });
    });

    it('ends for one place and for the others', async () => {
      const [here, there] = [await signedIn('Robin Postgate'), await signedIn('Robin Postgate')];
      const page = await here.get('/staff/account');
      expect(page.text).toContain('Here, now');
      const other = /sessions\/([\w-]{36})\/end/.exec(page.text)?.[1] ?? '';
      const strangers = await signedIn('Morgan Letterby');
      const own = await strangers.get('/staff/account');
      expect(await strangers.submit(own, `/staff/account/sessions/${other}/end`, {})).toMatchObject({ status: 404 });
      await here.submit(page, `/staff/account/sessions/${other}/end`, {});
      expect(await api(there)).toMatchObject({ status: 401 });
      expect(await api(here)).toMatchObject({ status: 200 });
      const out = await here.submit(page, '/sign-out', {});
      expect(out.text).toContain('You are signed out.');
      expect(await api(here)).toMatchObject({ status: 401 });
    });
  });

  describe('people', () => {
    it('are nobody’s to see but an administrator’s', async () => {
      for (const name of ['Casey Inkwell', 'Maya Blotter', 'Audrey Tallyman', 'Commissioner Vellum', 'Wren Foolscap']) {
        const visitor = await signedIn(name);
        expect(await visitor.get(PEOPLE)).toMatchObject({ status: 403 });
        expect(await visitor.get(TOKENS)).toMatchObject({ status: 403 });
        expect(await api(visitor, '/api/v1/tokens')).toMatchObject({ status: 403 });
      }
    });

    it('are added with a role, and come in with a one-time password, a password of their own and a code', async () => {
      const blank = await ada.get(`${PEOPLE}/add`);
      const wrong = await ada.submit(blank, `${PEOPLE}/add`, { name: 'Newt Arrival', email: 'no address', from: '' });
      expect(wrong).toMatchObject({ status: 422, text: expect.stringContaining('<title>Error: Add somebody') });
      for (const text of ['must be an e-mail address', 'value="Newt Arrival"']) expect(wrong.text).toContain(text);
      const fields = { name: 'Newt Arrival', email: 'newt.arrival@staff.example', role: 'caseworker' };
      const offices = ['west-mercia', 'warwickshire'];
      const today = new Date().toISOString().slice(0, 10);
      const added = await ada.submit(blank, `${PEOPLE}/add`, { ...fields, offices, from: today });
      expect(added).toMatchObject({ status: 200, text: expect.stringContaining('The person was added') });
      const given = await ada.submit(added, `${added.url.split('?')[0] ?? ''}/sign-in`, { reset: 'one-time-password' });
      const oneTime = /people-secret">([^<]+)</.exec(given.text)?.[1] ?? '';
      const newt = new Visitor(pages.url);
      const refused = await newt.post('/sign-in', { email: fields.email, password: 'wrong' });
      expect(refused).toMatchObject({
        status: 422,
        text: expect.stringContaining('e-mail address or the password is wrong'),
      });
      expect(refused.text).toContain(`value="${fields.email}"`);
      const first = await newt.post('/sign-in', { email: fields.email, password: oneTime, next: '/staff/account' });
      expect(first.url).toBe(`${pages.url}/sign-in/new-password?next=%2Fstaff%2Faccount`);
      expect(await newt.get('/staff/account')).toMatchObject({ text: expect.stringContaining('Sign in to Postbag') });
      const short = await newt.post('/sign-in/new-password', { password: 'short', repeated: 'short' });
      expect(short).toMatchObject({ status: 422, text: expect.stringContaining('at least 12 characters') });
      const enrolling = await newt.post('/sign-in/new-password', {
        ...{ password: PASSWORD, repeated: PASSWORD, next: '/staff/account' },
      });
      const secret = /sign-in-key">([A-Z2-7 ]+)</.exec(enrolling.text)?.[1]?.replaceAll(' ', '') ?? '';
      const totp = new TOTP({ secret: Secret.fromBase32(secret) });
      const code = totp.generate({ timestamp: Date.now() - 30_000 });
      const done = await newt.post('/sign-in/second-step', { code, next: '/staff/account' });
      expect(done.text.match(/<li>\w{5}-\w{5}<\/li>/g)).toHaveLength(10);
      expect(await newt.get('/staff/account')).toMatchObject({ text: expect.stringContaining('Newt Arrival') });
      const again = new Visitor(pages.url);
      const asks = await again.post('/sign-in', { email: fields.email, password: PASSWORD });
      expect(asks.url).toBe(`${pages.url}/sign-in/code`);
      expect(await again.post('/sign-in/code', { code })).toMatchObject({
        status: 422,
        text: expect.stringContaining('is wrong or was used already'),
      });
      expect(await again.post('/sign-in/code', { code: totp.generate(), next: '/staff/account' })).toMatchObject({
        status: 200,
        url: `${pages.url}/staff/account`,
      });
    });

    it('answers a blocked account with the wait', async () => {
      const visitor = new Visitor(pages.url);
      let shown: Shown | undefined;
      for (let n = 0; n < 6; n++) {
        shown = await visitor.post('/sign-in', { email: 'blocked@staff.example', password: 'wrong' });
      }
      expect(shown).toMatchObject({ status: 429, text: expect.stringContaining('Wait 30 seconds') });
      expect(shown?.headers.get('retry-after')).toBe('30');
    });

    it('change their role from a day on, which the page shows with who did it', async () => {
      const path = `${PEOPLE}/${person('Sandeep Quillfeather').id}`;
      const page = await ada.get(path);
      const past = await ada.submit(page, `${path}/role`, {
        role: 'manager',
        offices: 'west-mercia',
        from: '2020-01-01',
      });
      expect(past).toMatchObject({ status: 422, text: expect.stringContaining('must be today or later') });
      const from = tomorrow(10);
      const changed = await ada.submit(page, `${path}/role`, { role: 'manager', offices: 'west-mercia', from });
      expect(changed.text).toContain('The role was given');
      expect(changed.text).toMatch(/Role given: Manager[\s\S]+Ada Keyring/);
      const sandeep = await signedIn('Sandeep Quillfeather');
      expect((await sandeep.get('/staff/account')).text).toContain('Caseworker, West Mercia');
    });

    it('are out at once when their access ends today, and stay in the list', async () => {
      const morgan = await signedIn('Morgan Letterby');
      const path = `${PEOPLE}/${person('Morgan Letterby').id}`;
      const ended = await ada.submit(await ada.get(path), `${path}/end`, {
        end: new Date().toISOString().slice(0, 10),
      });
      expect(ended.text).toContain('No role: cannot sign in');
      expect(await api(morgan)).toMatchObject({ status: 401 });
      expect((await ada.get(PEOPLE)).text).toMatch(/Without a role today[\s\S]+Morgan Letterby/);
    });

    it('never lose their last administrator', async () => {
      const path = `${PEOPLE}/${person('Ada Keyring').id}`;
      const end = new Date().toISOString().slice(0, 10);
      const page = await ada.get(path);
      for (const [action, fields] of [
        ['end', { end }],
        ['role', { role: 'manager', offices: ['west-mercia'], from: tomorrow() }],
        ['role', { role: 'administrator', offices: ['west-mercia'], from: tomorrow() }],
      ] as const) {
        const refused = await ada.submit(page, `${path}/${action}`, fields);
        expect(refused).toMatchObject({ status: 422, text: expect.stringContaining('This is the last administrator') });
      }
      expect(await ada.get(PEOPLE)).toMatchObject({ status: 200 });
    });

    it('of another office are not there, and answer 404', async () => {
      const blank = await ada.get(`${PEOPLE}/add`);
      const own = await ada.submit(blank, `${PEOPLE}/add`, {
        ...{ name: 'Own Keyring', email: 'own.keyring@staff.example', role: 'administrator', offices: 'warwickshire' },
        from: new Date().toISOString().slice(0, 10),
      });
      const given = await ada.submit(own, `${own.url.split('?')[0] ?? ''}/sign-in`, { reset: 'one-time-password' });
      const id = /people\/([\w-]{36})/.exec(own.url)?.[1] ?? '';
      expect(given.status).toBe(200);
      const visitor = await signedIn('Beatrice Envelope');
      // Nobody of the demonstration administers one office alone: this session is made over to somebody who does.
      await pages.sql(`UPDATE session SET person_id = $1 WHERE person_id = $2`, [id, person('Beatrice Envelope').id]);
      await new Promise((resolve) => setTimeout(resolve, 5100));
      const list = await visitor.get(PEOPLE);
      expect(list.text).toContain('Beatrice Envelope');
      expect(list.text).not.toContain('Casey Inkwell');
      const casey = `${PEOPLE}/${person('Casey Inkwell').id}`;
      expect(await visitor.get(casey)).toMatchObject({ status: 404 });
      for (const [action, fields] of [
        ['end', { end: tomorrow() }],
        ['sign-in', { reset: 'one-time-password' }],
        ['correct', { name: 'X', email: 'x@staff.example' }],
      ] as const) {
        expect(await visitor.submit(list, `${casey}/${action}`, fields)).toMatchObject({ status: 404 });
      }
      const wren = `${PEOPLE}/${person('Wren Foolscap').id}`;
      expect(await visitor.submit(list, `${wren}/end`, { end: tomorrow() })).toMatchObject({
        text: expect.stringContaining('an office that you do not administer'),
      });
      const taken = await visitor.submit(list, `${wren}/sign-in`, { reset: 'one-time-password' });
      expect(taken.text).toContain('an office that you do not administer');
      expect(taken.text).not.toContain('people-secret');
    });
  });

  describe('tokens', () => {
    it('are made with less than their role, work at once, are listed without what they are, and end', async () => {
      const blank = await ada.get(`${TOKENS}/add`);
      const fields = { label: 'Website', role: 'service', offices: 'west-mercia', expiresInDays: '30' };
      const wrong = await ada.submit(blank, `${TOKENS}/add`, { ...fields, label: '', permissions: 'case:approve' });
      expect(wrong).toMatchObject({ status: 422, text: expect.stringContaining('must say what it is for') });
      const beyond = await ada.submit(blank, `${TOKENS}/add`, { ...fields, permissions: 'case:approve' });
      expect(beyond.text).toContain('are not all of this role');
      const made = await ada.submit(blank, `${TOKENS}/add`, { ...fields, permissions: ['case:read'] });
      const token = /people-secret">(pb_[\w-]{43})</.exec(made.text)?.[1] ?? '';
      const authorization = `Bearer ${token}`;
      const program = new Visitor(pages.url);
      const headers = { authorization, accept: 'application/json' };
      expect(await program.get('/api/v1/cases', { headers })).toMatchObject({ status: 200 });
      // The role may read figures; this token may not.
      expect(await program.get('/api/v1/metrics/timeliness', { headers })).toMatchObject({ status: 403 });
      const listed = await ada.get(TOKENS);
      expect(listed.text).toContain('Website');
      expect(listed.text).not.toContain(token);
      const id = /tokens\/([\w-]{36})\/revoke/.exec(listed.text)?.[1] ?? '';
      expect((await ada.submit(listed, `${TOKENS}/${id}/revoke`, {})).text).toContain('The token works no more');
      expect(await program.get('/api/v1/cases', { headers })).toMatchObject({ status: 401 });
      expect(await ada.submit(listed, `${TOKENS}/${id}/revoke`, {})).toMatchObject({ status: 404 });
    });

    it('are managed through the API too, for one’s own offices', async () => {
      const page = await ada.get(TOKENS);
      const token = /name="_csrf" value="([\w-]{43})"/.exec(page.text)?.[1] ?? '';
      const send = async (path: string, body?: unknown): Promise<{ status: number; body: Record<string, unknown> }> => {
        const response = await fetch(`${pages.url}/api/v1/tokens${path}`, {
          method: 'POST',
          headers: {
            ...{ cookie: `postbag_session=${ada.cookie('postbag_session') ?? ''}`, 'x-csrf-token': token },
            ...(body ? { 'content-type': 'application/json' } : {}),
          },
          ...(body ? { body: JSON.stringify(body) } : {}),
        });
        const text = await response.text();
        return { status: response.status, body: text ? (JSON.parse(text) as Record<string, unknown>) : {} };
      };
      const wanted = { label: 'Import', role: 'service', offices: ['staffordshire'], expiresInDays: 7 };
      const made = await send('', { ...wanted, permissions: ['case:log'] });
      expect(made).toMatchObject({ status: 201, body: { token: expect.stringMatching(/^pb_/) } });
      expect(await send('', { ...wanted, offices: ['surrey'] })).toMatchObject({
        status: 422,
        body: { errors: [{ pointer: '/offices' }] },
      });
      const { text } = await api(ada, '/api/v1/tokens?limit=1');
      const first = JSON.parse(text) as { items: { id: string }[]; nextCursor: string };
      expect(first.items).toEqual([
        expect.objectContaining({ label: 'Import', permissions: ['case:log'], revokedAt: null }),
      ]);
      const next = await api(ada, `/api/v1/tokens?limit=1&cursor=${first.nextCursor}`);
      expect(JSON.parse(next.text)).toMatchObject({ items: [{ label: 'Website' }] });
      expect(text).not.toContain(String(made.body.token));
      expect(await send(`/${first.items[0]?.id ?? ''}/revoke`)).toMatchObject({ status: 204 });
      expect(await send('/x/revoke')).toMatchObject({ status: 404 });
      const [event] = await pages.sql<{ actor: string }>(
        `SELECT metadata->'actor'->>'id' AS actor FROM event_log WHERE type = 'access.token-revoked' ORDER BY recorded_at DESC LIMIT 1`,
      );
      expect(event).toEqual({ actor: person('Ada Keyring').id });
    });
  });
});
