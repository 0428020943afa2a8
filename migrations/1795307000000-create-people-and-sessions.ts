import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * People, the roles they hold and their sessions. A request reads these and never writes them: whoever could write them
 * could make an administrator of himself. They are written on the owner's connection by the access library alone.
 */
export class CreatePeopleAndSessions1795307000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE person (
        id uuid PRIMARY KEY,
        name text NOT NULL,
        email text NOT NULL,
        version integer NOT NULL,
        added_at timestamptz NOT NULL DEFAULT clock_timestamp()
      );
      CREATE UNIQUE INDEX person_email ON person (lower(email));

      -- A role in an office from the first to the last day, both included; last day null: until further notice.
      CREATE TABLE role_held (
        person_id uuid NOT NULL REFERENCES person,
        role text NOT NULL,
        office text NOT NULL,
        valid_from date NOT NULL,
        valid_to date,
        PRIMARY KEY (person_id, role, office, valid_from),
        CONSTRAINT role_held_days CHECK (valid_to IS NULL OR valid_to >= valid_from)
      );
      CREATE INDEX role_held_office ON role_held (office, role);

      -- The cookie itself is kept nowhere, only its SHA-256. What a form must send back is derived from the cookie.
      CREATE TABLE session (
        id uuid PRIMARY KEY,
        token_hash bytea NOT NULL CONSTRAINT session_token_hash UNIQUE,
        person_id uuid NOT NULL REFERENCES person,
        method text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        last_seen_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        expires_at timestamptz NOT NULL,
        idle_seconds integer NOT NULL,
        ended_at timestamptz,
        end_reason text,
        external_token bytea
      );
      CREATE INDEX session_person ON session (person_id, created_at);

      REVOKE ALL ON person, role_held, session, api_token FROM postbag_app;
      GRANT SELECT ON person, role_held, api_token TO postbag_app;
      GRANT SELECT (id, token_hash, person_id, method, created_at, last_seen_at, expires_at, idle_seconds, ended_at)
        ON session TO postbag_app;
      -- That somebody was here is noted with every request.
      GRANT UPDATE (last_seen_at) ON session TO postbag_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      GRANT SELECT, INSERT, UPDATE, DELETE ON api_token TO postbag_app;
      DROP TABLE session, role_held, person;
    `);
  }
}
