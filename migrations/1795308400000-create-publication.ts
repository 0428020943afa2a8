import type { MigrationInterface, QueryRunner } from 'typeorm';

const STAFF = `current_setting('postbag.role', true) <> 'public'`;
const OF_CALLER = `office = ANY ((SELECT caller_offices())::text[])`;

/** What offices publish about a period, in versions that never change once they are published. */
export class CreatePublication1795308400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE publication (
        id uuid PRIMARY KEY,
        office text NOT NULL,
        kind text NOT NULL,
        slug text NOT NULL,
        period_from date NOT NULL,
        period_to date NOT NULL CHECK (period_to >= period_from),
        started_at timestamptz NOT NULL,
        version integer NOT NULL,
        CONSTRAINT publication_period UNIQUE (office, kind, period_from, period_to),
        CONSTRAINT publication_address UNIQUE (office, slug)
      );
      CREATE TABLE publication_version (
        publication_id uuid NOT NULL REFERENCES publication (id),
        number integer NOT NULL CHECK (number > 0),
        office text NOT NULL,
        state text NOT NULL CHECK (state IN ('draft', 'to-check', 'checked', 'published', 'superseded', 'withdrawn')),
        authors text[] NOT NULL,
        narratives jsonb NOT NULL,
        bulletins uuid[] NOT NULL,
        -- All that is published: figures with small numbers left out already, texts, bulletins.
        content jsonb NOT NULL,
        sha256 text NOT NULL,
        data_as_of timestamptz NOT NULL,
        submitted_by text,
        submitted_at timestamptz,
        checked_by text,
        checked_at timestamptz,
        published_by text,
        published_at timestamptz,
        -- The London day on which it was published: set with the instant, never typed.
        published_on date GENERATED ALWAYS AS ((published_at AT TIME ZONE 'Europe/London')::date) STORED,
        superseded_at timestamptz,
        withdrawn_at timestamptz,
        -- Said to the public: what a correction changed and why, and why it was withdrawn.
        correction_note text,
        withdrawal_reason text,
        PRIMARY KEY (publication_id, number),
        CHECK ((state IN ('published', 'superseded', 'withdrawn')) = (published_at IS NOT NULL)),
        CHECK (checked_by IS NULL OR NOT checked_by = ANY (authors))
      );
      CREATE UNIQUE INDEX publication_one_current ON publication_version (publication_id) WHERE state = 'published';
      CREATE INDEX publication_version_bulletins ON publication_version USING gin (bulletins);
      -- The numbers as they were counted, small ones too: for staff alone.
      CREATE TABLE publication_snapshot (
        publication_id uuid NOT NULL,
        number integer NOT NULL,
        office text NOT NULL,
        figures jsonb NOT NULL,
        -- The versions of earlier quarters that the year to date was added up from.
        basis jsonb NOT NULL,
        PRIMARY KEY (publication_id, number),
        FOREIGN KEY (publication_id, number) REFERENCES publication_version (publication_id, number) DEFERRABLE INITIALLY DEFERRED
      );
      -- Reasons in a person's words; the events hold their commitments.
      CREATE TABLE publication_reason (
        id uuid PRIMARY KEY,
        office text NOT NULL,
        publication_id uuid NOT NULL REFERENCES publication (id),
        number integer NOT NULL,
        what text NOT NULL CHECK (what IN ('sent-back', 'correction', 'withdrawal')),
        salt bytea NOT NULL,
        text text NOT NULL,
        given_by text NOT NULL,
        given_at timestamptz NOT NULL
      );
      CREATE INDEX publication_reason_publication ON publication_reason (publication_id, given_at);
      -- What the Independent Office for Police Conduct publishes about the force, with its own dates.
      CREATE TABLE iopc_bulletin (
        id uuid PRIMARY KEY,
        office text NOT NULL,
        kind text NOT NULL CHECK (kind IN ('quarterly-data', 'annual-report')),
        title text NOT NULL,
        published_on date NOT NULL,
        period_from date NOT NULL,
        period_to date NOT NULL CHECK (period_to >= period_from),
        link text,
        filename text,
        content_type text,
        size_bytes integer,
        content_sha256 bytea,
        due_on date NOT NULL,
        due_rule text NOT NULL,
        due_steps jsonb NOT NULL,
        calendar_version integer NOT NULL,
        added_by text NOT NULL,
        added_at timestamptz NOT NULL,
        CHECK ((link IS NULL) <> (content_sha256 IS NULL))
      );
      CREATE INDEX iopc_bulletin_office ON iopc_bulletin (office, published_on);

      CREATE FUNCTION keep_published_version() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF OLD.published_at IS NULL THEN
          RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
        END IF;
        IF TG_OP = 'DELETE' OR (to_jsonb(NEW) - ARRAY['state', 'superseded_at', 'withdrawn_at', 'withdrawal_reason', 'published_on'])
             IS DISTINCT FROM (to_jsonb(OLD) - ARRAY['state', 'superseded_at', 'withdrawn_at', 'withdrawal_reason', 'published_on'])
           OR NEW.state NOT IN ('published', 'superseded', 'withdrawn') OR (OLD.state <> 'published' AND NEW.state <> OLD.state) THEN
          RAISE EXCEPTION 'A published version never changes' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER keep_published BEFORE UPDATE OR DELETE ON publication_version
        FOR EACH ROW EXECUTE FUNCTION keep_published_version();
    `);
    await runner.query(`
      ALTER TABLE publication ENABLE ROW LEVEL SECURITY;
      CREATE POLICY seen ON publication FOR SELECT USING (${OF_CALLER});
      ALTER TABLE publication_version ENABLE ROW LEVEL SECURITY;
      CREATE POLICY seen ON publication_version FOR SELECT USING (${OF_CALLER} AND (published_at IS NOT NULL OR ${STAFF}));
      ALTER TABLE publication_snapshot ENABLE ROW LEVEL SECURITY;
      CREATE POLICY seen ON publication_snapshot FOR SELECT USING (${OF_CALLER} AND ${STAFF});
      ALTER TABLE publication_reason ENABLE ROW LEVEL SECURITY;
      CREATE POLICY seen ON publication_reason FOR SELECT USING (${OF_CALLER} AND ${STAFF});
      ALTER TABLE iopc_bulletin ENABLE ROW LEVEL SECURITY;
      CREATE POLICY seen ON iopc_bulletin FOR SELECT USING (${OF_CALLER} AND (${STAFF} OR EXISTS (
        SELECT FROM publication_version v WHERE v.published_at IS NOT NULL AND v.bulletins @> ARRAY[iopc_bulletin.id])));
    `);
    for (const table of [
      'publication',
      'publication_version',
      'publication_snapshot',
      'publication_reason',
      'iopc_bulletin',
    ]) {
      await runner.query(`
        CREATE POLICY added ON ${table} FOR INSERT WITH CHECK (${OF_CALLER} AND ${STAFF});
        CREATE POLICY changed ON ${table} FOR UPDATE USING (${OF_CALLER} AND ${STAFF}) WITH CHECK (${OF_CALLER} AND ${STAFF});
      `);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE iopc_bulletin, publication_reason, publication_snapshot, publication_version, publication;
      DROP FUNCTION keep_published_version;
    `);
  }
}
