import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Redacted renditions, kept beside what they were made from: what was covered, why, by whom, and the file that came of it. */
export class CreateRenditions1795308210000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE redacted_rendition (
        id uuid PRIMARY KEY,
        case_id uuid NOT NULL REFERENCES case_file (id),
        office text NOT NULL,
        source_kind text NOT NULL CONSTRAINT redacted_rendition_source CHECK (source_kind IN ('attachment', 'document', 'message')),
        source_id uuid NOT NULL,
        title text NOT NULL,
        status text NOT NULL CONSTRAINT redacted_rendition_status CHECK (status IN ('draft', 'kept', 'discarded')),
        version integer NOT NULL,
        -- Null for a text, which has no pages before it is printed.
        pages integer,
        unsearchable integer[] NOT NULL DEFAULT '{}',
        marks jsonb NOT NULL DEFAULT '[]',
        reasons text[] NOT NULL DEFAULT '{}',
        sha256 bytea,
        salt bytea NOT NULL,
        made_by text NOT NULL,
        made_at timestamptz NOT NULL,
        kept_by text,
        kept_at timestamptz,
        CONSTRAINT redacted_rendition_file CHECK (status <> 'kept' OR sha256 IS NOT NULL)
      );
      CREATE INDEX redacted_rendition_case ON redacted_rendition (case_id, made_at);
      SELECT protect_case_table('redacted_rendition', 'case_id');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE redacted_rendition`);
  }
}
