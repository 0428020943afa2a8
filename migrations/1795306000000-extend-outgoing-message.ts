import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What sending once needs: a lease on the message while it is sent, an undo window and the thread's references. */
export class ExtendOutgoingMessage1795306000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE outgoing_message
        ADD COLUMN from_name text,
        ADD COLUMN reference_ids text[] NOT NULL DEFAULT '{}',
        ADD COLUMN not_before timestamptz,
        -- Number of events of the message's stream.
        ADD COLUMN version integer NOT NULL DEFAULT 1,
        -- Which worker's attempt is sending; it keeps the lease alive, in the database's own time, as long as it lives.
        ADD COLUMN sending_token uuid,
        ADD COLUMN sending_lease_until timestamptz,
        -- The mail server took it; set at once, before the transaction that marks it sent.
        ADD COLUMN accepted_at timestamptz,
        DROP CONSTRAINT outgoing_message_status,
        ADD CONSTRAINT outgoing_message_status
          CHECK (status IN ('queued', 'sending', 'sent', 'uncertain', 'failed', 'bounced', 'cancelled'));

      DROP INDEX outgoing_message_recipient;
      CREATE INDEX outgoing_message_recipient ON outgoing_message (office, lower(to_address), queued_at) WHERE automatic;
      CREATE INDEX outgoing_message_list ON outgoing_message (office, queued_at, id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX outgoing_message_list;
      DROP INDEX outgoing_message_recipient;
      CREATE INDEX outgoing_message_recipient ON outgoing_message (office, to_address, queued_at) WHERE automatic;
      DELETE FROM outgoing_message WHERE status = 'cancelled';
      ALTER TABLE outgoing_message
        DROP CONSTRAINT outgoing_message_status,
        ADD CONSTRAINT outgoing_message_status
          CHECK (status IN ('queued', 'sending', 'sent', 'uncertain', 'failed', 'bounced')),
        DROP COLUMN from_name, DROP COLUMN reference_ids, DROP COLUMN not_before, DROP COLUMN version,
        DROP COLUMN sending_token, DROP COLUMN sending_lease_until, DROP COLUMN accepted_at;
    `);
  }
}
