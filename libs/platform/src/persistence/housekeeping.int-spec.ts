import { randomUUID } from 'node:crypto';
import { Test, type TestingModule } from '@nestjs/testing';
import { createTestDatabase, type TestDatabase } from '../../../../test/setup/database';
import { readConfig } from '../config/config';
import { PlatformModule } from '../platform.module';
import { runAs, systemCaller } from './caller';
import { Housekeeping } from './housekeeping';
import { UnitOfWork } from './unit-of-work';

describe('Housekeeping', () => {
  let database: TestDatabase;
  let app: TestingModule;

  beforeAll(async () => {
    database = await createTestDatabase();
    app = await Test.createTestingModule({
      imports: [
        PlatformModule.register({
          config: readConfig({}),
          databaseUrl: database.url,
          contexts: [],
          onError: () => undefined,
          pools: { system: 2, requests: 2 },
        }),
      ],
    }).compile();
    await app.init();
  });

  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  const sql = <T>(text: string, values: unknown[] = []): Promise<T[]> =>
    runAs(systemCaller('test'), () => app.get(UnitOfWork).run((manager): Promise<T[]> => manager.query(text, values)));

  it('removes what has done its work and nothing that is younger, or that still waits', async () => {
    const ages = [29, 31, 89, 91];
    for (const age of ages) {
      const ago = `clock_timestamp() - interval '${String(age)} days'`;
      await sql(`INSERT INTO inbox VALUES ('c', $1, ${ago})`, [randomUUID()]);
      await sql(`INSERT INTO idempotency_key VALUES ('s', $1, '', 201, '{}', ${ago})`, [String(age)]);
      for (const fired of [ago, 'NULL']) {
        await sql(
          `INSERT INTO scheduled_action (id, kind, subject, due_at, fired_at) VALUES ($1, $2, $3, ${ago}, ${fired})`,
          [randomUUID(), fired === 'NULL' ? 'waits' : 'fired', String(age)],
        );
      }
    }
    const housekeeping = app.get(Housekeeping);
    while ((await housekeeping.sweep()) > 0);
    expect(await sql(`SELECT count(*)::int AS left FROM inbox`)).toEqual([{ left: 1 }]);
    expect(await sql(`SELECT key FROM idempotency_key ORDER BY key`)).toEqual(
      [29, 31, 89].map((age) => ({ key: String(age) })),
    );
    expect(await sql(`SELECT kind, count(*)::int AS left FROM scheduled_action GROUP BY 1 ORDER BY 1`)).toEqual([
      { kind: 'fired', left: 3 },
      { kind: 'waits', left: 4 },
    ]);
  });
});
