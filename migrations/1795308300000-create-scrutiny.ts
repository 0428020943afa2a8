import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The oversight of the force: records as they stand, the populations that samples were drawn from, and their events. */
export class CreateScrutiny1795308300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The state of each record, folded from its events and written with them.
      CREATE TABLE scrutiny_record (
        id uuid PRIMARY KEY,
        kind text NOT NULL,
        office text NOT NULL,
        -- The case that it stands beside: who may not see the case does not see the record.
        case_id uuid REFERENCES case_file (id),
        reference text,
        version integer NOT NULL,
        state jsonb NOT NULL,
        due_on date,
        is_open boolean NOT NULL,
        listed_on date NOT NULL
      );
      -- What is struck out makes room for its reference.
      CREATE UNIQUE INDEX scrutiny_record_reference ON scrutiny_record (office, kind, reference)
        WHERE reference IS NOT NULL AND (state ->> 'struckOn') IS NULL;
      CREATE INDEX scrutiny_record_list ON scrutiny_record (kind, office, is_open DESC, due_on, listed_on DESC, id);
      SELECT protect_case_table('scrutiny_record', 'case_id');

      -- Sorted by reference; the hash of the list is in the event of the draw.
      CREATE TABLE dip_sample_population (
        sample_id uuid NOT NULL REFERENCES scrutiny_record (id),
        place integer NOT NULL,
        office text NOT NULL,
        reference text NOT NULL,
        case_id uuid REFERENCES case_file (id),
        PRIMARY KEY (sample_id, place)
      );
      SELECT protect_case_table('dip_sample_population', 'case_id');
      -- What a sample was drawn from never changes.
      REVOKE UPDATE, DELETE ON dip_sample_population FROM postbag_app;

      CREATE INDEX event_log_scrutiny ON event_log (office, recorded_at) WHERE left(type, 9) = 'scrutiny.';

      -- A record beside a hidden case is as hidden as the case; so is a review.
      CREATE OR REPLACE FUNCTION hidden_streams() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
        SELECT coalesce(array_agg(prefix || id), '{}')
          FROM unnest(hidden_cases()) AS id, unnest(ARRAY['case-', 'review-', 'chief-constable-complaint-']) AS prefix
      $$;

      -- Figures count everything; what is beside a hidden case is counted without saying which it is.
      CREATE FUNCTION scrutiny_events(asked_offices text[], as_of timestamptz)
      RETURNS TABLE (stream text, office text, type text, data jsonb, is_hidden boolean)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        SELECT CASE WHEN h.is_hidden THEN md5(e.stream) ELSE e.stream END, e.office, e.type,
               CASE WHEN h.is_hidden THEN e.data - 'caseId' - 'reasonsId' - 'delegationId' ELSE e.data END, h.is_hidden
          FROM event_log e
          LEFT JOIN scrutiny_record r ON 'oversight-action-' || r.id = e.stream
          CROSS JOIN LATERAL (SELECT e.stream = ANY ((SELECT hidden_streams())::text[])
                                     OR (r.case_id = ANY ((SELECT hidden_cases())::uuid[])) IS TRUE AS is_hidden) h
         WHERE left(e.type, 9) = 'scrutiny.' AND e.office = ANY (asked_offices)
           AND e.office = ANY ((SELECT case_offices())::text[]) AND e.recorded_at <= as_of
         ORDER BY e.stream, e.version
      $$;
      REVOKE EXECUTE ON FUNCTION scrutiny_events(text[], timestamptz) FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION scrutiny_events(text[], timestamptz) TO postbag_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION scrutiny_events;
      CREATE OR REPLACE FUNCTION hidden_streams() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
        SELECT coalesce(array_agg('case-' || id), '{}') FROM unnest(hidden_cases()) AS id
      $$;
      DROP INDEX event_log_scrutiny;
      DROP TABLE dip_sample_population, scrutiny_record;
    `);
  }
}
