import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The event log, outbox, inbox, timers, attention rows, checkpoints and the role that requests run under. */
export class CreateEventCore1795305600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DO $$ BEGIN
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'postbag_app') THEN CREATE ROLE postbag_app NOLOGIN; END IF;
        IF NOT pg_has_role(current_user, 'postbag_app', 'MEMBER') THEN EXECUTE format('GRANT postbag_app TO %I', current_user); END IF;
      END $$;
      GRANT USAGE ON SCHEMA public TO postbag_app;
      ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO postbag_app;
      ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO postbag_app;

      CREATE TABLE instance_setting (
        key text PRIMARY KEY,
        value jsonb NOT NULL
      );

      -- Business time: the offset is stored once (POSTBAG_CLOCK), so that every process and SQL agree.
      CREATE FUNCTION business_now() RETURNS timestamptz LANGUAGE sql STABLE AS $$
        SELECT clock_timestamp() + coalesce((SELECT (value #>> '{}')::interval FROM instance_setting WHERE key = 'clock-offset'), interval '0')
      $$;

      CREATE TABLE stream_head (
        stream text PRIMARY KEY,
        office text,
        version integer NOT NULL,
        hash bytea NOT NULL
      );

      CREATE TABLE event_log (
        seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        id uuid NOT NULL CONSTRAINT event_log_id UNIQUE,
        stream text NOT NULL,
        version integer NOT NULL,
        type text NOT NULL,
        schema_version integer NOT NULL,
        office text,
        data jsonb NOT NULL,
        metadata jsonb NOT NULL,
        effective_at timestamptz NOT NULL,
        recorded_at timestamptz NOT NULL,
        hash bytea NOT NULL,
        position bigint,
        CONSTRAINT event_log_stream_version UNIQUE (stream, version)
      );
      CREATE UNIQUE INDEX event_log_position ON event_log (position) WHERE position IS NOT NULL;
      CREATE INDEX event_log_unnumbered ON event_log (seq) WHERE position IS NULL;

      -- History is append-only: only the sequencer's number may be added, once.
      CREATE FUNCTION event_log_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'UPDATE' AND OLD.position IS NULL AND NEW.position IS NOT NULL
           AND to_jsonb(NEW) - 'position' = to_jsonb(OLD) - 'position' THEN
          RETURN NEW;
        END IF;
        RAISE EXCEPTION 'the event log is append-only' USING ERRCODE = 'integrity_constraint_violation';
      END $$;
      CREATE TRIGGER event_log_append_only BEFORE UPDATE OR DELETE ON event_log
        FOR EACH ROW EXECUTE FUNCTION event_log_is_append_only();
      REVOKE UPDATE, DELETE, TRUNCATE ON event_log FROM postbag_app;

      CREATE TABLE outbox (
        seq bigint GENERATED ALWAYS AS IDENTITY,
        message_id uuid NOT NULL,
        consumer text NOT NULL,
        queue text NOT NULL,
        source text NOT NULL CONSTRAINT outbox_source CHECK (source IN ('event', 'timer')),
        office text,
        available_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        enqueued_at timestamptz,
        attempt integer NOT NULL DEFAULT 0,
        state text NOT NULL DEFAULT 'open' CONSTRAINT outbox_state CHECK (state IN ('open', 'attention')),
        last_error text,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (message_id, consumer)
      );
      CREATE INDEX outbox_to_enqueue ON outbox (seq) WHERE state = 'open' AND enqueued_at IS NULL;
      CREATE INDEX outbox_enqueued ON outbox (enqueued_at) WHERE state = 'open' AND enqueued_at IS NOT NULL;

      CREATE TABLE inbox (
        consumer text NOT NULL,
        message_id uuid NOT NULL,
        processed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (consumer, message_id)
      );

      CREATE TABLE scheduled_action (
        id uuid PRIMARY KEY,
        kind text NOT NULL,
        office text,
        subject text NOT NULL,
        data jsonb NOT NULL DEFAULT '{}',
        due_at timestamptz NOT NULL,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        fired_at timestamptz,
        cancelled_at timestamptz
      );
      CREATE UNIQUE INDEX scheduled_action_waiting ON scheduled_action (kind, subject) WHERE fired_at IS NULL AND cancelled_at IS NULL;
      CREATE INDEX scheduled_action_due ON scheduled_action (due_at) WHERE fired_at IS NULL AND cancelled_at IS NULL;

      CREATE TABLE needs_attention (
        id uuid PRIMARY KEY,
        office text,
        consumer text NOT NULL,
        message_id uuid NOT NULL,
        stream text,
        what text NOT NULL,
        error text NOT NULL,
        attempts integer NOT NULL,
        state text NOT NULL DEFAULT 'open' CONSTRAINT needs_attention_state CHECK (state IN ('open', 'retried', 'dismissed', 'resolved')),
        raised_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        settled_at timestamptz,
        settled_by text,
        settled_reason text
      );
      CREATE UNIQUE INDEX needs_attention_open ON needs_attention (consumer, message_id) WHERE state = 'open';

      CREATE TABLE projection_checkpoint (
        name text PRIMARY KEY,
        position bigint NOT NULL DEFAULT 0,
        rebuilt_at timestamptz,
        updated_at timestamptz NOT NULL DEFAULT clock_timestamp()
      );

      CREATE TABLE idempotency_key (
        scope text NOT NULL,
        key text NOT NULL,
        request_hash bytea NOT NULL,
        status integer NOT NULL,
        response jsonb NOT NULL,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (scope, key)
      );

      -- A daily seal over all streams: shows a stream or a tail that was removed.
      CREATE TABLE log_seal (
        day date PRIMARY KEY,
        position bigint NOT NULL,
        streams bigint NOT NULL,
        events bigint NOT NULL,
        root bytea NOT NULL,
        sealed_at timestamptz NOT NULL DEFAULT clock_timestamp()
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE log_seal, idempotency_key, projection_checkpoint, needs_attention, scheduled_action, inbox, outbox,
        event_log, stream_head, instance_setting;
      DROP FUNCTION business_now;
      DROP FUNCTION event_log_is_append_only;
    `);
  }
}
