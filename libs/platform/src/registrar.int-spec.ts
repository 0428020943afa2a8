import { Injectable, type Provider } from '@nestjs/common';
import { Command, CommandHandler, CqrsModule, Query, QueryHandler } from '@nestjs/cqrs';
import { Test } from '@nestjs/testing';
import { createTestDatabase, type TestDatabase } from '../../../test/setup/database';
import { readConfig } from './config/config';
import { PlatformModule, type ContextDeclaration } from './platform.module';
import { Projection, Projects } from './projections/projection';
import { Consumer, Consumes } from './queue/consumer';
import { Engine } from './queue/engine';
import { lendingContext, LendingDatabase, LendingProcess, lendingProviders } from './testing/boot-lending.fixture';

class LendBook extends Command<void> {}
class FindBook extends Query<string> {}

@CommandHandler(LendBook)
class LendBookHandler {
  execute(): Promise<void> {
    return Promise.resolve();
  }
}
@CommandHandler(LendBook)
class LendBookTwiceHandler {
  execute(): Promise<void> {
    return Promise.resolve();
  }
}
@QueryHandler(FindBook)
class FindBookHandler {
  execute(): Promise<string> {
    return Promise.resolve('');
  }
}

class Idle extends Consumer {
  handle(): Promise<void> {
    return Promise.resolve();
  }
}
@Consumes({ name: 'lending.idle', queue: 'triage', events: ['lending.book-lent'] })
class IdleOne extends Idle {}
@Consumes({ name: 'lending.idle', queue: 'routing', events: ['lending.book-returned'] })
class SameName extends Idle {}
@Consumes({ name: 'lending.dreamer', queue: 'triage', events: ['lending.book-dreamt'] })
class WantsUnknown extends Idle {}
@Consumes({ name: 'lending.one', queue: 'triage', timers: ['lending.tea'] })
class TimerOne extends Idle {}
@Consumes({ name: 'lending.two', queue: 'triage', timers: ['lending.tea'] })
class TimerTwo extends Idle {}
@Consumes({ name: 'lending.deaf', queue: 'triage' })
class Deaf extends Idle {}

class Nothing extends Projection {
  apply(): Promise<void> {
    return Promise.resolve();
  }
}
@Projects({ name: 'lending.p', tables: ['p1'], events: [] })
class ProjectionOne extends Nothing {}
@Projects({ name: 'lending.p', tables: ['p2'], events: [] })
class ProjectionSameName extends Nothing {}
@Projects({ name: 'lending.q', tables: ['p2', 'p1'], events: [] })
class ProjectionSameTable extends Nothing {}
@Projects({ name: 'lending.r', tables: ['p3'], events: ['lending.book-dreamt'] })
class ProjectionWantsUnknown extends Nothing {}

@Injectable()
class Bystander {}

describe('the start of a process', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  async function start(context: Partial<ContextDeclaration>, providers: Provider[] = []): Promise<void> {
    const module = await Test.createTestingModule({
      imports: [
        CqrsModule.forRoot(),
        PlatformModule.register({
          config: readConfig({}),
          databaseUrl: database.url,
          contexts: [{ ...lendingContext, ...context }],
          onError: () => undefined,
          pools: { system: 1, requests: 1 },
        }),
      ],
      providers: [Bystander, ...providers],
    }).compile();
    try {
      await module.init();
    } finally {
      await module.close();
    }
  }

  it('goes ahead when every message has its handler', async () => {
    const messages = [LendBook, FindBook];
    await expect(start({ messages }, [LendBookHandler, FindBookHandler, IdleOne])).resolves.toBeUndefined();
  });

  it.each<[string, Partial<ContextDeclaration>, Provider[], string]>([
    ['a command without a handler', { messages: [LendBook] }, [], 'No handler for LendBook'],
    ['a query without a handler', { messages: [LendBook, FindBook] }, [LendBookHandler], 'No handler for FindBook'],
    [
      'a message with two handlers',
      { messages: [LendBook] },
      [LendBookHandler, LendBookTwiceHandler],
      'LendBook has two handlers: LendBookHandler and LendBookTwiceHandler',
    ],
    ['a handler of a message that nobody declared', {}, [LendBookHandler], 'LendBook'],
    ['two consumers of one name', {}, [IdleOne, SameName], 'Two consumers are called lending.idle'],
    ['a consumer that was provided twice', {}, [IdleOne, { provide: 'again', useClass: IdleOne }], 'Two consumers'],
    ['a consumer of an event that does not exist', {}, [WantsUnknown], 'lending.book-dreamt, which is not declared'],
    ['two consumers of one timer', {}, [TimerOne, TimerTwo], 'Two consumers carry out the timer lending.tea'],
    ['a consumer that wants nothing', {}, [Deaf], 'lending.deaf'],
    ['two projections of one name', {}, [ProjectionOne, ProjectionSameName], 'Two projections are called lending.p'],
    ['two projections that write one table', {}, [ProjectionOne, ProjectionSameTable], 'Two projections write p1'],
    ['a projection of an event that does not exist', {}, [ProjectionWantsUnknown], 'lending.book-dreamt'],
  ])('is refused for %s', async (_what, context, providers, told) => {
    await expect(start(context, providers)).rejects.toThrow(told);
  });

  it('is refused for an event type that two contexts declare', () => {
    expect(() =>
      PlatformModule.register({
        config: readConfig({}),
        databaseUrl: database.url,
        contexts: [lendingContext, lendingContext],
        onError: () => undefined,
      }),
    ).toThrow('is declared twice');
  });

  it('is refused for workers while work waits for a consumer that is gone', async () => {
    const lending = await LendingDatabase.create();
    const before = await LendingProcess.boot(lending.url);
    await before.asClerk(() => before.lending.join('r1'));
    await before.stop();
    const withoutGreeter = lendingProviders.filter(
      (provider) => (provider as { name?: string }).name !== 'GreetReader',
    );
    const after = await LendingProcess.boot(lending.url, { providers: withoutGreeter });
    await expect(after.get(Engine).start(() => undefined)).rejects.toThrow(
      'Work waits for consumers that do not exist: lending.greet-reader',
    );
    await after.stop();
    await lending.drop();
  });
});
