import { Test, type TestingModule } from '@nestjs/testing';
import type { Provider } from '@nestjs/common';
import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../../../../test/setup/database';
import { readConfig } from '../config/config';
import type { EventDeclaration } from '../events/event-catalogue';
import { runAs, systemCaller, type Caller } from '../persistence/caller';
import { UnitOfWork } from '../persistence/unit-of-work';
import { PlatformModule, type ContextDeclaration } from '../platform.module';
import { Engine } from '../queue/engine';
import { CountLoan, Effects, Faults, GreetReader, Remind, ShelfProjection } from './lending-consumers.fixture';
import { Lending, LENDING_TABLES, OFFICE } from './lending.fixture';

const events: Readonly<Record<string, EventDeclaration>> = {
  'lending.book-acquired': { schemaVersion: 1 },
  'lending.book-lent': { schemaVersion: 1 },
  'lending.book-returned': { schemaVersion: 1 },
  'lending.reader-joined': { schemaVersion: 1 },
};

export const lendingContext: ContextDeclaration = { events, messages: [], entities: [] };
export const lendingProviders: Provider[] = [Lending, Effects, Faults, CountLoan, GreetReader, Remind, ShelfProjection];

/** A member of staff of one office. */
export const clerk: Caller = {
  actor: { kind: 'person', id: 'clerk-1' },
  role: 'caseworker',
  offices: [OFFICE],
  system: false,
  correlationId: '6c6f7b6e-0000-4000-8000-000000000001',
  causationId: null,
};

export interface LendingOptions {
  readonly redisUrl?: string | null;
  /** Another way to the same database, for queues and LISTEN. */
  readonly directUrl?: string;
  readonly queuePrefix?: string;
  readonly context?: ContextDeclaration;
  readonly providers?: Provider[];
  readonly pools?: { readonly system: number; readonly requests: number };
}

/** One process of the small library's system. */
export class LendingProcess {
  private constructor(
    readonly module: TestingModule,
    readonly errors: unknown[],
  ) {}

  static async boot(databaseUrl: string, options: LendingOptions = {}): Promise<LendingProcess> {
    const errors: unknown[] = [];
    const module = await Test.createTestingModule({
      imports: [
        PlatformModule.register({
          config: readConfig({ REDIS_URL: options.redisUrl ?? '', DATABASE_DIRECT_URL: options.directUrl ?? '' }),
          databaseUrl,
          contexts: [options.context ?? lendingContext],
          onError: (_what, error) => errors.push(error),
          pools: options.pools ?? { system: 8, requests: 4 },
          ...(options.queuePrefix ? { queuePrefix: options.queuePrefix } : {}),
        }),
      ],
      providers: options.providers ?? lendingProviders,
    }).compile();
    const process = new LendingProcess(module, errors);
    try {
      await module.init();
    } catch (error) {
      await process.stop();
      throw error;
    }
    return process;
  }

  get lending(): Lending {
    return this.module.get(Lending);
  }

  get faults(): Faults {
    return this.module.get(Faults);
  }

  get<T>(type: abstract new (...parameters: never[]) => T): T {
    return this.module.get<T>(type);
  }

  /** Relay, sequencer, timers, sweeps and workers. */
  async startEngine(): Promise<void> {
    await this.get(Engine).start((_what, error) => this.errors.push(error));
  }

  stop(): Promise<void> {
    return this.module.close();
  }

  asSystem<T>(work: () => Promise<T>): Promise<T> {
    return runAs(systemCaller('test'), work);
  }

  asClerk<T>(work: () => Promise<T>): Promise<T> {
    return runAs(clerk, work);
  }

  /** Work in a transaction of the system's. */
  inTransaction<T>(work: () => Promise<T>): Promise<T> {
    return this.asSystem(() => this.get(UnitOfWork).run(work));
  }
}

/** A test database with the small library's tables, and a connection of the owner's own to look and to tamper. */
export class LendingDatabase {
  private constructor(
    private readonly database: TestDatabase,
    readonly client: Client,
  ) {}

  static async create(): Promise<LendingDatabase> {
    const database = await createTestDatabase();
    const client = new Client({ connectionString: database.url });
    client.on('error', () => undefined);
    await client.connect();
    await client.query(LENDING_TABLES);
    return new LendingDatabase(database, client);
  }

  get url(): string {
    return this.database.url;
  }

  async rows<T extends object = Record<string, unknown>>(sql: string, parameters: unknown[] = []): Promise<T[]> {
    return (await this.client.query<T>(sql, parameters)).rows;
  }

  async drop(): Promise<void> {
    await this.client.end();
    await this.database.drop();
  }
}
