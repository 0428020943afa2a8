import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { CompositionModule } from '@app/composition';
import { configureHttp, createFastifyAdapter, HttpModule } from '@app/http';
import { Engine, readConfig, runAs, systemCaller, UnitOfWork, type Config } from '@app/platform';
import { ApiModule } from '../../apps/api/src/api.module';
import { setUpApi } from '../../apps/api/src/set-up-api';
import { setUpWeb } from '../../apps/web/src/set-up-web';
import { WebModule } from '../../apps/web/src/web.module';
import { createTestDatabase, type TestDatabase } from './database';

/** What answers over HTTP, and how it is made ready. */
const PARTS = {
  api: { module: ApiModule, setUp: setUpApi },
  pages: { module: WebModule, setUp: setUpWeb },
} as const;

type Part = keyof typeof PARTS;

@Module({})
class AppUnderTest {
  static register(parts: readonly Part[], config: Config, databaseUrl: string): DynamicModule {
    const pools = { system: 8, requests: 8 };
    const composition = CompositionModule.register({ config, databaseUrl, onError: () => undefined, pools });
    return { module: AppUnderTest, imports: [composition, HttpModule, ...parts.map((part) => PARTS[part].module)] };
  }
}

export interface BootOptions {
  readonly parts: readonly Part[];
  readonly env?: NodeJS.ProcessEnv;
  /** Any free one by default. */
  readonly port?: number;
  /** Whether everything works in the background that works in a service. */
  readonly isWorking: boolean;
  /** Before anybody can ask anything of it. */
  readonly prepare?: (app: NestFastifyApplication) => void;
}

interface Booted {
  readonly app: NestFastifyApplication;
  readonly url: string;
  readonly database: TestDatabase;
  readonly folder: string;
}

/** The application in the process of the test, behind its real HTTP interface, with a database of its own. */
export class BootedApp {
  readonly app: NestFastifyApplication;
  readonly url: string;
  readonly #database: TestDatabase;
  readonly #folder: string;

  protected constructor({ app, url, database, folder }: Booted) {
    [this.app, this.url, this.#database, this.#folder] = [app, url, database, folder];
  }

  protected static async boot({ parts, env, port = 0, isWorking, prepare }: BootOptions): Promise<Booted> {
    const folder = await mkdtemp(join(tmpdir(), 'postbag-booted-'));
    const database = await createTestDatabase();
    const config = readConfig({ LOG_LEVEL: process.env.TEST_LOG ?? 'silent', POSTBAG_DATA: folder, ...env });
    const app = await NestFactory.create<NestFastifyApplication>(
      AppUnderTest.register(parts, config, database.url),
      createFastifyAdapter(config),
      { bufferLogs: true, abortOnError: false },
    );
    prepare?.(app);
    await configureHttp(app);
    for (const part of parts) await PARTS[part].setUp(app);
    await app.listen(port, '127.0.0.1');
    if (isWorking) await app.get(Engine).start(() => undefined);
    return { app, url: await app.getUrl(), database, folder };
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.#database.drop();
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** The owner's URL, for a session past the application. */
  get databaseUrl(): string {
    return this.#database.url;
  }

  /** As the application itself. */
  sql<T = Record<string, unknown>>(query: string, parameters: readonly unknown[] = []): Promise<T[]> {
    return runAs(systemCaller('test'), () =>
      this.app.get(UnitOfWork).run((manager): Promise<T[]> => manager.query(query, [...parameters])),
    );
  }
}
