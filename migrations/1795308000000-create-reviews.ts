import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Complaint reviews: a review is a case, with what the law asks of it kept beside. */
export class CreateReviews1795308000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The state holds ids, codes and days; the columns repeat of it what lists and figures ask for.
      CREATE TABLE review (
        case_id uuid PRIMARY KEY REFERENCES case_file (id),
        office text NOT NULL,
        reference text NOT NULL UNIQUE,
        version integer NOT NULL,
        stage text NOT NULL,
        reviewer text,
        received_on date NOT NULL,
        handling text,
        validity text,
        outcome text,
        papers_due_on date,
        decide_by date,
        paused_since date,
        papers_requested_on date,
        papers_received_on date,
        decided_on date,
        issued_on date,
        closed_on date,
        state jsonb NOT NULL
      );
      CREATE INDEX review_open ON review (office, received_on) WHERE stage NOT IN ('closed', 'invalid', 'forwarded', 'withdrawn', 'returned');
      CREATE INDEX review_received ON review (office, received_on);
      CREATE INDEX review_reviewer ON review (reviewer, stage);
      SELECT protect_case_table('review', 'case_id');

      -- Who must be told besides the applicant and the force.
      CREATE TABLE review_party (
        id uuid PRIMARY KEY,
        case_id uuid NOT NULL REFERENCES review (case_id),
        office text NOT NULL,
        role text NOT NULL,
        name text NOT NULL,
        email text,
        address text
      );
      CREATE INDEX review_party_case ON review_party (case_id);
      SELECT protect_case_table('review_party', 'case_id');

      -- Recommendations to the force live on after the decision, each with a clock of its own.
      CREATE TABLE review_recommendation (
        id uuid PRIMARY KEY,
        case_id uuid NOT NULL REFERENCES review (case_id),
        office text NOT NULL,
        version integer NOT NULL,
        type text NOT NULL,
        made_on date NOT NULL,
        response_due_on date,
        response text,
        responded_on date,
        implemented_on date,
        settled_on date,
        state jsonb NOT NULL
      );
      CREATE INDEX review_recommendation_case ON review_recommendation (case_id);
      CREATE INDEX review_recommendation_open ON review_recommendation (office, response_due_on) WHERE settled_on IS NULL;
      SELECT protect_case_table('review_recommendation', 'case_id');

      -- R1.70: suggestions of organisational learning; the force owes no answer.
      CREATE TABLE review_learning (
        id uuid PRIMARY KEY,
        case_id uuid NOT NULL REFERENCES review (case_id),
        office text NOT NULL,
        theme text NOT NULL,
        suggested_on date NOT NULL,
        text_id uuid NOT NULL
      );
      CREATE INDEX review_learning_case ON review_learning (case_id);
      CREATE INDEX review_learning_theme ON review_learning (office, theme, suggested_on);
      SELECT protect_case_table('review_learning', 'case_id');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE review_learning, review_recommendation, review_party, review`);
  }
}
