import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { CompositionModule } from '@app/composition';
import { configureHttp, createFastifyAdapter, HttpModule } from '@app/http';
import { Engine, readConfig, runAs, systemCaller, UnitOfWork, type Config } from '@app/platform';
import { setUpWeb } from '../../apps/web/src/set-up-web';
import { WebModule } from '../../apps/web/src/web.module';
import { createTestDatabase, type TestDatabase } from './database';

@Module({})
class PagesUnderTest {
  static register(config: Config, databaseUrl: string): DynamicModule {
    const pools = { system: 8, requests: 8 };
    const composition = CompositionModule.register({ config, databaseUrl, onError: () => undefined, pools });
    return { module: PagesUnderTest, imports: [composition, HttpModule, WebModule] };
  }
}

export interface PageAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly location: string;
}

/** The pages behind their real HTTP interface, with everything that works in the background. */
export class RunningPublicPages {
  private constructor(
    readonly app: NestFastifyApplication,
    private readonly url: string,
    private readonly database: TestDatabase,
    private readonly folder: string,
  ) {}

  static async start(): Promise<RunningPublicPages> {
    const folder = await mkdtemp(join(tmpdir(), 'postbag-pages-'));
    const database = await createTestDatabase();
    const config = readConfig({ LOG_LEVEL: 'silent', POSTBAG_DATA: folder });
    const app = await NestFactory.create<NestFastifyApplication>(
      PagesUnderTest.register(config, database.url),
      createFastifyAdapter(config),
      { bufferLogs: true, abortOnError: false },
    );
    await configureHttp(app);
    await setUpWeb(app);
    await app.listen(0, '127.0.0.1');
    await app.get(Engine).start(() => undefined);
    return new RunningPublicPages(app, await app.getUrl(), database, folder);
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.database.drop();
    await rm(this.folder, { recursive: true, force: true });
  }

  visitor(): Visitor {
    return new Visitor(this.url);
  }

  sql<T extends object>(query: string, parameters: unknown[] = []): Promise<T[]> {
    return runAs(systemCaller('test'), () =>
      this.app.get(UnitOfWork).run((manager): Promise<T[]> => manager.query(query, parameters)),
    );
  }
}

/** A browser without a screen: keeps cookies, follows no redirect by itself. */
export class Visitor {
  readonly #cookies = new Map<string, string>();

  constructor(private readonly url: string) {}

  get(path: string): Promise<PageAnswer> {
    return this.send('GET', path);
  }

  post(path: string, fields: Readonly<Record<string, string>>, files: readonly File[] = []): Promise<PageAnswer> {
    if (files.length === 0) return this.send('POST', path, new URLSearchParams(fields));
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    for (const file of files) form.append('files', file);
    return this.send('POST', path, form);
  }

  private async send(method: string, path: string, body?: URLSearchParams | FormData): Promise<PageAnswer> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(`${this.url}${path}`, {
      method,
      redirect: 'manual',
      headers: { accept: 'text/html', cookie },
      ...(body ? { body } : {}),
    });
    for (const set of response.headers.getSetCookie()) {
      const [pair = ''] = set.split(';');
      const at = pair.indexOf('=');
      if (/max-age=0/i.test(set)) this.#cookies.delete(pair.slice(0, at));
      else this.#cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    const { status, headers } = response;
    return { status, headers, text: await response.text(), location: headers.get('location') ?? '' };
  }
}
