import { DataSource } from 'typeorm';
import { caseworkContext } from '@app/casework';
import type { ContextDeclaration } from '@app/platform';
import { createTestDatabase, type TestDatabase } from './setup/database';

const contexts: readonly ContextDeclaration[] = [caseworkContext];

describe('the migrated schema', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it('has every column that the row classes describe', async () => {
    const entities = contexts.flatMap((context) => context.entities) as never[];
    expect(entities).not.toEqual([]);
    const source = await new DataSource({ type: 'postgres', url: database.url, entities }).initialize();
    try {
      const { upQueries } = await source.driver.createSchemaBuilder().log();
      // Checks and indexes are written by hand in migrations, so TypeORM would drop them; anything else is drift.
      const handWritten = /DROP CONSTRAINT|DROP INDEX/;
      expect(upQueries.map((query) => query.query).filter((sql) => !handWritten.test(sql))).toEqual([]);
    } finally {
      await source.destroy();
    }
  });
});
