import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Recommendations are listed by force and by where they stand; what the force says to learning is noted. */
export class FollowRecommendations1795308500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE review_recommendation
        ADD COLUMN force text NOT NULL,
        ADD COLUMN status text NOT NULL,
        ALTER COLUMN response_due_on SET NOT NULL;
      CREATE INDEX review_recommendation_made ON review_recommendation (office, made_on);

      ALTER TABLE review_learning
        ADD COLUMN version integer NOT NULL,
        ADD COLUMN state jsonb NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE review_learning DROP COLUMN version, DROP COLUMN state;
      DROP INDEX review_recommendation_made;
      ALTER TABLE review_recommendation
        DROP COLUMN force,
        DROP COLUMN status,
        ALTER COLUMN response_due_on DROP NOT NULL;
    `);
  }
}
