import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Raw items as received and the ledger that accounts for each of them. */
export class CreateIntake1795305720000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Content-addressed within an office; up to 1 MB here, larger in the file store (bytes IS NULL).
      CREATE TABLE stored_content (
        office text NOT NULL,
        sha256 bytea NOT NULL,
        size_bytes bigint NOT NULL,
        bytes bytea,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (office, sha256)
      );
      ALTER TABLE stored_content ALTER COLUMN bytes SET STORAGE EXTERNAL;
      REVOKE UPDATE, DELETE, TRUNCATE ON stored_content FROM postbag_app;

      -- The ledger: one row per distinct item. outcome is null until the item is on a case.
      CREATE TABLE intake_item (
        id uuid PRIMARY KEY,
        office text NOT NULL,
        source text NOT NULL CONSTRAINT intake_item_source CHECK (source IN ('smtp', 'api', 'web-form', 'import')),
        mailbox text NOT NULL,
        channel text NOT NULL,
        sha256 bytea NOT NULL,
        size_bytes bigint NOT NULL,
        envelope_from text,
        envelope_to text[] NOT NULL DEFAULT '{}',
        received_at timestamptz NOT NULL,
        received_on date NOT NULL,
        outcome text,
        case_id uuid,
        filed_at timestamptz
      );
      -- One mail is mailbox + SHA-256 of the octets; other channels deduplicate by Idempotency-Key alone.
      CREATE UNIQUE INDEX intake_item_mail ON intake_item (mailbox, sha256) WHERE source = 'smtp';
      CREATE INDEX intake_item_received ON intake_item (received_on, office);
      CREATE INDEX intake_item_unfiled ON intake_item (received_at) WHERE outcome IS NULL;
      CREATE INDEX intake_item_case ON intake_item (case_id);

      -- A repeat of the same octets is counted, never filed again.
      CREATE TABLE intake_redelivery (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        office text NOT NULL,
        item_id uuid NOT NULL REFERENCES intake_item (id),
        received_at timestamptz NOT NULL,
        received_on date NOT NULL
      );
      CREATE INDEX intake_redelivery_received ON intake_redelivery (received_on, office);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE intake_redelivery, intake_item, stored_content`);
  }
}
