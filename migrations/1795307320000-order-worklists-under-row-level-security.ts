import type { MigrationInterface, QueryRunner } from 'typeorm';

const DUE = `(CASE WHEN next_deadline IS NULL THEN 'infinity'::date ELSE next_deadline END)`;
const CLOSED = `(CASE WHEN closed_at IS NULL THEN 'infinity'::timestamptz ELSE closed_at END)`;

/**
 * Under row-level security a condition leads into an index only when nothing in it could leak: COALESCE and arithmetic
 * count as if they could, CASE does not. The order by priority stays a calculation: a late page of it reads the open
 * cases before it in the index, some milliseconds for ten thousand.
 */
export class OrderWorklistsUnderRowLevelSecurity1795307320000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX case_file_open_due, case_file_closed;
      -- The expressions are those of libs/casework/src/application/queries/case-sorts.ts, to the letter.
      CREATE INDEX case_file_open_due ON case_file (office, ${DUE}, id) WHERE closed_at IS NULL;
      CREATE INDEX case_file_closed ON case_file (office, ${CLOSED}, id) WHERE closed_at IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX case_file_open_due, case_file_closed;
      CREATE INDEX case_file_open_due ON case_file (office, coalesce(next_deadline, 'infinity'::date), id)
        WHERE closed_at IS NULL;
      CREATE INDEX case_file_closed ON case_file (office, coalesce(closed_at, 'infinity'::timestamptz), id)
        WHERE closed_at IS NOT NULL;
    `);
  }
}
