import { connect } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { LARGEST_BODY } from '@app/http';
import { boot, expectProblem, sendTo, type Answer, type SendOptions } from './http-problems/try-out-app.fixture';
import { TryOut } from './http-problems/try-out.fixture';

describe('Answers to requests that cannot be met', () => {
  let app: NestFastifyApplication;
  let url: string;
  const send = (method: string, path: string, options?: SendOptions): Promise<Answer> =>
    sendTo(url, method, path, options);

  beforeAll(async () => {
    app = await boot([TryOut]);
    url = await app.getUrl();
  });

  afterAll(async () => {
    await app.close();
  });

  it('answers 400 to what cannot be read', async () => {
    for (const body of ['{', '', '{"a":1}x', '[1,]', '{"__proto__": {"role": "manager"}}']) {
      expectProblem(await send('POST', '/letters', { body, token: 'key' }), 400);
    }
    expectProblem(await send('GET', '/cases/%E0%A4%A'), 400);
  });

  it('answers 401 with a challenge to nobody and to a token that does not hold', async () => {
    const nobody = await send('GET', '/whoami', { token: '' });
    expectProblem(nobody, 401);
    expect(nobody.headers.get('www-authenticate')).toBe('Bearer realm="Postbag"');
    const stranger = await send('GET', '/whoami', { token: 'stranger' });
    expectProblem(stranger, 401);
    expect(stranger.headers.get('www-authenticate')).toContain('error="invalid_token"');
  });

  it('answers 403 when the role does not hold the permission', async () => {
    expectProblem(await send('GET', '/configuration'), 403);
  });

  it('answers 404 to an unknown address without repeating it', async () => {
    const answer = await send('GET', '/no/such/<script>place');
    expectProblem(answer, 404);
    expect(answer.text).not.toContain('script');
    expectProblem(await send('DELETE', '/letters'), 404);
  });

  it('answers 409 with the code of the rule that said no', async () => {
    const answer = await send('POST', '/cases/WM-1/close', { headers: { 'if-match': '"7"' } });
    expectProblem(answer, 409);
    expect(answer.body).toMatchObject({ type: '/problems/test.no-more-seats', detail: 'WM-1 is closed already.' });
  });

  it('answers 412 to another version than the present one, and to a tag that is none of ours', async () => {
    for (const tag of ['"6"', 'W/"7"', '7', '"7", "8"', '"seven"']) {
      expectProblem(await send('POST', '/cases/WM-1/close', { headers: { 'if-match': tag } }), 412);
    }
  });

  it('answers 413 to a body over 40 MB', async () => {
    const body = Buffer.alloc(LARGEST_BODY + 1, 'a');
    expectProblem(await send('POST', '/letters', { body }), 413);
  });

  it('answers 415 to content of another type', async () => {
    expectProblem(await send('POST', '/letters', { body: '<letter/>', type: 'application/xml' }), 415);
    expectProblem(await send('POST', '/letters', { body: 'hello', type: 'text/plain' }), 415);
  });

  it('answers 422 and names each wrong part in plain words, entries of lists too', async () => {
    const letter = {
      channel: 'pigeon',
      email: 'not an address',
      attachments: [{ filename: 'a.pdf' }, { filename: 5, size: 3 }],
      colour: 'red',
    };
    const answer = await send('POST', '/letters', { body: JSON.stringify(letter) });
    expectProblem(answer, 422);
    expect(answer.body.errors).toEqual(
      expect.arrayContaining([
        { pointer: '/subject', message: 'is required' },
        { pointer: '/channel', message: 'must be one of email, phone' },
        { pointer: '/email', message: 'must be an e-mail address such as name@example.org' },
        { pointer: '/attachments/1/filename', message: 'must be text' },
        { pointer: '/attachments/1/size', message: 'is not known here' },
        { pointer: '/colour', message: 'is not known here' },
      ]),
    );
    expect(answer.body.errors).toHaveLength(6);
  });

  it('answers 422 to a body that is no object, and to what no database keeps', async () => {
    for (const body of ['[]', '"text"', '5', 'null', 'true']) {
      expectProblem(await send('POST', '/letters', { body }), 422);
    }
    const nul = await send('POST', '/letters', { body: '{"subject":"a\\u0000b","channel":"email"}' });
    expectProblem(nul, 422);
    expect(nul.body.errors).toEqual([{ pointer: '/subject', message: 'must not contain the NUL character' }]);
    expectProblem(await send('GET', '/cases/a%00b'), 422);
    expectProblem(await send('POST', '/anything', { body: `${'['.repeat(90_000)}${']'.repeat(90_000)}` }), 422);
  });

  it('reads forms as it reads JSON', async () => {
    const form = 'application/x-www-form-urlencoded';
    const good = await send('POST', '/letters', { body: 'subject=Noise&channel=email', type: form });
    expect(good).toMatchObject({ status: 201, body: { subject: 'Noise', channel: 'email' } });
    expectProblem(await send('POST', '/letters', { body: 'subject=Noise', type: form }), 422);
    expectProblem(await send('POST', '/letters', { body: '__proto__=x', type: form }), 400);
  });

  it('answers 414 to an endless address, and nothing to a HEAD but the status', async () => {
    expectProblem(await send('GET', `/cases/${'x'.repeat(600)}`), 414);
    expect(await send('HEAD', '/no/such/place')).toMatchObject({ status: 404, text: '' });
  });

  it('keeps half a surrogate pair as the replacement character', async () => {
    const answer = await send('POST', '/letters', { body: '{"subject":"a\\ud800b","channel":"email"}' });
    expect(answer).toMatchObject({ status: 201, body: { subject: 'a\ufffdb' } });
  });

  it('answers 422 to a cursor or a limit that is none', async () => {
    const cursor = (values: unknown): string => Buffer.from(JSON.stringify(values)).toString('base64url');
    for (const text of ['x', '!!', cursor({}), cursor(['2026-02-30', null]), cursor([null, "' OR 1=1"])]) {
      const answer = await send('GET', `/list?cursor=${encodeURIComponent(text)}`);
      expectProblem(answer, 422);
      expect(answer.body.errors).toEqual([{ pointer: '/cursor', message: 'is not a cursor of this list' }]);
    }
    for (const limit of ['0', '201', '-1', 'ten', '1.5', '1e2']) {
      expectProblem(await send('GET', `/list?limit=${limit}`), 422);
    }
    const good = await send('GET', `/list?limit=200&cursor=${cursor([null, '0b0f6a3e-0000-4000-8000-000000000001'])}`);
    expect(good).toMatchObject({ status: 200, body: { limit: 200 } });
  });

  it('answers 503 with Retry-After while the database is away', async () => {
    const answer = await send('GET', '/away');
    expectProblem(answer, 503);
    expect(answer.headers.get('retry-after')).toBe('5');
  });

  it('answers bytes that are no HTTP, and headers without end, with a problem document', async () => {
    const { port } = new URL(url);
    const talk = (bytes: string): Promise<string> =>
      new Promise((resolve, reject) => {
        const socket = connect(Number(port), '127.0.0.1', () => socket.write(bytes));
        let heard = '';
        socket.on('data', (chunk: Buffer) => (heard += chunk.toString()));
        socket.on('close', () => resolve(heard));
        socket.on('error', reject);
      });
    expect(await talk('HELLO THERE\r\n\r\n')).toMatch(/^HTTP\/1.1 400 .*application\/problem\+json.*"status":400/s);
    expect(await talk(`GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`)).toMatch(/^HTTP\/1.1 431 /);
  });
});
