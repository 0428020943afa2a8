import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Saved views of the worklist, actions on many cases at once, and searches that are kept out of addresses. */
export class CreateWorklist1795307310000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- A view is a preference, not history: rows without events. The query holds codes, ids and days, never words.
      CREATE TABLE saved_view (
        id uuid PRIMARY KEY,
        owner text NOT NULL,
        -- Whose people see it besides its owner; null: nobody.
        office text,
        name text NOT NULL,
        query text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        updated_at timestamptz NOT NULL DEFAULT clock_timestamp()
      );
      CREATE UNIQUE INDEX saved_view_name ON saved_view (owner, lower(name));
      CREATE INDEX saved_view_office ON saved_view (office) WHERE office IS NOT NULL;
      CREATE TABLE default_view (
        person text PRIMARY KEY,
        view_id uuid NOT NULL REFERENCES saved_view (id) ON DELETE CASCADE
      );
      CREATE INDEX default_view_view ON default_view (view_id);

      CREATE TABLE bulk_action (
        id uuid PRIMARY KEY,
        kind text NOT NULL CONSTRAINT bulk_action_kind CHECK (kind IN ('allocate', 'transfer', 'close', 'link')),
        -- The person, queue, reason or case that each case gets.
        argument text NOT NULL,
        -- On whose authority each case is changed.
        actor_kind text NOT NULL,
        actor text NOT NULL,
        role text NOT NULL,
        offices text[] NOT NULL,
        total integer NOT NULL,
        started_at timestamptz NOT NULL,
        finished_at timestamptz
      );
      CREATE INDEX bulk_action_actor ON bulk_action (actor, started_at);
      CREATE TABLE bulk_action_case (
        bulk_action_id uuid NOT NULL REFERENCES bulk_action (id),
        n integer NOT NULL,
        reference text NOT NULL,
        outcome text CONSTRAINT bulk_action_case_outcome CHECK (outcome IN ('done', 'refused')),
        message text,
        settled_at timestamptz,
        PRIMARY KEY (bulk_action_id, n)
      );
      CREATE INDEX bulk_action_case_waiting ON bulk_action_case (bulk_action_id, n) WHERE outcome IS NULL;

      -- What somebody searched for may be a name: the address of the results holds this id only, for a few hours.
      CREATE TABLE search_session (
        id uuid PRIMARY KEY,
        actor text NOT NULL,
        query text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp()
      );
      CREATE INDEX search_session_age ON search_session (created_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE search_session, bulk_action_case, bulk_action, default_view, saved_view`);
  }
}
