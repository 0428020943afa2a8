import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What somebody was typing when the window closed: for its author alone, never part of the case. */
export class KeepUnsavedReplies1795307400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE case_unsaved_reply (
        case_id uuid NOT NULL REFERENCES case_file (id),
        author text NOT NULL,
        office text NOT NULL,
        channel text NOT NULL,
        subject text NOT NULL,
        body text NOT NULL,
        kept_at timestamptz NOT NULL,
        PRIMARY KEY (case_id, author)
      );
      CREATE INDEX outgoing_message_recallable ON outgoing_message (case_id)
        WHERE status = 'queued' AND not_before IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX outgoing_message_recallable; DROP TABLE case_unsaved_reply`);
  }
}
