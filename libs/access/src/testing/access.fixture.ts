import { Test, type TestingModule } from '@nestjs/testing';
import { CqrsModule } from '@nestjs/cqrs';
import { PlatformModule, UnitOfWork, readConfig, runAs, systemCaller, type Caller } from '@app/platform';
import { createTestDatabase, type TestDatabase } from '../../../../test/setup/database';
import { AccessModule, accessContext } from '../access.module';

/** The access library alone on a database of its own. */
export class AccessUnderTest {
  readonly #open: TestingModule[] = [];

  private constructor(readonly database: TestDatabase) {}

  static async start(): Promise<AccessUnderTest> {
    return new AccessUnderTest(await createTestDatabase());
  }

  /** Another process on the same database. */
  async module(env: NodeJS.ProcessEnv = {}): Promise<TestingModule> {
    const module = await Test.createTestingModule({
      imports: [
        CqrsModule.forRoot(),
        PlatformModule.register({
          config: readConfig({ POSTBAG_SECRET: 'a secret of at least thirty-two bytes', ...env }),
          databaseUrl: this.database.url,
          contexts: [accessContext],
          onError: () => undefined,
          pools: { system: 4, requests: 4 },
        }),
        AccessModule,
      ],
    }).compile();
    await module.init();
    this.#open.push(module);
    return module;
  }

  async stop(): Promise<void> {
    for (const module of this.#open) await module.close();
    await this.database.drop();
  }

  sql<T>(module: TestingModule, query: string, parameters: unknown[] = []): Promise<T[]> {
    return runAs(systemCaller('test'), () =>
      module.get(UnitOfWork).run((manager): Promise<T[]> => manager.query(query, parameters)),
    );
  }
}

/** Somebody who sends a request. */
export function caller(role: string, offices: readonly string[], id = 'p-1'): Caller {
  return {
    actor: { kind: 'person', id },
    role,
    offices,
    system: false,
    correlationId: 'request-1',
    causationId: null,
  };
}

/** Somebody whom nobody knows yet. */
export const STRANGER: Caller = { ...caller('public', []), actor: { kind: 'public', id: 'anonymous' } };
