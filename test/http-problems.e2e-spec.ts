import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { Body, Controller, Get, Global, HttpCode, Logger, Module, Param, Post, Query, type Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AccessRecords, type TokenIdentity } from '@app/access';
import {
  Authentication,
  configureHttp,
  createFastifyAdapter,
  decodeCursor,
  HttpModule,
  IfMatch,
  LARGEST_BODY,
  limitOf,
  LOG_STREAM,
  Public,
  PublicOffices,
  requireVersion,
  Requires,
  ThrottleLimits,
} from '@app/http';
import { DomainError } from '@app/kernel';
import { Config, currentCaller, readConfig, type Caller } from '@app/platform';
import { Type as Transform } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsEmail, IsIn, IsOptional, IsString, MaxLength, ValidateNested } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import { QueryFailedError } from 'typeorm';

class NoMoreSeats extends DomainError {
  readonly code = 'test.no-more-seats';
  readonly kind = 'conflict';
}

class Attachment {
  @IsString() @MaxLength(20) filename!: string;
}

class Letter {
  @IsString() @MaxLength(40) subject!: string;
  @IsIn(['email', 'phone']) channel!: string;
  @IsOptional() @IsEmail() email?: string;
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(2)
  @ValidateNested({ each: true })
  @Transform(() => Attachment)
  attachments?: Attachment[];
}

const secretWord = 'hunter2-the-secret';

@Controller()
class TryOut {
  @Post('letters')
  @Requires('case:log', { audit: null })
  log(@Body() letter: Letter): Letter {
    return letter;
  }

  @Post('anything')
  @HttpCode(200)
  @Requires('case:log', { audit: null })
  anything(@Body() body: unknown): object {
    return { kind: typeof body };
  }

  @Post('contact')
  @HttpCode(200)
  @Public({ audit: null })
  async contact(): Promise<Caller> {
    await sleep(5);
    return currentCaller();
  }

  @Get('whoami')
  @Requires('case:read', { audit: null })
  async whoami(): Promise<Caller> {
    await sleep(5);
    await new Promise((resolve) => setImmediate(resolve));
    return currentCaller();
  }

  @Get('cases/:reference')
  @Requires('case:read', { audit: 'case-read' })
  read(@Param('reference') reference: string): object {
    return { reference };
  }

  @Post('cases/:reference/close')
  @Requires('case:write', { audit: null })
  close(@Param('reference') reference: string, @IfMatch() version: number | null): object {
    requireVersion(version, 7);
    throw new NoMoreSeats(`${reference} is closed already.`);
  }

  @Get('list')
  @Requires('case:read', { audit: 'case-list-read' })
  list(@Query('cursor') cursor?: string, @Query('limit') limit?: string): object {
    return { after: decodeCursor(cursor, ['day?', 'uuid']), limit: limitOf(limit) };
  }

  @Get('configuration')
  @Requires('configuration:write', { audit: null })
  configuration(): object {
    return {};
  }

  @Get('away')
  @Public({ audit: null, offices: 'none' })
  away(): never {
    throw Object.assign(new Error(`connect ECONNREFUSED 10.1.2.3:5432 ${secretWord}`), { code: 'ECONNREFUSED' });
  }

  @Get('defect')
  @Public({ audit: null, offices: 'none' })
  defect(): never {
    const driverError = Object.assign(new Error(`invalid input syntax for type uuid: "${secretWord}"`), {
      severity: 'ERROR',
      code: '22P02',
    });
    throw new QueryFailedError(`SELECT * FROM correspondent WHERE name = $1`, [secretWord], driverError);
  }

  @Get('stray-log')
  @Public({ audit: null, offices: 'none' })
  strayLog(): object {
    const driverError = Object.assign(new Error(`duplicate "${secretWord}"`), { severity: 'ERROR', code: '23505' });
    new Logger('Stray').error(new QueryFailedError(`INSERT INTO correspondent`, [secretWord], driverError));
    return {};
  }
}

class Undeclared {
  open(): string {
    return 'open by oversight';
  }
}
Controller('undeclared')(Undeclared);
Get()(Undeclared.prototype, 'open', Object.getOwnPropertyDescriptor(Undeclared.prototype, 'open') ?? {});

const identities: Record<string, Pick<TokenIdentity, 'role'>> = {
  clerk: { role: 'caseworker' },
  other: { role: 'caseworker' },
  key: { role: 'service' },
};

class FakeAuthentication extends Authentication {
  identify(request: FastifyRequest): Promise<TokenIdentity | null> {
    const name = request.headers.authorization?.slice('Bearer '.length) ?? '';
    const known = identities[name];
    return Promise.resolve(
      known ? { ...known, tokenId: name, offices: ['west-mercia'], actor: { kind: 'person', id: name } } : null,
    );
  }
}

class SomeOffices extends PublicOffices {
  all(): Promise<readonly string[]> {
    return Promise.resolve(['warwickshire', 'west-mercia']);
  }
}

class FakeRecords {
  readonly records: unknown[] = [];
  isAway = false;
  hasRecorded(): boolean {
    return false;
  }
  record(action: string): Promise<void> {
    if (this.isAway) return Promise.reject(Object.assign(new Error('gone'), { code: 'ECONNREFUSED' }));
    this.records.push([action, currentCaller().actor.id]);
    return Promise.resolve();
  }
}

/** Wide enough for the other tests; narrowed where the limit itself is tested. */
const limits = { token: 5000, publicReads: 5000, publicWrites: 20, failedSignIns: 50 };

const logged: string[] = [];
const log = new Writable({
  write: (chunk: Buffer, _, done) => {
    logged.push(chunk.toString());
    done();
  },
});

async function boot(controllers: Type[], records = new FakeRecords()): Promise<NestFastifyApplication> {
  const config = readConfig({ LOG_LEVEL: 'debug' });
  const provided = [
    { provide: Config, useValue: config },
    { provide: AccessRecords, useValue: records },
    { provide: PublicOffices, useClass: SomeOffices },
    { provide: LOG_STREAM, useValue: log },
  ];
  @Global()
  @Module({ providers: provided, exports: provided.map(({ provide }) => provide) })
  class Surroundings {}

  const module = await Test.createTestingModule({ imports: [Surroundings, HttpModule], controllers })
    .overrideProvider(Authentication)
    .useClass(FakeAuthentication)
    .overrideProvider(ThrottleLimits)
    .useValue(limits)
    .compile();
  const app = module.createNestApplication<NestFastifyApplication>(createFastifyAdapter(config), { bufferLogs: true });
  await configureHttp(app);
  await app.listen(0, '127.0.0.1');
  return app;
}

describe('Answers to requests that cannot be met', () => {
  const records = new FakeRecords();
  let app: NestFastifyApplication;
  let url: string;

  interface Answer {
    readonly status: number;
    readonly headers: Headers;
    readonly text: string;
    readonly body: Record<string, unknown>;
  }

  async function send(
    method: string,
    path: string,
    { body, token = 'clerk', type = 'application/json', headers = {} }: SendOptions = {},
  ): Promise<Answer> {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(body === undefined || !type ? {} : { 'content-type': type }),
        ...headers,
      },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    const isJson = /^application\/(problem\+)?json/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: isJson && text ? (JSON.parse(text) as Record<string, unknown>) : {},
    };
  }

  interface SendOptions {
    readonly body?: string | Uint8Array<ArrayBuffer> | FormData;
    readonly token?: string;
    readonly type?: string;
    readonly headers?: Record<string, string>;
  }

  function expectProblem(answer: Answer, status: number): void {
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(answer.body).toMatchObject({ status, type: expect.any(String), title: expect.any(String) });
    expect(String(answer.body.detail)).toMatch(/^[A-Z].*\.$/);
    for (const inside of [/\bat .*:\d+:\d+/, /SELECT|INSERT/, /node_modules|\/libs\/|\/work\//, secretWord, /FST_/]) {
      expect(answer.text).not.toMatch(inside);
    }
  }

  beforeAll(async () => {
    app = await boot([TryOut], records);
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

  it('answers 503 with Retry-After while the database is away', async () => {
    const answer = await send('GET', '/away');
    expectProblem(answer, 503);
    expect(answer.headers.get('retry-after')).toBe('5');
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

  const corpus = join(process.env.CORPORA_DIR ?? join(__dirname, '../../shared/corpora'), 'json-parsing');
  if (!existsSync(corpus)) {
    it.skip(`the JSON parsing corpus is not at ${corpus}: left out`, () => undefined);
  } else {
    it('answers 400 to every JSON text of the corpus that must be refused, and never fails on one that must be read', async () => {
      const wrong: string[] = [];
      for (const name of readdirSync(corpus).filter((each) => each.endsWith('.json'))) {
        const body = Uint8Array.from(readFileSync(join(corpus, name)));
        for (const path of ['/letters', '/anything']) {
          const answer = await send('POST', path, { body });
          const isRight = name.startsWith('n_')
            ? answer.status === 400 && answer.body.status === 400
            : answer.status < 500;
          if (!isRight) wrong.push(`${name} ${path} ${String(answer.status)}`);
          if (name.startsWith('y_') && answer.status === 400) wrong.push(`${name} ${path} refused`);
        }
      }
      expect(wrong).toEqual([]);
    }, 30_000);
  }
});
