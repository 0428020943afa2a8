import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Tokens, type Role } from '@app/access';
import { CompositionModule } from '@app/composition';
import { configureHttp, createFastifyAdapter, HttpModule } from '@app/http';
import { Engine, readConfig, runAs, systemCaller, UnitOfWork, type Config } from '@app/platform';
import { ApiModule } from '../../apps/api/src/api.module';
import { setUpApi } from '../../apps/api/src/set-up-api';
import { createTestDatabase, type TestDatabase } from './database';

@Module({})
class ApiUnderTest {
  static register(config: Config, databaseUrl: string): DynamicModule {
    const pools = { system: 8, requests: 8 };
    const composition = CompositionModule.register({ config, databaseUrl, onError: () => undefined, pools });
    return { module: ApiUnderTest, imports: [composition, HttpModule, ApiModule] };
  }
}

export type Body = Record<string, unknown>;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
  /** Of JSON and problem documents; empty otherwise. */
  readonly body: Body;
}

/** Somebody with a token. */
export interface Client {
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
}

/** The whole service behind its real HTTP interface: real database, real queues, everything that works in the background. */
export class RunningApi {
  private constructor(
    readonly app: NestFastifyApplication,
    private readonly url: string,
    private readonly database: TestDatabase,
    private readonly folder: string,
  ) {}

  static async start(): Promise<RunningApi> {
    const folder = await mkdtemp(join(tmpdir(), 'postbag-api-'));
    const database = await createTestDatabase();
    const config = readConfig({ LOG_LEVEL: process.env.TEST_LOG ?? 'silent', POSTBAG_DATA: folder });
    const app = await NestFactory.create<NestFastifyApplication>(
      ApiUnderTest.register(config, database.url),
      createFastifyAdapter(config),
      { bufferLogs: true, abortOnError: false },
    );
    await configureHttp(app);
    await setUpApi(app);
    await app.listen(0, '127.0.0.1');
    await app.get(Engine).start(() => undefined);
    return new RunningApi(app, await app.getUrl(), database, folder);
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.database.drop();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** A client of its own: another token, and so another person, each time. */
  async client(role: Role, ...offices: string[]): Promise<Client> {
    const token = await this.app.get(Tokens).mint({ role, offices, label: role, expiresInDays: 1 }, 'command:token');
    const send = (method: string, path: string, body: unknown, headers: Record<string, string>): Promise<Answer> =>
      this.send(method, path, body, { authorization: `Bearer ${token}`, ...headers });
    return {
      get: (path, headers = {}) => send('GET', path, undefined, headers),
      post: (path, body, headers = {}) => send('POST', path, body, headers),
    };
  }

  async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const isText = typeof body === 'string';
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    const isJson = /json/.test(response.headers.get('content-type') ?? '') && bytes.length > 0;
    const parsed = isJson ? (JSON.parse(bytes.toString()) as Body) : {};
    return { status: response.status, headers: response.headers, bytes, body: parsed };
  }

  /** The owner's URL, for a session past the application. */
  get databaseUrl(): string {
    return this.database.url;
  }

  sql<T = Body>(query: string, parameters: unknown[] = []): Promise<T[]> {
    return runAs(systemCaller('test'), () =>
      this.app.get(UnitOfWork).run((manager): Promise<T[]> => manager.query(query, parameters)),
    );
  }

  /** Resolves when everything that follows from what was done is done. @throws Error naming what is not. */
  async settled(withinMs = 15_000): Promise<void> {
    const until = Date.now() + withinMs;
    for (;;) {
      const waiting = await this.sql(`SELECT consumer, state, last_error FROM outbox LIMIT 5`);
      if (waiting.length === 0) return;
      if (Date.now() > until || waiting.some(({ state }) => state === 'attention')) {
        throw new Error(`Not done: ${JSON.stringify(waiting)}`);
      }
      await sleep(15);
    }
  }
}
