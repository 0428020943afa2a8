import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tables with case content and the column that names the case. */
const OF_A_CASE: Readonly<Record<string, string>> = {
  case_file: 'id',
  case_message: 'case_id',
  message_attachment: 'case_id',
  mail_thread_id: 'case_id',
  mail_thread_reference: 'case_id',
  deadline: 'case_id',
  case_draft: 'case_id',
  case_unsaved_reply: 'case_id',
  case_note: 'case_id',
  case_link: 'case_id',
  private_text: 'case_id',
  outgoing_message: 'case_id',
  risk_alert: 'case_id',
  intake_item: 'case_id',
  case_restriction: 'case_id',
  case_access: 'case_id',
};

/** Tables of an office in which no row belongs to one case alone. */
const OF_AN_OFFICE = ['stored_content', 'intake_redelivery', 'reference_counter', 'timeliness_history'];

/** Rows about cases and about other things; those of no office are everybody's. */
const OF_A_STREAM = ['event_log', 'stream_head', 'needs_attention'];

/**
 * Row-level security: a request sees the cases of its caller's offices, without those that are restricted to others or
 * in which the caller has a conflict of interest. Relay, sweeps, consumers and migrations run as the owner, who is not
 * bound. Whoever is not named here by role (the public, the administrator) sees no case at all.
 */
export class RowLevelSecurity1795307900000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE case_restriction (
        case_id uuid PRIMARY KEY REFERENCES case_file (id),
        office text NOT NULL,
        restricted_by text NOT NULL,
        restricted_at timestamptz NOT NULL
      );
      -- Who may see a restricted case, and who must not see a case because of a conflict of interest.
      CREATE TABLE case_access (
        case_id uuid NOT NULL REFERENCES case_file (id),
        office text NOT NULL,
        -- The id alone, as in case_file.assignee.
        actor text NOT NULL,
        access text NOT NULL CONSTRAINT case_access_access CHECK (access IN ('named', 'conflicted')),
        added_by text NOT NULL,
        added_at timestamptz NOT NULL,
        PRIMARY KEY (case_id, actor, access)
      );
      CREATE INDEX case_access_actor ON case_access (actor, access);
      CREATE INDEX case_restriction_office ON case_restriction (office);

      CREATE FUNCTION caller_offices() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
        SELECT string_to_array(coalesce(current_setting('postbag.offices', true), ''), ',')
      $$;

      -- The roles that see cases. Not the administrator, who runs the product without seeing what the public wrote.
      CREATE FUNCTION case_offices() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
        SELECT CASE WHEN current_setting('postbag.role', true) IN ('caseworker', 'review-manager', 'manager', 'commissioner',
                      'auditor', 'service', 'correspondent', 'intake', 'assurance', 'triage-trial')
                    THEN caller_offices() ELSE '{}' END
      $$;

      CREATE FUNCTION caller_id() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
        SELECT regexp_replace(current_setting('postbag.actor', true), '^[a-z]+:', '')
      $$;

      -- Asked once a statement. Taking in and the certificate leave nothing out: they show no content to anybody.
      CREATE FUNCTION hidden_cases() RETURNS uuid[]
        LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        SELECT coalesce(array_agg(hidden.case_id), '{}') FROM (
          SELECT r.case_id FROM case_restriction r
           WHERE r.office = ANY (caller_offices())
             AND NOT EXISTS (SELECT FROM case_access a WHERE a.case_id = r.case_id AND a.access = 'named'
                                AND a.actor = caller_id())
          UNION
          SELECT a.case_id FROM case_access a
           WHERE a.actor = caller_id() AND a.access = 'conflicted'
        ) hidden
        WHERE current_setting('postbag.role', true) NOT IN ('intake', 'assurance')
      $$;

      CREATE FUNCTION hidden_streams() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
        SELECT coalesce(array_agg('case-' || id), '{}') FROM unnest(hidden_cases()) AS id
      $$;

      -- People who are known by hidden cases only.
      CREATE FUNCTION hidden_correspondents() RETURNS uuid[]
        LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        SELECT coalesce(array_agg(DISTINCT c.correspondent_id), '{}') FROM case_file c
         WHERE c.id = ANY (hidden_cases()) AND c.correspondent_id IS NOT NULL
           AND NOT EXISTS (SELECT FROM case_file o
                            WHERE o.correspondent_id = c.correspondent_id AND NOT o.id = ANY (hidden_cases()))
      $$;

      -- For every table with case content, also of later migrations. With a column that names the case, hidden cases are left out.
      CREATE FUNCTION protect_case_table(protected regclass, case_column name DEFAULT NULL) RETURNS void
        LANGUAGE plpgsql AS $$
      DECLARE
        of_office text := 'office = ANY ((SELECT case_offices())::text[])';
        seen text := of_office || CASE WHEN case_column IS NULL THEN ''
          ELSE format(' AND (%I = ANY ((SELECT hidden_cases())::uuid[])) IS NOT TRUE', case_column) END;
      BEGIN
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', protected);
        EXECUTE format('CREATE POLICY seen ON %s FOR SELECT USING (%s)', protected, seen);
        EXECUTE format('CREATE POLICY added ON %s FOR INSERT WITH CHECK (%s)', protected, of_office);
        EXECUTE format('CREATE POLICY changed ON %s FOR UPDATE USING (%s) WITH CHECK (%s)', protected, seen, of_office);
        EXECUTE format('CREATE POLICY removed ON %s FOR DELETE USING (%s)', protected, seen);
      END $$;
      REVOKE EXECUTE ON FUNCTION protect_case_table FROM PUBLIC;
    `);
    for (const [table, column] of Object.entries(OF_A_CASE)) {
      await runner.query(`SELECT protect_case_table('${table}', '${column}')`);
    }
    for (const table of OF_AN_OFFICE) await runner.query(`SELECT protect_case_table('${table}')`);
    await runner.query(`
      SELECT protect_case_table('correspondent');
      DROP POLICY seen ON correspondent;
      CREATE POLICY seen ON correspondent FOR SELECT
        USING (office = ANY ((SELECT case_offices())::text[]) AND NOT id = ANY ((SELECT hidden_correspondents())::uuid[]));
    `);
    for (const table of OF_A_STREAM) {
      const of = `(office IS NULL OR office = ANY ((SELECT caller_offices())::text[]))`;
      const ofCases = `left(stream, 5) = 'case-' AND NOT office = ANY ((SELECT case_offices())::text[])`;
      const seen = `${of} AND (stream = ANY ((SELECT hidden_streams())::text[]) OR ${ofCases}) IS NOT TRUE`;
      await runner.query(`
        ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
        CREATE POLICY seen ON ${table} FOR SELECT USING (${seen});
        CREATE POLICY added ON ${table} FOR INSERT WITH CHECK (${of});
        CREATE POLICY changed ON ${table} FOR UPDATE USING (${seen}) WITH CHECK (${of});
      `);
    }
    for (const table of ['outbox', 'scheduled_action']) {
      const of = `(office IS NULL OR office = ANY ((SELECT caller_offices())::text[]))`;
      await runner.query(`
        ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
        CREATE POLICY own ON ${table} USING (${of}) WITH CHECK (${of});
      `);
    }
    await runner.query(`
      CREATE OR REPLACE FUNCTION search_correspondents(query text, offices text[], most integer) RETURNS SETOF uuid
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        SELECT id FROM correspondent
         WHERE search @@ query::tsquery AND office = ANY (offices) AND office = ANY ((SELECT case_offices())::text[])
           AND NOT id = ANY ((SELECT hidden_correspondents())::uuid[]) LIMIT most
      $$;
      CREATE OR REPLACE FUNCTION search_messages(query text, offices text[], most integer)
        RETURNS TABLE (case_id uuid, message_id uuid, rank real)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        SELECT DISTINCT ON (m.case_id) m.case_id, m.id, ts_rank(m.search, websearch_to_tsquery('english', query))
          FROM (SELECT f.id, f.case_id, f.search, f.at FROM case_message f
                 WHERE f.search @@ websearch_to_tsquery('english', query) AND f.office = ANY (offices)
                   AND f.office = ANY ((SELECT case_offices())::text[])
                   AND NOT f.case_id = ANY ((SELECT hidden_cases())::uuid[]) LIMIT most) m
         ORDER BY m.case_id, 3 DESC, m.at DESC
      $$;

      -- What configuration looks at: letters only for who sees cases, or while rules are tried (references and categories come out).
      CREATE OR REPLACE FUNCTION triage_letters(asked_office text, most integer)
      RETURNS TABLE (case_id uuid, reference text, received_on text, channel text, subject text, text text, sender text,
                     capacity text, recipients integer, has_attachment boolean, is_restricted boolean)
      LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
      #variable_conflict use_column
      BEGIN
        RETURN QUERY
        SELECT c.id, c.reference, c.received_on::text, c.channel, first.subject,
               left(coalesce(first.fresh_text, first.text), 30000), coalesce(first.from_address, p.email), p.capacity,
               cardinality(first.to_addresses),
               EXISTS (SELECT FROM message_attachment a WHERE a.message_id = first.id),
               p.contact_restriction IS NOT NULL
          FROM (SELECT * FROM case_file f
                 WHERE f.office = asked_office AND f.answerable AND office = ANY ((SELECT case_offices())::text[])
                   AND NOT id = ANY ((SELECT hidden_cases())::uuid[])
                   AND NOT f.id = ANY ((SELECT hidden_cases())::uuid[])
                   -- What lies in a restricted queue stays with those who work it.
                   AND NOT EXISTS (SELECT FROM configuration_entry q
                                    WHERE q.kind = 'queue' AND q.office = asked_office AND q.key = f.queue
                                      AND q.data ->> 'isRestricted' = 'true')
                 ORDER BY f.received_on DESC, f.id DESC LIMIT least(most, 1000)) c
          JOIN LATERAL (SELECT m.* FROM case_message m WHERE m.case_id = c.id AND m.direction = 'inbound'
                         ORDER BY m.at, m.id LIMIT 1) first ON true
          LEFT JOIN correspondent p ON p.id = c.correspondent_id
         ORDER BY c.received_on DESC, c.id DESC;
      END $$;
      CREATE OR REPLACE FUNCTION running_deadlines()
      RETURNS TABLE (reference text, office text, clock text, policy jsonb, from_day text, pauses jsonb,
                     extension jsonb, due_on text)
      LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
      #variable_conflict use_column
      BEGIN
        RETURN QUERY
        SELECT CASE WHEN c.id = ANY ((SELECT hidden_cases())::uuid[]) THEN NULL ELSE c.reference END,
               d.office, d.clock, d.policy, d.from_day::text, d.pauses, d.extension, d.due_on::text
          FROM deadline d JOIN case_file c ON c.id = d.case_id
         WHERE d.status IN ('open', 'missed') AND d.met_on IS NULL AND configuration_may_look_at(d.office)
           AND NOT c.id = ANY ((SELECT hidden_cases())::uuid[])
         ORDER BY d.due_on, c.reference;
      END $$;

      -- What somebody searched for may be a name.
      ALTER TABLE search_session ENABLE ROW LEVEL SECURITY;
      CREATE POLICY own ON search_session USING (actor = (SELECT caller_id())) WITH CHECK (actor = (SELECT caller_id()));

      -- The record of reading is added to by everybody, read by those who may, and changed by nobody.
      ALTER TABLE access_record ENABLE ROW LEVEL SECURITY;
      CREATE POLICY seen ON access_record FOR SELECT
        USING ((office IS NULL OR office = ANY ((SELECT caller_offices())::text[]))
               AND (case_id = ANY ((SELECT hidden_cases())::uuid[])) IS NOT TRUE);
      CREATE POLICY added ON access_record FOR INSERT WITH CHECK (true);
      REVOKE UPDATE, DELETE, TRUNCATE ON access_record FROM postbag_app;

      -- The full-text operator is not leakproof: this function searches as the owner and applies what the policies would.
      CREATE OR REPLACE FUNCTION search_cases(query text, offices text[]) RETURNS SETOF uuid
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        SELECT found.id FROM (
          SELECT m.case_id AS id, m.office FROM case_message m
           WHERE m.search @@ websearch_to_tsquery('english', query) AND m.office = ANY (offices)
          UNION
          SELECT c.id, c.office FROM case_file c WHERE c.reference = upper(trim(query)) AND c.office = ANY (offices)
          UNION
          SELECT c.id, c.office FROM case_file c JOIN correspondent p ON p.id = c.correspondent_id
           WHERE p.office = ANY (offices) AND (lower(p.email) = lower(trim(query)) OR lower(p.name) = lower(trim(query)))
        ) found
        WHERE found.office = ANY ((SELECT case_offices())::text[]) AND NOT found.id = ANY ((SELECT hidden_cases())::uuid[])
      $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    const all = [
      ...Object.keys(OF_A_CASE),
      ...OF_AN_OFFICE,
      ...OF_A_STREAM,
      'correspondent',
      'outbox',
      'scheduled_action',
      'search_session',
    ];
    for (const table of [...all, 'access_record'])
      await runner.query(`
        DO $$ DECLARE p record; BEGIN
          FOR p IN SELECT policyname FROM pg_policies WHERE tablename = '${table}' LOOP
            EXECUTE format('DROP POLICY %I ON ${table}', p.policyname);
          END LOOP;
        END $$;
        ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY;
      `);
    await runner.query(`
      GRANT UPDATE, DELETE ON access_record TO postbag_app;
      CREATE OR REPLACE FUNCTION search_cases(query text, offices text[]) RETURNS SETOF uuid
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        SELECT m.case_id FROM case_message m
         WHERE m.search @@ websearch_to_tsquery('english', query) AND m.office = ANY (offices)
        UNION
        SELECT c.id FROM case_file c WHERE c.reference = upper(trim(query)) AND c.office = ANY (offices)
        UNION
        SELECT c.id FROM case_file c JOIN correspondent p ON p.id = c.correspondent_id
         WHERE p.office = ANY (offices) AND (lower(p.email) = lower(trim(query)) OR lower(p.name) = lower(trim(query)))
      $$;
      CREATE OR REPLACE FUNCTION search_correspondents(query text, offices text[], most integer) RETURNS SETOF uuid
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        SELECT id FROM correspondent WHERE search @@ query::tsquery AND office = ANY (offices) LIMIT most
      $$;
      CREATE OR REPLACE FUNCTION search_messages(query text, offices text[], most integer)
        RETURNS TABLE (case_id uuid, message_id uuid, rank real)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        SELECT DISTINCT ON (m.case_id) m.case_id, m.id, ts_rank(m.search, websearch_to_tsquery('english', query))
          FROM (SELECT id, case_id, search, at FROM case_message
                 WHERE search @@ websearch_to_tsquery('english', query) AND office = ANY (offices) LIMIT most) m
         ORDER BY m.case_id, 3 DESC, m.at DESC
      $$;
      CREATE OR REPLACE FUNCTION triage_letters(asked_office text, most integer)
      RETURNS TABLE (case_id uuid, reference text, received_on text, channel text, subject text, text text, sender text,
                     capacity text, recipients integer, has_attachment boolean, is_restricted boolean)
      LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
      #variable_conflict use_column
      BEGIN
        RETURN QUERY
        SELECT c.id, c.reference, c.received_on::text, c.channel, first.subject,
               left(coalesce(first.fresh_text, first.text), 30000), coalesce(first.from_address, p.email), p.capacity,
               cardinality(first.to_addresses),
               EXISTS (SELECT FROM message_attachment a WHERE a.message_id = first.id),
               p.contact_restriction IS NOT NULL
          FROM (SELECT * FROM case_file f
                 WHERE f.office = asked_office AND f.answerable AND configuration_may_look_at(asked_office)
                   AND NOT f.id = ANY ((SELECT hidden_cases())::uuid[])
                   -- What lies in a restricted queue stays with those who work it.
                   AND NOT EXISTS (SELECT FROM configuration_entry q
                                    WHERE q.kind = 'queue' AND q.office = asked_office AND q.key = f.queue
                                      AND q.data ->> 'isRestricted' = 'true')
                 ORDER BY f.received_on DESC, f.id DESC LIMIT least(most, 1000)) c
          JOIN LATERAL (SELECT m.* FROM case_message m WHERE m.case_id = c.id AND m.direction = 'inbound'
                         ORDER BY m.at, m.id LIMIT 1) first ON true
          LEFT JOIN correspondent p ON p.id = c.correspondent_id
         ORDER BY c.received_on DESC, c.id DESC;
      END $$;
      CREATE OR REPLACE FUNCTION running_deadlines()
      RETURNS TABLE (reference text, office text, clock text, policy jsonb, from_day text, pauses jsonb,
                     extension jsonb, due_on text)
      LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
      #variable_conflict use_column
      BEGIN
        RETURN QUERY
        SELECT CASE WHEN c.id = ANY ((SELECT hidden_cases())::uuid[]) THEN NULL ELSE c.reference END,
               d.office, d.clock, d.policy, d.from_day::text, d.pauses, d.extension, d.due_on::text
          FROM deadline d JOIN case_file c ON c.id = d.case_id
         WHERE d.status IN ('open', 'missed') AND d.met_on IS NULL AND configuration_may_look_at(d.office)
         ORDER BY d.due_on, c.reference;
      END $$;
      DROP FUNCTION protect_case_table, hidden_correspondents, hidden_streams, hidden_cases, caller_id, case_offices, caller_offices;
      DROP TABLE case_access, case_restriction;
    `);
  }
}
