import { Test, type TestingModule } from '@nestjs/testing';
import { CompositionModule } from '@app/composition';
import { Database, readConfig } from '@app/platform';
import { createTestDatabase, type TestDatabase } from './setup/database';

describe('the migrated schema', () => {
  let database: TestDatabase;
  let module: TestingModule;

  beforeAll(async () => {
    database = await createTestDatabase();
    const platform = { config: readConfig({}), databaseUrl: database.url, onError: () => undefined };
    module = await Test.createTestingModule({ imports: [CompositionModule.register(platform)] }).compile();
  });
  afterAll(async () => {
    await module.close();
    await database.drop();
  });

  it('has every column that the row classes of all contexts describe', async () => {
    const { system } = module.get(Database);
    expect(system.entityMetadatas.map(({ tableName }) => tableName)).toContain('case_file');
    const { upQueries } = await system.driver.createSchemaBuilder().log();
    // Checks and indexes are written by hand in migrations, so TypeORM would drop them; anything else is drift.
    const handWritten = /DROP CONSTRAINT|DROP INDEX/;
    expect(upQueries.map(({ query }) => query).filter((sql) => !handWritten.test(sql))).toEqual([]);
  });
});
