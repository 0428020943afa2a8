import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A token may be allowed less than its role; null: everything that the role may do. */
export class LimitTokens1795307020000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE api_token ADD COLUMN permissions text[]`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE api_token DROP COLUMN permissions`);
  }
}
