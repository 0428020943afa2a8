import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The projection that figures of reviews are counted from, as of any past date. */
export class CreateReviewHistory1795308600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE review_history (
        case_id uuid NOT NULL,
        recorded_from timestamptz NOT NULL,
        recorded_to timestamptz,
        position bigint NOT NULL,
        office text NOT NULL,
        received_on date NOT NULL,
        -- The last day that it speaks of once nothing more is waited for; null while something is.
        quiet_since date,
        -- Ids, codes and days, as text: so that equal states are equal however they were put together.
        facts json NOT NULL,
        PRIMARY KEY (case_id, position)
      );
      -- One current row per review, found by its case when the next event comes.
      CREATE UNIQUE INDEX review_history_current ON review_history (case_id) WHERE recorded_to IS NULL;
      CREATE INDEX review_history_recorded ON review_history (coalesce(recorded_to, 'infinity'::timestamptz));
      -- Counts of an office leave nothing out; who may not know of a case is not told its reference.
      SELECT protect_case_table('review_history');

      -- What is known of every case in case it turns out to be a review, and of which case a recommendation is.
      CREATE TABLE review_history_key (
        key uuid PRIMARY KEY,
        case_id uuid NOT NULL,
        office text NOT NULL,
        start json
      );
      SELECT protect_case_table('review_history_key', 'case_id');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE review_history_key, review_history`);
  }
}
