import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The timeliness projection: one row per case and interval of recorded time, so that any past date can be asked. */
export class CreateTimeliness1795305840000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE timeliness_history (
        case_id uuid NOT NULL,
        recorded_from timestamptz NOT NULL,
        recorded_to timestamptz,
        position bigint NOT NULL,
        office text NOT NULL,
        reference text NOT NULL,
        kind text NOT NULL,
        channel text NOT NULL,
        category text,
        queue text,
        assignee text,
        status text NOT NULL,
        received_on date NOT NULL,
        acknowledge_by date,
        acknowledged_on date,
        respond_by date,
        answered_on date,
        closed_on date,
        counted boolean NOT NULL,
        paused_days integer NOT NULL DEFAULT 0,
        paused_on date,
        PRIMARY KEY (case_id, position)
      );
      CREATE INDEX timeliness_history_current ON timeliness_history (office, received_on) WHERE recorded_to IS NULL;
      CREATE INDEX timeliness_history_recorded ON timeliness_history (recorded_from, recorded_to);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE timeliness_history`);
  }
}
