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
        priority text NOT NULL,
        risk_level text NOT NULL,
        status text NOT NULL,
        status_before_pause text,
        received_on date NOT NULL,
        -- The day the waiting counts from: receipt, or the reopening.
        waiting_since date NOT NULL,
        acknowledge_by date,
        acknowledged_on date,
        respond_by date,
        answered_on date,
        closed_on date,
        counted boolean NOT NULL,
        -- [{from, to}]: the first day not counted and the first counted again; net days need the days themselves.
        pauses jsonb NOT NULL DEFAULT '[]',
        PRIMARY KEY (case_id, position)
      );
      -- One current row per case, found by case when the next event comes.
      CREATE UNIQUE INDEX timeliness_history_current ON timeliness_history (case_id) WHERE recorded_to IS NULL;
      -- Leads to the rows that held at an instant without reading the history before it.
      CREATE INDEX timeliness_history_recorded ON timeliness_history (coalesce(recorded_to, 'infinity'::timestamptz));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE timeliness_history`);
  }
}
