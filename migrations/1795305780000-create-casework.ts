import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Correspondents, cases, their messages, deadlines, notes and outgoing messages. */
export class CreateCasework1795305780000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE reference_counter (
        office text NOT NULL,
        year integer NOT NULL,
        last_number integer NOT NULL,
        PRIMARY KEY (office, year)
      );

      CREATE TABLE correspondent (
        id uuid PRIMARY KEY,
        office text NOT NULL,
        match_key text,
        name text,
        email text,
        phone text,
        postcode text,
        organisation text,
        capacity text NOT NULL DEFAULT 'member-of-public',
        preferred_channel text,
        adjustments text,
        safe_contact_note text,
        contact_restriction text,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        updated_at timestamptz NOT NULL DEFAULT clock_timestamp()
      );
      CREATE UNIQUE INDEX correspondent_match ON correspondent (office, match_key) WHERE match_key IS NOT NULL;

      CREATE TABLE case_file (
        id uuid PRIMARY KEY,
        office text NOT NULL,
        reference text NOT NULL CONSTRAINT case_file_reference UNIQUE,
        reference_year integer NOT NULL,
        reference_number integer NOT NULL,
        kind text NOT NULL,
        category text,
        priority text NOT NULL,
        status text NOT NULL,
        queue text,
        assignee text,
        subject text NOT NULL,
        channel text NOT NULL,
        correspondent_id uuid REFERENCES correspondent (id),
        area text,
        risk_level text NOT NULL,
        risk_reasons jsonb NOT NULL DEFAULT '[]',
        risk_confirmed_at timestamptz,
        answerable boolean NOT NULL,
        acknowledgement_held boolean NOT NULL,
        received_at timestamptz NOT NULL,
        received_on date NOT NULL,
        acknowledged_at timestamptz,
        answered_at timestamptz,
        closed_at timestamptz,
        close_reason text,
        paused_since timestamptz,
        status_before_pause text,
        draft_state text,
        forwarded_to text,
        acknowledge_by date,
        respond_by date,
        update_by date,
        next_deadline date,
        triage_rules_version text,
        triage_reasons jsonb NOT NULL DEFAULT '[]',
        version integer NOT NULL,
        CONSTRAINT case_file_number UNIQUE (office, reference_year, reference_number)
      );
      CREATE INDEX case_file_worklist ON case_file (office, status, next_deadline, id);
      CREATE INDEX case_file_queue ON case_file (office, queue, priority, next_deadline, id) WHERE closed_at IS NULL AND assignee IS NULL;
      CREATE INDEX case_file_assignee ON case_file (office, assignee) WHERE closed_at IS NULL;
      CREATE INDEX case_file_received ON case_file (office, received_on, id);
      CREATE INDEX case_file_correspondent ON case_file (correspondent_id);

      CREATE TABLE case_message (
        id uuid PRIMARY KEY,
        -- Deferred: a message is written before its case has a number, and the counter is locked.
        case_id uuid NOT NULL REFERENCES case_file (id) DEFERRABLE INITIALLY DEFERRED,
        office text NOT NULL,
        direction text NOT NULL CONSTRAINT case_message_direction CHECK (direction IN ('inbound', 'outbound')),
        channel text NOT NULL,
        at timestamptz NOT NULL,
        from_name text,
        from_address text,
        to_addresses text[] NOT NULL DEFAULT '{}',
        subject text NOT NULL,
        text text NOT NULL,
        fresh_text text,
        html text,
        mail_kind text,
        mail_message_id text,
        sender_on_case boolean NOT NULL DEFAULT true,
        sender_confirmed_by text,
        problems text[] NOT NULL DEFAULT '{}',
        intake_item_id uuid,
        outgoing_message_id uuid,
        -- A tsvector holds 1 MB at most, and a character of a compound word can take eight bytes of it.
        search tsvector GENERATED ALWAYS AS (
          to_tsvector('english'::regconfig, left(subject, 2000) || ' ' || left(text, 100000))
        ) STORED
      );
      CREATE INDEX case_message_case ON case_message (case_id, at);
      CREATE INDEX case_message_search ON case_message USING gin (search);

      CREATE TABLE message_attachment (
        id uuid PRIMARY KEY,
        message_id uuid NOT NULL REFERENCES case_message (id),
        case_id uuid NOT NULL,
        office text NOT NULL,
        filename text NOT NULL,
        content_type text NOT NULL,
        size_bytes bigint NOT NULL,
        sha256 bytea NOT NULL,
        content_id text,
        is_inline boolean NOT NULL DEFAULT false,
        scan_status text NOT NULL DEFAULT 'unscanned'
      );
      CREATE INDEX message_attachment_message ON message_attachment (message_id);

      -- Which case a Message-ID belongs to: the first mail that bore it; a stolen one never takes its place.
      CREATE TABLE mail_thread_id (
        office text NOT NULL,
        message_id_header text NOT NULL,
        case_id uuid NOT NULL,
        PRIMARY KEY (office, message_id_header)
      );
      -- Message-IDs that filed mails refer to, so that a parent that arrives after its reply finds the reply's case.
      CREATE TABLE mail_thread_reference (
        office text NOT NULL,
        message_id_header text NOT NULL,
        case_id uuid NOT NULL,
        is_parent boolean NOT NULL,
        PRIMARY KEY (office, message_id_header, case_id)
      );

      CREATE TABLE deadline (
        id uuid PRIMARY KEY,
        case_id uuid NOT NULL REFERENCES case_file (id),
        office text NOT NULL,
        clock text NOT NULL,
        policy jsonb NOT NULL,
        from_day date NOT NULL,
        pauses jsonb NOT NULL DEFAULT '[]',
        extension jsonb,
        calendar_version integer NOT NULL,
        due_on date,
        moved_from date,
        moved_because text,
        status text NOT NULL CONSTRAINT deadline_status CHECK (status IN ('open', 'met', 'missed', 'stopped')),
        met_on date,
        warned_at timestamptz,
        escalated_at timestamptz,
        created_at timestamptz NOT NULL
      );
      CREATE INDEX deadline_case ON deadline (case_id);
      CREATE INDEX deadline_open ON deadline (due_on) WHERE status = 'open';

      CREATE TABLE case_draft (
        case_id uuid PRIMARY KEY REFERENCES case_file (id),
        office text NOT NULL,
        to_address text,
        channel text NOT NULL,
        subject text NOT NULL,
        body text NOT NULL,
        template text,
        state text NOT NULL CONSTRAINT case_draft_state CHECK (state IN ('draft', 'submitted', 'approved')),
        drafted_by text NOT NULL,
        submitted_by text,
        approved_by text,
        updated_at timestamptz NOT NULL
      );

      CREATE TABLE case_note (
        id uuid PRIMARY KEY,
        case_id uuid NOT NULL REFERENCES case_file (id),
        office text NOT NULL,
        text text NOT NULL,
        author text NOT NULL,
        at timestamptz NOT NULL
      );
      CREATE INDEX case_note_case ON case_note (case_id, at);

      CREATE TABLE case_link (
        case_id uuid NOT NULL REFERENCES case_file (id),
        linked_case_id uuid NOT NULL REFERENCES case_file (id),
        office text NOT NULL,
        at timestamptz NOT NULL,
        PRIMARY KEY (case_id, linked_case_id)
      );

      -- Free-text reasons: events carry only a salted commitment, so that erasure leaves the chain intact.
      CREATE TABLE private_text (
        id uuid PRIMARY KEY,
        office text NOT NULL,
        case_id uuid,
        salt bytea NOT NULL,
        text text NOT NULL
      );
      CREATE INDEX private_text_case ON private_text (case_id);

      CREATE TABLE outgoing_message (
        id uuid PRIMARY KEY,
        office text NOT NULL,
        case_id uuid,
        kind text NOT NULL,
        mail_message_id text NOT NULL CONSTRAINT outgoing_message_mail_message_id UNIQUE,
        from_address text NOT NULL,
        to_address text NOT NULL,
        subject text NOT NULL,
        body text NOT NULL,
        in_reply_to text,
        attached_item_id uuid,
        automatic boolean NOT NULL,
        status text NOT NULL CONSTRAINT outgoing_message_status
          CHECK (status IN ('queued', 'sending', 'sent', 'uncertain', 'failed', 'bounced')),
        transport text,
        queued_at timestamptz NOT NULL,
        sending_since timestamptz,
        sent_at timestamptz,
        bounced_at timestamptz,
        bounce_severity text,
        error text
      );
      CREATE INDEX outgoing_message_case ON outgoing_message (case_id, queued_at);
      CREATE INDEX outgoing_message_recipient ON outgoing_message (office, to_address, queued_at) WHERE automatic;
      CREATE INDEX outgoing_message_unsent ON outgoing_message (queued_at) WHERE status IN ('queued', 'sending', 'uncertain');

      CREATE TABLE risk_alert (
        id uuid PRIMARY KEY,
        case_id uuid NOT NULL REFERENCES case_file (id) DEFERRABLE INITIALLY DEFERRED,
        office text NOT NULL,
        level text NOT NULL,
        reasons jsonb NOT NULL,
        raised_at timestamptz NOT NULL,
        confirmed_at timestamptz,
        confirmed_by text
      );
      CREATE INDEX risk_alert_open ON risk_alert (office, raised_at) WHERE confirmed_at IS NULL;

      -- Under row-level security the full-text operator is not leakproof and would read everything:
      -- search goes through this one function, which applies the caller's offices itself.
      CREATE FUNCTION search_cases(query text, offices text[]) RETURNS SETOF uuid
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        SELECT m.case_id FROM case_message m
         WHERE m.search @@ websearch_to_tsquery('english', query) AND m.office = ANY (offices)
        UNION
        SELECT c.id FROM case_file c
         WHERE c.reference = upper(trim(query)) AND c.office = ANY (offices)
        UNION
        SELECT c.id FROM case_file c JOIN correspondent p ON p.id = c.correspondent_id
         WHERE p.office = ANY (offices) AND (lower(p.email) = lower(trim(query)) OR lower(p.name) = lower(trim(query)))
      $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION search_cases;
      DROP TABLE risk_alert, outgoing_message, private_text, case_link, case_note, case_draft, deadline,
        mail_thread_reference, mail_thread_id, message_attachment, case_message, case_file, correspondent, reference_counter;
    `);
  }
}
