import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { LoadDemonstrationPeople } from '@app/access';
import { CompositionModule } from '@app/composition';
import { configureHttp, createFastifyAdapter, HttpModule, ThrottleLimits } from '@app/http';
import { readConfig, runAs, systemCaller, UnitOfWork, type Config } from '@app/platform';
import { ApiModule } from '../../apps/api/src/api.module';
import { setUpApi } from '../../apps/api/src/set-up-api';
import { setUpWeb } from '../../apps/web/src/set-up-web';
import { WebModule } from '../../apps/web/src/web.module';
import { createTestDatabase, type TestDatabase } from './database';

@Module({})
class PagesUnderTest {
  static register(config: Config, databaseUrl: string): DynamicModule {
    const pools = { system: 4, requests: 8 };
    const composition = CompositionModule.register({ config, databaseUrl, onError: () => undefined, pools });
    return { module: PagesUnderTest, imports: [composition, HttpModule, ApiModule, WebModule] };
  }
}

/** Pages and API behind their real HTTP interface, with the people of the demonstration. Nothing works in the background. */
export class RunningPages {
  private constructor(
    readonly app: NestFastifyApplication,
    readonly url: string,
    private readonly database: TestDatabase,
    private readonly folder: string,
  ) {}

  static async start(port: number, env: NodeJS.ProcessEnv = {}): Promise<RunningPages> {
    const folder = await mkdtemp(join(tmpdir(), 'postbag-pages-'));
    const database = await createTestDatabase();
    const url = `http://127.0.0.1:${String(port)}`;
    const config = readConfig({ LOG_LEVEL: 'silent', POSTBAG_DATA: folder, PUBLIC_URL: url, ...env });
    const app = await NestFactory.create<NestFastifyApplication>(
      PagesUnderTest.register(config, database.url),
      createFastifyAdapter(config),
      { bufferLogs: true, abortOnError: false },
    );
    // A test is one address that does the work of many.
    Object.assign(app.get(ThrottleLimits), { publicWrites: 10_000, failedSignIns: 10_000 });
    await configureHttp(app);
    await setUpApi(app);
    await setUpWeb(app);
    await app.listen(port, '127.0.0.1');
    if (config.demo) await app.get(LoadDemonstrationPeople).run();
    return new RunningPages(app, url, database, folder);
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.database.drop();
    await rm(this.folder, { recursive: true, force: true });
  }

  sql<T = Record<string, unknown>>(query: string, parameters: unknown[] = []): Promise<T[]> {
    return runAs(systemCaller('test'), () =>
      this.app.get(UnitOfWork).run((manager): Promise<T[]> => manager.query(query, parameters)),
    );
  }
}

/** A port that is free now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
