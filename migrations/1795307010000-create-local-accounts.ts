import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What people prove themselves with. The role that serves requests may not even read it: sign-in works on the owner's
 * connection.
 */
export class CreateLocalAccounts1795307010000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE local_account (
        person_id uuid PRIMARY KEY REFERENCES person,
        password_hash text NOT NULL,
        -- A one-time password, given by an administrator: it opens nothing but the page that changes it.
        must_change boolean NOT NULL,
        password_set_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        -- Sealed with the secret of the installation; without it nobody can make codes from a stolen database.
        totp_secret bytea,
        totp_confirmed_at timestamptz,
        totp_last_step bigint
      );

      CREATE TABLE recovery_code (
        person_id uuid NOT NULL REFERENCES person,
        code_hash bytea NOT NULL,
        used_at timestamptz,
        PRIMARY KEY (person_id, code_hash)
      );

      -- Failures by account and by address. Keys are keyed digests, so the table names nobody, and has rows for
      -- accounts that do not exist as well.
      CREATE TABLE sign_in_hindrance (
        key bytea PRIMARY KEY,
        failures integer NOT NULL,
        last_failed_at timestamptz NOT NULL,
        blocked_until timestamptz
      );
      CREATE INDEX sign_in_hindrance_age ON sign_in_hindrance (last_failed_at);

      CREATE TABLE external_identity (
        issuer text NOT NULL,
        subject text NOT NULL,
        person_id uuid NOT NULL REFERENCES person,
        linked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (issuer, subject),
        CONSTRAINT external_identity_person UNIQUE (person_id, issuer)
      );

      REVOKE ALL ON local_account, recovery_code, sign_in_hindrance, external_identity FROM postbag_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE external_identity, sign_in_hindrance, recovery_code, local_account`);
  }
}
