import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the virus scanner said of each content, and what that means for the files that hold it. */
export class ScanContent1795307600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const statuses = `('unscanned', 'clean', 'infected', 'too-large')`;
    await runner.query(`
      ALTER TABLE stored_content
        ADD COLUMN scan_status text NOT NULL DEFAULT 'unscanned'
          CONSTRAINT stored_content_scan_status CHECK (scan_status IN ${statuses}),
        ADD COLUMN scan_finding text,
        ADD COLUMN scanned_at timestamptz,
        ADD COLUMN scan_attempts integer NOT NULL DEFAULT 0,
        -- Due from then on; while it is being scanned, the end of the lease.
        ADD COLUMN scan_after timestamptz NOT NULL DEFAULT '-infinity';
      -- What comes in from now on goes before what was there already.
      ALTER TABLE stored_content ALTER COLUMN scan_after SET DEFAULT clock_timestamp();
      CREATE INDEX stored_content_to_scan ON stored_content (scan_after) WHERE scan_status IN ('unscanned', 'too-large');

      ALTER TABLE message_attachment
        ADD COLUMN scan_finding text,
        ADD COLUMN scanned_at timestamptz,
        ADD CONSTRAINT message_attachment_scan_status CHECK (scan_status IN ${statuses});
      CREATE INDEX message_attachment_content ON message_attachment (office, sha256);
      CREATE INDEX message_attachment_unscanned ON message_attachment (office, sha256) WHERE scan_status = 'unscanned';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX message_attachment_unscanned, message_attachment_content, stored_content_to_scan;
      ALTER TABLE message_attachment DROP CONSTRAINT message_attachment_scan_status, DROP COLUMN scanned_at, DROP COLUMN scan_finding;
      UPDATE message_attachment SET scan_status = 'unscanned';
      ALTER TABLE stored_content DROP COLUMN scan_after, DROP COLUMN scan_attempts, DROP COLUMN scanned_at,
        DROP COLUMN scan_finding, DROP COLUMN scan_status;
    `);
  }
}
