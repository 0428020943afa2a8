import { OidcProvider } from './setup/oidc-provider';
import { freePort, RunningPages } from './setup/running-pages';
import { Visitor, type Shown } from './setup/visitor';

const CASEY = 'casey.inkwell@staff.example';

describe('Signing in through the organisation', () => {
  let pages: RunningPages;
  let provider: OidcProvider;

  beforeAll(async () => {
    const port = await freePort();
    provider = await OidcProvider.start(`http://127.0.0.1:${String(port)}`);
    pages = await RunningPages.start(port, provider.env);
  });
  afterAll(async () => {
    await pages?.stop();
    await provider?.stop();
  });
  beforeEach(() =>
    provider.order({
      account: 'subject-casey',
      claims: { email: CASEY, email_verified: true },
      forge: null,
      away: false,
    }),
  );

  /** Away to the organisation, through its page, and back. */
  async function signIn(visitor: Visitor, start = '/sign-in/oidc'): Promise<Shown> {
    const there = await visitor.get(start);
    expect(there.text).toContain('Your organisation');
    return visitor.post(there.url, {});
  }

  const failures = (): Promise<{ reason: string }[]> =>
    pages.sql(
      `SELECT data->>'reason' AS reason FROM event_log WHERE type = 'access.sign-in-failed' ORDER BY recorded_at DESC`,
    );

  it('asks with PKCE, state and nonce, and for nothing that it does not need', async () => {
    const { headers, setCookies } = await new Visitor(pages.url).get('/sign-in/oidc', { follow: false });
    const address = new URL(headers.get('location') ?? '');
    expect(Object.fromEntries(address.searchParams)).toEqual({
      client_id: 'postbag',
      response_type: 'code',
      redirect_uri: `${pages.url}/sign-in/oidc/callback`,
      scope: 'openid email profile',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
    });
    expect(setCookies.join()).toMatch(/^postbag_external=[^;]+; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/);
  });

  it('lets somebody in who was added here, to the page that they wanted, and knows them by their subject afterwards', async () => {
    const visitor = new Visitor(pages.url);
    const landed = await signIn(visitor, '/sign-in/oidc?next=%2Fapi%2Fv1%2Fcases%3Flimit%3D1');
    expect(landed).toMatchObject({ status: 200, url: `${pages.url}/api/v1/cases?limit=1` });
    await provider.order({ claims: { email: 'renamed@staff.example', email_verified: true } });
    const again = new Visitor(pages.url);
    await signIn(again, '/sign-in/oidc?next=%2Fapi%2Fv1%2Fcases');
    const people = await pages.sql(
      `SELECT DISTINCT p.name FROM session s JOIN person p ON p.id = s.person_id WHERE s.method = 'oidc'`,
    );
    expect(people).toEqual([{ name: 'Casey Inkwell' }]);
  });

  it('does not give an address that was linked once to another subject', async () => {
    await signIn(new Visitor(pages.url));
    await provider.order({ account: 'subject-other' });
    const visitor = new Visitor(pages.url);
    expect(await signIn(visitor)).toMatchObject({ status: 403, text: expect.stringContaining('you have no access') });
    expect(visitor.cookie('postbag_session')).toBeUndefined();
    expect((await failures())[0]).toEqual({ reason: 'linked-otherwise' });
  });

  it.each([
    ['unknown-person', { email: 'somebody.else@staff.example', email_verified: true }],
    ['email-not-verified', { email: 'morgan.letterby@staff.example', email_verified: false }],
    ['no-email', {}],
  ])('refuses with a plain page: %s', async (reason, claims) => {
    await provider.order({ account: `subject-${reason}`, claims });
    const shown = await signIn(new Visitor(pages.url));
    expect(shown).toMatchObject({ status: 403, text: expect.stringContaining('You are not signed in') });
    expect((await failures())[0]).toEqual({ reason });
  });

  it.each([
    ['has expired', { claims: { exp: Math.floor(Date.now() / 1000) - 600, iat: Math.floor(Date.now() / 1000) - 900 } }],
    ['is for another client', { claims: { aud: 'another-client' } }],
    ['is of another issuer', { claims: { iss: 'https://elsewhere.example' } }],
    ['answers another question', { claims: { nonce: 'another-nonce' } }],
    ['is signed with a key that nobody published', { withOtherKey: true }],
  ])('refuses an ID token that %s', async (_, forge) => {
    await provider.order({ forge });
    const visitor = new Visitor(pages.url);
    const shown = await signIn(visitor);
    expect(shown).toMatchObject({ status: 403, text: expect.stringContaining('could not be confirmed') });
    expect(shown.text).not.toMatch(/jwt|signature|nonce|audience/i);
    expect(visitor.cookie('postbag_session')).toBeUndefined();
  });

  it('follows a provider that changes its key between two sign-ins', async () => {
    await signIn(new Visitor(pages.url));
    await provider.order({ rotate: true });
    const visitor = new Visitor(pages.url);
    await signIn(visitor);
    expect(visitor.cookie('postbag_session')).toBeDefined();
  });

  it('refuses an answer that was not asked for, that comes twice, or to another browser', async () => {
    const stranger = new Visitor(pages.url);
    expect(await stranger.get('/sign-in/oidc/callback?code=x&state=y')).toMatchObject({ status: 403 });
    const visitor = new Visitor(pages.url);
    const there = await visitor.get('/sign-in/oidc');
    const first = await visitor.post(there.url, {}, { follow: false });
    const back = await visitor.get(first.headers.get('location') ?? '', { follow: false });
    const callback = back.headers.get('location') ?? '';
    expect(callback).toContain('/sign-in/oidc/callback?code=');
    expect(await stranger.get(callback)).toMatchObject({ status: 403 });
    expect((await failures())[0]).toEqual({ reason: 'no-ticket' });
    expect(await visitor.get(callback.replace(/state=[^&]+/, 'state=wrong'), { follow: false })).toMatchObject({
      status: 403,
    });
    expect(await visitor.get(callback, { follow: false })).toMatchObject({ status: 403 });
  });

  it('says that somebody said no there, and that it does not answer, each on a page', async () => {
    const visitor = new Visitor(pages.url);
    await visitor.get('/sign-in/oidc', { follow: false });
    expect(await visitor.get('/sign-in/oidc/callback?error=access_denied')).toMatchObject({ status: 403 });
    const before = await visitor.get('/sign-in/oidc');
    const first = await visitor.post(before.url, {}, { follow: false });
    const back = await visitor.get(first.headers.get('location') ?? '', { follow: false });
    await provider.order({ away: true });
    expect(await visitor.get(back.headers.get('location') ?? '')).toMatchObject({
      status: 503,
      text: expect.stringContaining('does not answer'),
    });
  });

  it('ends the session here at once and leads to the end of the one there', async () => {
    const visitor = new Visitor(pages.url);
    await signIn(visitor);
    const cookie = visitor.cookie('postbag_session') ?? '';
    const page = await visitor.get('/staff/account');
    const shown = await visitor.submit(page, '/sign-out', {});
    expect(shown.text).toContain('You are signed out of Postbag');
    const address = new URL(/url=([^"]+)"/.exec(shown.text)?.[1]?.replaceAll('&amp;', '&') ?? '');
    expect(address.href).toMatch(new RegExp(`^${provider.issuer}/session/end`));
    expect(address.searchParams.get('post_logout_redirect_uri')).toBe(`${pages.url}/sign-in?said=out`);
    expect(await visitor.get(address.href)).toMatchObject({ status: 200, text: expect.stringContaining('sign-out') });
    visitor.setCookie('postbag_session', cookie);
    expect(await visitor.get('/api/v1/cases', { headers: { accept: 'application/json' } })).toMatchObject({
      status: 401,
    });
  });

  it('keeps no ID token that could be read, and nobody’s address in the log', async () => {
    const [row] = await pages.sql<{ kept: string; log: string }>(
      `SELECT (SELECT jsonb_agg(s)::text FROM session s) AS kept, (SELECT jsonb_agg(e)::text FROM event_log e) AS log`,
    );
    expect(row?.kept).not.toMatch(/eyJ/);
    expect(row?.log).not.toMatch(/@staff|subject-/);
    expect(row?.log).toContain('access.identity-linked');
  });
});
