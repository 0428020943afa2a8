import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Following a case: what was asked for, the one-time links and the short sessions. Secrets stand here as hashes only. */
export class CreateFollow1795307910000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Kept until it is considered, moments later. The address stands here as a hash with the id.
      CREATE TABLE follow_request (
        id uuid PRIMARY KEY,
        reference text NOT NULL,
        address_hash bytea NOT NULL,
        asked_at timestamptz NOT NULL DEFAULT clock_timestamp()
      );
      CREATE TABLE follow_link (
        token_hash bytea PRIMARY KEY,
        office text NOT NULL,
        case_id uuid NOT NULL REFERENCES case_file (id),
        correspondent_id uuid NOT NULL,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        expires_at timestamptz NOT NULL,
        used_at timestamptz
      );
      CREATE INDEX follow_link_case ON follow_link (case_id, created_at);
      CREATE TABLE follow_session (
        token_hash bytea PRIMARY KEY,
        office text NOT NULL,
        case_id uuid NOT NULL REFERENCES case_file (id),
        correspondent_id uuid NOT NULL,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        expires_at timestamptz NOT NULL,
        ends_at timestamptz NOT NULL
      );
    `);
    // They show no content and are found by the hash of a secret, before it is known who asks: any caller of the office.
    for (const table of ['follow_link', 'follow_session']) {
      await runner.query(`
        ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
        CREATE POLICY own ON ${table}
          USING (office = ANY ((SELECT caller_offices())::text[]) AND NOT case_id = ANY ((SELECT hidden_cases())::uuid[]))
          WITH CHECK (office = ANY ((SELECT caller_offices())::text[]));
      `);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE follow_session, follow_link, follow_request`);
  }
}
