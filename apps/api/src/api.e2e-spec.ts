import { randomUUID } from 'node:crypto';
import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Tokens, type Role } from '@app/access';
import { CompositionModule } from '@app/composition';
import { configureHttp, createFastifyAdapter, HttpModule } from '@app/http';
import { Database, EventStore, readConfig, runAs, Sequencer, systemCaller, UnitOfWork } from '@app/platform';
import { createTestDatabase, type TestDatabase } from '../../../test/setup/database';
import { ApiModule } from './api.module';
import { setUpApi } from './set-up-api';

@Module({})
class ApiUnderTest {
  static register(databaseUrl: string): DynamicModule {
    const config = readConfig({ LOG_LEVEL: 'silent' });
    const pools = { system: 3, requests: 4 };
    const composition = CompositionModule.register({ config, databaseUrl, onError: () => undefined, pools });
    return { module: ApiUnderTest, imports: [composition, HttpModule, ApiModule] };
  }
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Record<string, unknown>;
}

describe('The API around the cases', () => {
  let database: TestDatabase;
  let app: NestFastifyApplication;
  let url: string;
  const tokens: Partial<Record<Role, string>> = {};

  async function send(method: string, path: string, role: Role | null, body?: object): Promise<Answer> {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...(role ? { authorization: `Bearer ${tokens[role] ?? ''}` } : {}),
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    const isJson = (response.headers.get('content-type') ?? '').includes('json') && text !== '';
    const parsed = isJson ? (JSON.parse(text) as Record<string, unknown>) : {};
    return { status: response.status, headers: response.headers, text, body: parsed };
  }

  function system<T>(work: () => Promise<T>): Promise<T> {
    return runAs(systemCaller('test'), () => app.get(UnitOfWork).run(work));
  }

  async function query<T>(sql: string, parameters: unknown[] = []): Promise<T[]> {
    return system(() => app.get(UnitOfWork).manager.query(sql, parameters));
  }

  beforeAll(async () => {
    database = await createTestDatabase();
    const config = readConfig({ LOG_LEVEL: 'silent' });
    app = await NestFactory.create<NestFastifyApplication>(
      ApiUnderTest.register(database.url),
      createFastifyAdapter(config),
      { bufferLogs: true, abortOnError: false },
    );
    await configureHttp(app);
    await setUpApi(app);
    await app.listen(0, '127.0.0.1');
    url = await app.getUrl();
    for (const role of ['manager', 'administrator', 'service', 'caseworker', 'auditor'] as const) {
      const request = { role, offices: ['west-mercia'], label: role, expiresInDays: 1 };
      tokens[role] = await app.get(Tokens).mint(request, 'command:token');
    }
  });

  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  it('says that it lives and is ready, without a token', async () => {
    expect(await send('GET', '/health/live', null)).toMatchObject({ status: 200, body: { status: 'ok' } });
    expect(await send('GET', '/health/ready', null)).toMatchObject({
      status: 200,
      body: { status: 'ok', checks: { postgresql: 'up', queues: 'up' } },
    });
  });

  it('counts a deadline and says in words how', async () => {
    const path = '/api/v1/working-days/deadline?from=2026-04-02&count=20&unit=working-days&region=england-and-wales';
    const answer = await send('GET', path, 'service');
    expect(answer).toMatchObject({ status: 200, body: { deadline: '2026-05-05', calendarVersion: 1 } });
    expect(answer.body.days).toHaveLength(20);
    expect(answer.body.steps).toContain('Received on Thursday 2 April 2026 (day 0).');
    const short = await send('GET', '/api/v1/working-days/deadline?from=2026-04-02&count=20', 'service');
    expect(short.body).toEqual(answer.body);
  });

  it.each([
    ['from=2026-02-30&count=1', '/from'],
    ['count=1', '/from'],
    ['from=2026-04-02', '/count'],
    ['from=2026-04-02&count=x', '/count'],
    ['from=2026-04-02&count=-1', '/count'],
    ['from=2026-04-02&count=1&unit=fortnights', '/unit'],
    ['from=2026-04-02&count=1&region=wales', '/region'],
    ['from=2026-04-02&count=1&colour=red', '/colour'],
  ])('names what is wrong with a deadline asked for with %s', async (query, pointer) => {
    const answer = await send('GET', `/api/v1/working-days/deadline?${query}`, 'service');
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toEqual([expect.objectContaining({ pointer })]);
  });

  it('feeds events of the offices of the caller in order, page by page, each once', async () => {
    const streams = ['west-mercia', 'warwickshire', 'west-mercia', 'west-mercia'].map((office) => ({
      office,
      stream: `holiday-calendar-${randomUUID()}`,
    }));
    for (const { stream, office } of streams) {
      const data = { version: 9, source: 'test', holidays: 0 };
      const event = { type: 'offices.holiday-calendar-changed', schemaVersion: 1, data, effectiveAt: new Date() };
      await system(() =>
        app
          .get(EventStore)
          .append([{ stream, office, expectedVersion: 0, events: [event] }])
          .then(() => undefined),
      );
    }
    await app.get(Sequencer).number();
    const seen: Record<string, unknown>[] = [];
    for (let cursor: string | null = '0', turns = 0; cursor !== null && turns < 10; turns++) {
      const page: Answer = await send(
        'GET',
        `/api/v1/events?limit=2&cursor=${cursor}&types=offices.holiday-calendar-changed,access.token-minted`,
        'manager',
      );
      expect(page.status).toBe(200);
      seen.push(...(page.body.items as Record<string, unknown>[]));
      cursor = page.body.nextCursor as string | null;
    }
    const positions = seen.map((event) => Number(event.position));
    expect(positions).toEqual([...new Set(positions)].sort((a, b) => a - b));
    const calendars = seen.filter((event) => event.type === 'offices.holiday-calendar-changed');
    expect(calendars.map((event) => event.subject)).toEqual(
      streams.filter(({ office }) => office === 'west-mercia').map(({ stream }) => stream),
    );
    expect(calendars[0]).toMatchObject({
      specversion: '1.0',
      source: '/offices/west-mercia',
      datacontenttype: 'application/json',
      sequence: String(calendars[0]?.position),
      data: { version: 9 },
    });
    const rest = await send('GET', `/api/v1/events?after=${String(positions.at(-1))}`, 'manager');
    expect(rest.body).toEqual({ items: [], nextCursor: null });
  });

  it('refuses a place or a type in the feed that there is not', async () => {
    for (const query of [
      'after=-1',
      'after=x',
      'cursor=1.5',
      'after=9999999999999999',
      'types=offices.no-such-thing',
    ]) {
      expect((await send('GET', `/api/v1/events?${query}`, 'manager')).status).toBe(422);
    }
    expect((await send('GET', '/api/v1/events', 'caseworker')).status).toBe(403);
  });

  describe('with work that failed for good', () => {
    async function failed(office: string): Promise<{ id: string; message: string }> {
      const [id, message] = [randomUUID(), randomUUID()];
      await query(
        `INSERT INTO needs_attention (id, office, consumer, message_id, what, error, attempts)
         VALUES ($1, $2, 'send-letter', $3, 'casework.letter-due', 'The mail server did not answer.', 8)`,
        [id, office, message],
      );
      await query(
        `INSERT INTO outbox (message_id, consumer, queue, source, office, state, attempt)
         VALUES ($1, 'send-letter', 'notifications', 'event', $2, 'attention', 8)`,
        [message, office],
      );
      return { id, message };
    }

    it('shows it to those of its office, page by page', async () => {
      const mine = [await failed('west-mercia'), await failed('west-mercia'), await failed('west-mercia')];
      await failed('staffordshire');
      const first = await send('GET', '/api/v1/attention?limit=2', 'auditor');
      const second = await send('GET', `/api/v1/attention?limit=2&cursor=${String(first.body.nextCursor)}`, 'auditor');
      const items = [first, second].flatMap((page) => page.body.items as { id: string }[]);
      expect(items.map(({ id }) => id)).toEqual(mine.map(({ id }) => id));
      expect(second.body.nextCursor).toBeNull();
      expect(items[0]).toMatchObject({ consumer: 'send-letter', attempts: 8, office: 'west-mercia' });
    });

    it('tries it again on request, or gives it up with a reason, once', async () => {
      const [again, never] = [await failed('west-mercia'), await failed('west-mercia')];
      expect((await send('POST', `/api/v1/attention/${again.id}/retry`, 'caseworker')).status).toBe(204);
      expect(await query(`SELECT state, attempt FROM outbox WHERE message_id = $1`, [again.message])).toEqual([
        { state: 'open', attempt: 0 },
      ]);
      const dismiss = `/api/v1/attention/${never.id}/dismiss`;
      expect((await send('POST', dismiss, 'caseworker', { reason: 'Answered by telephone.' })).status).toBe(204);
      expect(await query(`SELECT 1 FROM outbox WHERE message_id = $1`, [never.message])).toEqual([]);
      expect((await send('POST', dismiss, 'caseworker', { reason: 'Again.' })).status).toBe(404);
    });

    it('refuses what it may not, what is not there and a reason that is none', async () => {
      const { id } = await failed('west-mercia');
      const elsewhere = await failed('staffordshire');
      expect((await send('POST', `/api/v1/attention/${id}/retry`, 'auditor')).status).toBe(403);
      for (const other of [elsewhere.id, randomUUID(), 'x', "1' OR '1'='1"]) {
        const path = `/api/v1/attention/${encodeURIComponent(other)}/retry`;
        expect((await send('POST', path, 'caseworker')).status).toBe(404);
      }
      for (const body of [{}, { reason: '' }, { reason: 5 }, { reason: 'x'.repeat(501) }]) {
        const answer = await send('POST', `/api/v1/attention/${id}/dismiss`, 'caseworker', body);
        expect(answer.body.errors).toEqual([expect.objectContaining({ pointer: '/reason' })]);
      }
    });
  });

  it('gives Prometheus the process, the routes and the backlog, and nothing about people', async () => {
    await send('GET', '/api/v1/working-days/deadline?from=2026-04-02&count=1', 'service');
    const { status, text, headers } = await send('GET', '/metrics', null);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    for (const line of [
      /^postbag_process_cpu_user_seconds_total /m,
      /^postbag_http_request_duration_seconds_count\{method="GET",route="\/api\/v1\/working-days\/deadline",status="200"\} \d+/m,
      /^postbag_outbox_open [1-9]/m,
      /^postbag_outbox_oldest_seconds \d/m,
      /^postbag_outbox_stopped [1-9]/m,
      /^postbag_events_unnumbered \d/m,
      /^postbag_needs_attention_open [1-9]/m,
      /^postbag_queue_backend_info\{backend="postgres"\} 1/m,
      /^postbag_database_up 1/m,
    ]) {
      expect(text).toMatch(line);
    }
    expect(text).not.toMatch(/pb_|west-mercia|[0-9a-f]{8}-[0-9a-f]{4}-/);
  });

  it('describes every route with its permission and its refusals, and shows the description as a page', async () => {
    const { status, body } = await send('GET', '/api/openapi.json', null);
    expect(status).toBe(200);
    const paths = body.paths as Record<string, Record<string, { security?: object; responses: object }>>;
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining([
        '/health/ready',
        '/metrics',
        '/api/v1/working-days/deadline',
        '/api/v1/events',
        '/api/v1/attention/{id}/dismiss',
      ]),
    );
    const dismiss = paths['/api/v1/attention/{id}/dismiss']?.post;
    expect(dismiss?.security).toEqual([{ bearer: [] }]);
    expect(Object.keys(dismiss?.responses ?? {})).toEqual(expect.arrayContaining(['204', '401', '403', '404', '422']));
    expect(JSON.stringify(paths['/api/v1/events'])).toContain('Asks for `events:read`.');
    expect(JSON.stringify(body)).not.toMatch(/@(?!example|[a-z-]*\.example)[a-z]+\.(com|org|uk)/);
    const page = await send('GET', '/api/docs', null);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self';");
    expect((await send('GET', '/api/docs/swagger-ui-bundle.js', null)).status).toBe(200);
    expect((await send('GET', '/api/docs/swagger-ui-init.js', null)).text).toContain('/api/v1/working-days/deadline');
  });

  it('lets nobody in without a token that holds, and each role only where it may', async () => {
    for (const path of [
      '/api/v1/events',
      '/api/v1/attention',
      '/api/v1/working-days/deadline?from=2026-04-02&count=1',
    ]) {
      expect((await send('GET', path, null)).status).toBe(401);
    }
    expect((await send('GET', '/api/v1/attention', 'administrator')).status).toBe(403);
    expect((await send('GET', '/api/v1/attention', 'service')).status).toBe(403);
  });

  it('answers 503 while the database is away, and stays alive', async () => {
    const { requests } = app.get(Database);
    const away = jest
      .spyOn(requests, 'query')
      .mockRejectedValue(Object.assign(new Error('connect ECONNREFUSED 10.1.2.3:5432'), { code: 'ECONNREFUSED' }));
    const answer = await send('GET', '/health/ready', null);
    expect(answer).toMatchObject({ status: 503, body: { status: 503, checks: { postgresql: 'down' } } });
    expect(answer.headers.get('retry-after')).toBe('5');
    expect(answer.text).not.toContain('10.1.2.3');
    expect((await send('GET', '/health/live', null)).status).toBe(200);
    away.mockRestore();
    expect((await send('GET', '/health/ready', null)).status).toBe(200);
  });
});
