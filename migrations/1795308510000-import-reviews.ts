import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Open reviews are taken over from a spreadsheet: read, tried, then carried out row by row. */
export class ImportReviews1795308510000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE review_import (
        id uuid PRIMARY KEY,
        office text NOT NULL,
        filename text NOT NULL,
        headers jsonb NOT NULL,
        mapping jsonb NOT NULL,
        -- On whose authority each review is opened.
        actor_kind text NOT NULL,
        actor text NOT NULL,
        role text NOT NULL,
        created_at timestamptz NOT NULL,
        started_at timestamptz,
        finished_at timestamptz
      );
      CREATE INDEX review_import_office ON review_import (office, created_at);
      SELECT protect_case_table('review_import');

      -- What the sheet said, until the row is settled: then only what became of it is kept.
      CREATE TABLE review_import_row (
        import_id uuid NOT NULL REFERENCES review_import (id),
        line integer NOT NULL,
        office text NOT NULL,
        cells jsonb,
        old_reference text,
        outcome text CONSTRAINT review_import_row_outcome CHECK (outcome IN ('taken', 'there-already', 'refused')),
        message text,
        reference text,
        PRIMARY KEY (import_id, line)
      );
      CREATE INDEX review_import_row_waiting ON review_import_row (import_id, line) WHERE outcome IS NULL;
      SELECT protect_case_table('review_import_row');

      -- One case for one reference of the office's old list, however often the list is read.
      CREATE TABLE review_taken_over (
        office text NOT NULL,
        old_reference text NOT NULL,
        reference text NOT NULL,
        import_id uuid NOT NULL REFERENCES review_import (id),
        PRIMARY KEY (office, old_reference)
      );
      CREATE INDEX review_taken_over_import ON review_taken_over (import_id);
      SELECT protect_case_table('review_taken_over');

      CREATE TABLE review_import_mapping (
        office text PRIMARY KEY,
        mapping jsonb NOT NULL
      );
      SELECT protect_case_table('review_import_mapping');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE review_import_mapping, review_taken_over, review_import_row, review_import`);
  }
}
