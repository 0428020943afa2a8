import type { MigrationInterface, QueryRunner } from 'typeorm';

/** One index for each order of a worklist, read per office from where the page before ended; words of people. */
export class IndexWorklists1795307300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The expressions are those of libs/casework/src/application/queries/case-sorts.ts, to the letter.
      DROP INDEX case_file_worklist;
      CREATE INDEX case_file_open_due ON case_file (office, coalesce(next_deadline, 'infinity'::date), id)
        WHERE closed_at IS NULL;
      CREATE INDEX case_file_open_received ON case_file (office, received_at, id) WHERE closed_at IS NULL;
      CREATE INDEX case_file_open_priority ON case_file (
        office,
        (coalesce(array_position(ARRAY['urgent', 'high', 'normal', 'low'], priority), 5) * 10000000
          + coalesce(next_deadline - DATE '2000-01-01', 9999999)),
        id
      ) WHERE closed_at IS NULL;
      CREATE INDEX case_file_closed ON case_file (office, coalesce(closed_at, 'infinity'::timestamptz), id)
        WHERE closed_at IS NOT NULL;
      CREATE INDEX case_file_received_at ON case_file (office, received_at, id);
      DROP INDEX case_file_assignee;
      CREATE INDEX case_file_assignee ON case_file (office, assignee, next_deadline) WHERE closed_at IS NULL;
      CREATE INDEX case_file_draft ON case_file (office, draft_state) WHERE closed_at IS NULL AND draft_state IS NOT NULL;

      -- Any part of a name, an address or a number, written with or without its spaces and dots.
      ALTER TABLE correspondent ADD COLUMN search tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig,
        left(coalesce(name, '') || ' ' || coalesce(organisation, '') || ' '
          || coalesce(email, '') || ' ' || translate(coalesce(email, ''), '@.-_+', '     ') || ' '
          || coalesce(postcode, '') || ' ' || replace(coalesce(postcode, ''), ' ', '') || ' '
          || right(regexp_replace(coalesce(phone, ''), '[^0-9]', '', 'g'), 10), 3000))) STORED;
      CREATE INDEX correspondent_search ON correspondent USING gin (search);
      CREATE INDEX correspondent_list ON correspondent (office, lower(coalesce(name, organisation, email, '')), id);
      -- A list of what a person looked at, the record of somebody among them.
      ALTER TABLE access_record ADD COLUMN correspondent_id uuid;

      -- The full-text operator is not leakproof: searches run as the owner and apply the offices themselves.
      CREATE FUNCTION search_correspondents(query text, offices text[], most integer) RETURNS SETOF uuid
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        SELECT id FROM correspondent WHERE search @@ query::tsquery AND office = ANY (offices) LIMIT most
      $$;
      CREATE FUNCTION search_messages(query text, offices text[], most integer)
        RETURNS TABLE (case_id uuid, message_id uuid, rank real)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        SELECT DISTINCT ON (m.case_id) m.case_id, m.id, ts_rank(m.search, websearch_to_tsquery('english', query))
          FROM (SELECT id, case_id, search, at FROM case_message
                 WHERE search @@ websearch_to_tsquery('english', query) AND office = ANY (offices) LIMIT most) m
         ORDER BY m.case_id, 3 DESC, m.at DESC
      $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION search_messages;
      DROP FUNCTION search_correspondents;
      ALTER TABLE access_record DROP COLUMN correspondent_id;
      DROP INDEX correspondent_list;
      ALTER TABLE correspondent DROP COLUMN search;
      DROP INDEX case_file_draft, case_file_assignee, case_file_received_at, case_file_closed, case_file_open_priority,
        case_file_open_received, case_file_open_due;
      CREATE INDEX case_file_assignee ON case_file (office, assignee) WHERE closed_at IS NULL;
      CREATE INDEX case_file_worklist ON case_file (office, status, next_deadline, id);
    `);
  }
}
