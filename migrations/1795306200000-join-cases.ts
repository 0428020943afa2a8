import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A case that turned out to be part of another one's conversation says where it goes on. */
export class JoinCases1795306200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE case_file ADD COLUMN joined_to uuid REFERENCES case_file (id);
      -- What came in on a case is found by the case when it moves.
      CREATE INDEX mail_thread_id_case ON mail_thread_id (case_id);
      CREATE INDEX mail_thread_reference_case ON mail_thread_reference (case_id);
      CREATE INDEX risk_alert_case ON risk_alert (case_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX risk_alert_case, mail_thread_reference_case, mail_thread_id_case;
      ALTER TABLE case_file DROP COLUMN joined_to;
    `);
  }
}
