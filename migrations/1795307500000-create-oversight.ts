import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who wants the daily mail, and a way to find what one person has read. */
export class CreateOversight1795307500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- A choice of one's own; without a row managers get the mail and others do not.
      CREATE TABLE digest_choice (
        person_id uuid PRIMARY KEY REFERENCES person,
        wanted boolean NOT NULL,
        changed_at timestamptz NOT NULL DEFAULT clock_timestamp()
      );
      ALTER TABLE digest_choice ENABLE ROW LEVEL SECURITY;
      CREATE POLICY own ON digest_choice
        USING (person_id::text = (SELECT regexp_replace(current_setting('postbag.actor', true), '^[a-z]+:', ''))) WITH CHECK (person_id::text = (SELECT regexp_replace(current_setting('postbag.actor', true), '^[a-z]+:', '')));

      CREATE INDEX access_record_actor ON access_record (actor, id);
      CREATE INDEX access_record_case_id ON access_record (case_id, id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX access_record_case_id, access_record_actor;
      DROP TABLE digest_choice;
    `);
  }
}
