import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an applicant for a review said on the public form, beside the letter that it became. */
export class CreateReviewApplication1795308100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE review_application (
        case_id uuid PRIMARY KEY REFERENCES case_file (id),
        office text NOT NULL,
        -- What the statutory tests look at.
        particulars jsonb NOT NULL,
        -- The applicant's own words and choices.
        statement jsonb NOT NULL,
        applied_at timestamptz NOT NULL
      );
      CREATE INDEX review_application_office ON review_application (office);
      SELECT protect_case_table('review_application', 'case_id');

      -- Equality monitoring (R1.12): counts only. No row belongs to an application, and none says when in a quarter.
      CREATE TABLE equality_count (
        office text NOT NULL,
        quarter date NOT NULL,
        question text NOT NULL,
        answer text NOT NULL,
        number integer NOT NULL,
        PRIMARY KEY (office, quarter, question, answer)
      );
      SELECT protect_case_table('equality_count');

      -- One-time links to letters that are being written. The way to the letter is sealed with the link's own secret.
      CREATE TABLE contact_draft_link (
        id bytea PRIMARY KEY,
        draft_id bytea NOT NULL REFERENCES contact_draft (id) ON DELETE CASCADE,
        sealed bytea NOT NULL,
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL
      );
      CREATE INDEX contact_draft_link_draft ON contact_draft_link (draft_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE contact_draft_link, equality_count, review_application`);
  }
}
