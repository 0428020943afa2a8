import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who changed the configuration, how and why; calendars that were proposed and are not yet in force. */
export class AttributeConfigurationChanges1795307200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The rows of one decision share a revision, counted for each kind, key and office.
      ALTER TABLE configuration_entry
        ADD COLUMN revision integer NOT NULL DEFAULT 1,
        ADD COLUMN action text NOT NULL DEFAULT 'shipped',
        ADD COLUMN reason text;
      UPDATE configuration_entry e SET revision = counted.revision
        FROM (SELECT id, row_number() OVER (PARTITION BY kind, key, office ORDER BY changed_at, valid_from, version) AS revision
                FROM configuration_entry) counted
       WHERE counted.id = e.id AND counted.revision > 1;
      CREATE INDEX configuration_entry_revision ON configuration_entry (kind, key, revision);

      ALTER TABLE holiday_calendar ADD COLUMN reason text;
      CREATE TABLE holiday_import (
        id uuid PRIMARY KEY,
        holidays jsonb NOT NULL,
        source text NOT NULL,
        base_version integer NOT NULL,
        created_by text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp()
      );

      -- What was in force stays on record: a change is another row.
      REVOKE UPDATE, DELETE, TRUNCATE ON configuration_entry, holiday_calendar FROM postbag_app;
      REVOKE UPDATE, TRUNCATE ON holiday_import FROM postbag_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE holiday_import;
      ALTER TABLE holiday_calendar DROP COLUMN reason;
      ALTER TABLE configuration_entry DROP COLUMN revision, DROP COLUMN action, DROP COLUMN reason;
      GRANT UPDATE, DELETE ON configuration_entry, holiday_calendar TO postbag_app;
    `);
  }
}
