import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What configuration must know of cases, for administrators who may not read them: how many lie in a queue, what
 * rules would make of letters, which deadlines a calendar moves. Each function applies the caller's offices itself.
 */
export class LetConfigurationLookAtCases1795307210000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION configuration_may_look_at(asked text) RETURNS boolean
      LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
        -- The owner (commands, jobs) sets no offices and is not limited.
        SELECT coalesce(nullif(current_setting('postbag.role', true), '') IS NULL, true)
            OR asked = ANY (string_to_array(current_setting('postbag.offices', true), ','))
      $$;

      CREATE FUNCTION open_cases_in_queue(asked_office text, asked_queue text) RETURNS integer
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        SELECT count(*)::int FROM case_file
         WHERE office = asked_office AND queue = asked_queue AND status NOT IN ('closed', 'no-reply-needed')
           AND configuration_may_look_at(asked_office)
      $$;

      -- plpgsql: hidden_cases() comes with row-level security, in a later migration.
      CREATE FUNCTION triage_letters(asked_office text, most integer)
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

      -- A hidden case is counted and not named.
      CREATE FUNCTION running_deadlines()
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

      REVOKE ALL ON FUNCTION open_cases_in_queue(text, text), triage_letters(text, integer), running_deadlines() FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION open_cases_in_queue(text, text), triage_letters(text, integer), running_deadlines()
        TO postbag_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION open_cases_in_queue(text, text);
      DROP FUNCTION triage_letters(text, integer);
      DROP FUNCTION running_deadlines();
      DROP FUNCTION configuration_may_look_at(text);
    `);
  }
}
