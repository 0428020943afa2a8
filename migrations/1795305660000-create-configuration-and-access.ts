import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Dated configuration, holiday calendars, API tokens and the record of reading. */
export class CreateConfigurationAndAccess1795305660000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- One row per version of an entry; the newest version that is not retired and covers the day is in force.
      CREATE TABLE configuration_entry (
        id uuid PRIMARY KEY,
        kind text NOT NULL,
        key text NOT NULL,
        office text,
        version integer NOT NULL,
        valid_from date NOT NULL,
        valid_to date,
        data jsonb NOT NULL,
        retired boolean NOT NULL DEFAULT false,
        changed_by text NOT NULL,
        changed_at timestamptz NOT NULL DEFAULT clock_timestamp()
      );
      CREATE UNIQUE INDEX configuration_entry_version
        ON configuration_entry (kind, key, coalesce(office, ''), valid_from, version);

      CREATE TABLE holiday_calendar (
        version integer PRIMARY KEY,
        holidays jsonb NOT NULL,
        source text NOT NULL,
        created_by text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp()
      );

      CREATE TABLE api_token (
        id uuid PRIMARY KEY,
        token_hash bytea NOT NULL CONSTRAINT api_token_hash UNIQUE,
        label text NOT NULL,
        role text NOT NULL,
        offices text[] NOT NULL,
        created_by text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        expires_at timestamptz NOT NULL,
        revoked_at timestamptz
      );

      CREATE TABLE access_record (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        at timestamptz NOT NULL DEFAULT clock_timestamp(),
        actor text NOT NULL,
        office text,
        case_id uuid,
        action text NOT NULL,
        correlation_id text NOT NULL
      );
      CREATE INDEX access_record_case ON access_record (case_id, at);
      REVOKE UPDATE, DELETE, TRUNCATE ON access_record FROM postbag_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE access_record, api_token, holiday_calendar, configuration_entry`);
  }
}
