import { Injectable } from '@nestjs/common';
import { Clock } from '@app/kernel';
import { Consumer, Consumes, UnitOfWork, type ConsumedMessage } from '@app/platform';
import { RecommendationRepository } from '../recommendations/recommendation-repository';
import { ReviewSettings } from '../review-settings';

/** A new holiday calendar: where an office counts the response in working days, what is waited for is counted again. */
@Consumes({
  name: 'reviews.recount-recommendations',
  queue: 'deadlines',
  events: ['offices.holiday-calendar-changed'],
})
@Injectable()
export class RecountRecommendations extends Consumer {
  constructor(
    private readonly recommendations: RecommendationRepository,
    private readonly settings: ReviewSettings,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {
    super();
  }

  async handle({ data }: ConsumedMessage): Promise<void> {
    const rows: { id: string; case_id: string }[] = await this.unitOfWork.manager.query(
      `SELECT id, case_id FROM review_recommendation WHERE status = 'awaiting-response' ORDER BY id`,
    );
    const counter = await this.settings.counter();
    const because = `holiday calendar version ${JSON.stringify(data.version)}`;
    for (const { id, case_id } of rows) {
      const recommendation = await this.recommendations.load(case_id, id);
      recommendation.recount(counter, because, this.clock.now());
      await this.recommendations.save(recommendation);
    }
  }
}
