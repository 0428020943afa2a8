import { setTimeout as sleep } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  boot,
  expectProblem,
  FakeRecords,
  limits,
  logged,
  sendTo,
  type Answer,
  type SendOptions,
} from './http-problems/try-out-app.fixture';
import { secretWord, TryOut, Undeclared } from './http-problems/try-out.fixture';

describe('Every request', () => {
  const records = new FakeRecords();
  let app: NestFastifyApplication;
  let url: string;
  const send = (method: string, path: string, options?: SendOptions): Promise<Answer> =>
    sendTo(url, method, path, options);

  beforeAll(async () => {
    app = await boot([TryOut], records);
    url = await app.getUrl();
  });

  afterAll(async () => {
    await app.close();
  });

  it('answers 429 with Retry-After after the limit and not before, each token for itself', async () => {
    limits.token = 40;
    const answers = await Promise.all(Array.from({ length: 60 }, () => send('GET', '/cases/1', { token: 'other' })));
    const refused = answers.filter((answer) => answer.status === 429);
    expect(answers.filter((answer) => answer.status === 200).length).toBeGreaterThanOrEqual(40);
    expect(refused.length).toBeGreaterThan(0);
    for (const answer of refused) {
      expectProblem(answer, 429);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    }
    expect((await send('GET', '/cases/1', { token: 'clerk' })).status).toBe(200);
    await sleep(1100);
    expect((await send('GET', '/cases/1', { token: 'other' })).status).toBe(200);
    limits.token = 5000;
  });

  it('answers 429 to a flood of public forms and to a flood of tokens that do not hold', async () => {
    const forms = await Promise.all(Array.from({ length: 30 }, () => send('POST', '/contact', { token: '' })));
    expect(forms.filter((answer) => answer.status === 200)).toHaveLength(20);
    forms.filter((answer) => answer.status !== 200).forEach((answer) => expectProblem(answer, 429));
    const guesses = await Promise.all(
      Array.from({ length: 60 }, (_, n) => send('GET', '/whoami', { token: `guess-${String(n)}` })),
    );
    expect(guesses.map((answer) => answer.status)).toContain(429);
    await sleep(1100);
  });

  it('answers 500 with the number of the request and nothing of the inside, in the answer or the log', async () => {
    logged.length = 0;
    const answer = await send('GET', '/defect', { headers: { 'x-request-id': 'request-4711' } });
    expectProblem(answer, 500);
    expect(answer.body.instance).toBe('/requests/request-4711');
    expect(answer.headers.get('x-request-id')).toBe('request-4711');
    await send('GET', `/stray-log?name=${secretWord}`);
    await sleep(20);
    const lines = logged.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.filter((line) => line.requestId === 'request-4711' && line.error !== undefined)).toHaveLength(1);
    expect(logged.join('')).toContain('22P02');
    expect(logged.join('')).toContain('23505');
    expect(logged.join('')).not.toContain(secretWord);
  });

  it('logs a request by its route and token, never by its address', async () => {
    logged.length = 0;
    await send('GET', '/cases/WM-2026-000123?q=Pat+Example');
    await sleep(20);
    const lines = logged.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toEqual([
      expect.objectContaining({ method: 'GET', route: '/cases/:reference', status: 200, tokenId: 'clerk' }),
    ]);
    expect(logged.join('')).not.toMatch(/WM-2026|Pat|Bearer|127\.0\.0\.1/);
  });

  it('does not take a request number that could spoil a log or a header', async () => {
    for (const id of ['short', 'a b c d e f g h', 'x'.repeat(101), '-leading-dash', 'semi;colon;semi;colon']) {
      const answer = await send('GET', '/whoami', { headers: { 'x-request-id': id } });
      expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
      expect(answer.body.correlationId).toBe(answer.headers.get('x-request-id'));
    }
  });

  it('sends strict security headers with every answer, refusals too', async () => {
    for (const path of ['/whoami', '/no/such/place']) {
      const { headers } = await send('GET', path);
      expect(headers.get('content-security-policy')).toContain("script-src 'self'");
      expect(headers.get('content-security-policy')).not.toContain('unsafe');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('x-powered-by')).toBeNull();
    }
  });

  it('runs each handler as its own caller, however many run at once', async () => {
    const [clerk, key, anyone] = await Promise.all([
      send('GET', '/whoami', { token: 'clerk' }),
      send('GET', '/whoami', { token: 'key' }),
      send('POST', '/contact', { token: '' }),
    ]);
    expect(clerk.body).toMatchObject({ actor: { id: 'clerk' }, role: 'caseworker', offices: ['west-mercia'] });
    expect(key.body).toMatchObject({ actor: { id: 'key' }, role: 'service', system: false });
    expect(anyone.body).toMatchObject({
      actor: { kind: 'public', id: 'anonymous' },
      role: 'public',
      offices: ['warwickshire', 'west-mercia'],
      system: false,
    });
  });

  it('records reading where the route asks for it, and only when something was read', async () => {
    records.records.length = 0;
    await send('GET', '/cases/WM-1');
    await send('GET', '/list?cursor=nonsense');
    await send('GET', '/whoami');
    expect(records.records).toEqual([['case-read', 'clerk']]);
  });

  it('does not show what it cannot record as read', async () => {
    records.isAway = true;
    const answer = await send('GET', '/cases/WM-1');
    records.isAway = false;
    expectProblem(answer, 503);
    expect(answer.text).not.toContain('WM-1');
  });

  it('does not start with a route that says nothing about who may use it', async () => {
    await expect(boot([TryOut, Undeclared])).rejects.toThrow('No @Requires or @Public on Undeclared.open');
  });
});
