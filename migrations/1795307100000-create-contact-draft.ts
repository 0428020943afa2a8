import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Letters that are being written on the contact form. Sealed with a key that only the writer's browser holds, so they
 * belong to no office yet: nobody here can read them.
 */
export class CreateContactDraft1795307100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE contact_draft (
        id bytea PRIMARY KEY,
        sealed bytea NOT NULL,
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL
      );
      CREATE TABLE contact_draft_file (
        id uuid PRIMARY KEY,
        draft_id bytea NOT NULL REFERENCES contact_draft (id) ON DELETE CASCADE,
        ordinal bigint GENERATED ALWAYS AS IDENTITY,
        size_bytes bigint NOT NULL,
        sealed_name bytea NOT NULL,
        sealed_content bytea NOT NULL
      );
      -- Sealed bytes do not compress.
      ALTER TABLE contact_draft_file ALTER COLUMN sealed_content SET STORAGE EXTERNAL;
      CREATE INDEX contact_draft_file_draft ON contact_draft_file (draft_id, ordinal);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE contact_draft_file, contact_draft`);
  }
}
