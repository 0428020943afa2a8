import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Letters and papers of a case: what their authors wrote, every version of it, and the files that were approved. */
export class CreateDocuments1795308200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE case_document (
        id uuid PRIMARY KEY,
        case_id uuid NOT NULL REFERENCES case_file (id),
        office text NOT NULL,
        kind text NOT NULL,
        title text NOT NULL,
        party text,
        status text NOT NULL CONSTRAINT case_document_status CHECK (status IN ('draft', 'approved', 'issued', 'discarded')),
        version integer NOT NULL,
        stream_version integer NOT NULL,
        created_by text NOT NULL,
        created_at timestamptz NOT NULL,
        edited_by text NOT NULL,
        edited_at timestamptz NOT NULL,
        approved_by text,
        approved_at timestamptz,
        issued_by text,
        issued_at timestamptz,
        issued_by_way_of text CONSTRAINT case_document_way CHECK (issued_by_way_of IN ('email', 'post', 'in-person')),
        outgoing_message_id uuid,
        docx_sha256 bytea,
        pdf_sha256 bytea,
        -- What is approved is what was rendered then: the files are there, and stay.
        CONSTRAINT case_document_files CHECK (status IN ('draft', 'discarded') OR (docx_sha256 IS NOT NULL AND pdf_sha256 IS NOT NULL))
      );
      CREATE INDEX case_document_case ON case_document (case_id, created_at);
      CREATE TABLE case_document_version (
        document_id uuid NOT NULL REFERENCES case_document (id),
        version integer NOT NULL,
        case_id uuid NOT NULL,
        office text NOT NULL,
        source jsonb NOT NULL,
        salt bytea NOT NULL,
        made_by text NOT NULL,
        made_at timestamptz NOT NULL,
        PRIMARY KEY (document_id, version)
      );
      -- What goes along with a message is found by it, each time one is sent.
      CREATE INDEX case_message_outgoing ON case_message (outgoing_message_id) WHERE outgoing_message_id IS NOT NULL;
      SELECT protect_case_table('case_document', 'case_id');
      SELECT protect_case_table('case_document_version', 'case_id');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX case_message_outgoing; DROP TABLE case_document_version, case_document`);
  }
}
