import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What housekeeping looks for by age. Block ranges are enough: these rows come in the order of time. */
export class IndexPassingRows1795307920000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX inbox_age ON inbox USING brin (processed_at);
      CREATE INDEX idempotency_key_age ON idempotency_key USING brin (created_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX inbox_age, idempotency_key_age`);
  }
}
