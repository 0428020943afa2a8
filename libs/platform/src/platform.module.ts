import { Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Clock } from '@app/kernel';
import { join } from 'node:path';
import type { EntityTarget, ObjectLiteral } from 'typeorm';
import { Attention } from './attention/attention';
import { Config } from './config/config';
import { EventCatalogue, type EventDeclaration } from './events/event-catalogue';
import { EventFeed } from './events/event-feed';
import { EventStore } from './events/event-store';
import { Sequencer } from './events/sequencer';
import { LogVerifier } from './events/verify-log';
import { EventHistory } from './history/event-history';
import { Idempotency } from './idempotency/idempotency';
import { OutboxRelay } from './outbox/relay';
import { Wake } from './outbox/wake';
import { BusinessClock } from './persistence/business-clock';
import { Database } from './persistence/database';
import { Housekeeping, PASSING_ROWS, PLATFORM_PASSING_ROWS, type PassingRows } from './persistence/housekeeping';
import { UnitOfWork } from './persistence/unit-of-work';
import { ProjectionRunner } from './projections/projection-runner';
import { ConsumerRunner } from './queue/consumer-runner';
import { Engine } from './queue/engine';
import { QueueFactory } from './queue/queue-factory';
import { Subscriptions } from './queue/subscriptions';
import { MESSAGES, Registrar, type MessageClass } from './registrar';
import { ContentStore } from './storage/content-store';
import { Timers } from './timers/timers';

/** What a context brings to the platform. Every process composes the same contexts. */
export interface ContextDeclaration {
  readonly events: Readonly<Record<string, EventDeclaration>>;
  readonly messages: readonly MessageClass[];
  readonly entities: readonly EntityTarget<ObjectLiteral>[];
  /** Rows of its own that housekeeping removes after a time. */
  readonly passing?: readonly PassingRows[];
}

export interface PlatformOptions {
  readonly config: Config;
  /** The owner's URL: the embedded database's, or DATABASE_URL. */
  readonly databaseUrl: string;
  readonly contexts: readonly ContextDeclaration[];
  readonly onError: (what: string, error: unknown) => void;
  /** Connections of this process: see the budget in docs/operation.md. */
  readonly pools?: { readonly system: number; readonly requests: number };
  readonly queuePrefix?: string;
}

const platformEvents: Readonly<Record<string, EventDeclaration>> = {
  'platform.attention-retried': { schemaVersion: 1 },
  'platform.attention-dismissed': { schemaVersion: 1 },
};

class Closer implements OnApplicationShutdown {
  constructor(
    private readonly engine: Engine,
    private readonly queues: QueueFactory,
    private readonly wake: Wake,
    private readonly database: Database,
  ) {}

  /** Drains before it closes: loops first, then running jobs, the database last. */
  async onApplicationShutdown(): Promise<void> {
    await this.engine.stop();
    await this.queues.close();
    await this.wake.close();
    await this.database.close();
  }
}

const services = [
  UnitOfWork,
  EventStore,
  EventHistory,
  EventFeed,
  Sequencer,
  LogVerifier,
  Idempotency,
  OutboxRelay,
  ProjectionRunner,
  ConsumerRunner,
  Attention,
  Timers,
  Housekeeping,
  Engine,
];

@Module({})
export class PlatformModule {
  static register(options: PlatformOptions): DynamicModule {
    const { config, databaseUrl } = options;
    const directUrl = config.databaseDirectUrl ?? databaseUrl;
    const catalogue = new EventCatalogue().declare(platformEvents);
    for (const context of options.contexts) catalogue.declare(context.events);
    const provided = [
      { provide: Config, useValue: config },
      { provide: EventCatalogue, useValue: catalogue },
      { provide: Subscriptions, useValue: new Subscriptions() },
      { provide: MESSAGES, useValue: options.contexts.flatMap((context) => context.messages) },
      {
        provide: PASSING_ROWS,
        useValue: [...PLATFORM_PASSING_ROWS, ...options.contexts.flatMap((context) => context.passing ?? [])],
      },
      {
        provide: Database,
        useFactory: () =>
          new Database({
            url: databaseUrl,
            appUrl: config.databaseAppUrl,
            entities: options.contexts.flatMap((context) => context.entities),
            systemPool: options.pools?.system ?? 12,
            requestPool: options.pools?.requests ?? 12,
          }).open(),
      },
      {
        provide: Clock,
        inject: [Database],
        useFactory: async (database: Database): Promise<Clock> => {
          const clock = new BusinessClock(database);
          await clock.load();
          return clock;
        },
      },
      {
        provide: Wake,
        useFactory: async (): Promise<Wake> => {
          const wake = new Wake(directUrl);
          await wake.listen();
          return wake;
        },
      },
      {
        provide: QueueFactory,
        useFactory: () =>
          new QueueFactory({
            redisUrl: config.redisUrl,
            directUrl,
            onError: (error) => options.onError('queue', error),
            ...(options.queuePrefix ? { prefix: options.queuePrefix } : {}),
          }),
      },
      {
        provide: ContentStore,
        inject: [UnitOfWork],
        useFactory: (unitOfWork: UnitOfWork) => new ContentStore(join(config.dataFolder, 'files'), unitOfWork),
      },
    ];
    return {
      module: PlatformModule,
      global: true,
      imports: [DiscoveryModule],
      providers: [
        ...provided,
        ...services,
        Registrar,
        {
          provide: Closer,
          inject: [Engine, QueueFactory, Wake, Database],
          useFactory: (...parts: ConstructorParameters<typeof Closer>) => new Closer(...parts),
        },
      ],
      exports: [...provided.map(({ provide }) => provide), ...services],
    };
  }
}
