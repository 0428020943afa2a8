import { Injectable } from '@nestjs/common';
import { Clock } from '@app/kernel';
import { Consumer, Consumes, UnitOfWork, type ConsumedMessage } from '@app/platform';
import { ReviewRepository } from '../review-repository';
import { ReviewSettings } from '../review-settings';

/** A new holiday calendar: running clocks of reviews are counted again; settled ones never move. */
@Consumes({ name: 'reviews.recount-clocks', queue: 'deadlines', events: ['offices.holiday-calendar-changed'] })
@Injectable()
export class RecountReviewClocks extends Consumer {
  constructor(
    private readonly reviews: ReviewRepository,
    private readonly settings: ReviewSettings,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {
    super();
  }

  async handle({ data }: ConsumedMessage): Promise<void> {
    const rows: { case_id: string }[] = await this.unitOfWork.manager.query(
      `SELECT case_id FROM review WHERE coalesce(papers_due_on, decide_by) IS NOT NULL OR paused_since IS NOT NULL ORDER BY case_id`,
    );
    const counter = await this.settings.counter();
    for (const { case_id } of rows) {
      const review = await this.reviews.findByCase(case_id);
      review?.recountClocks(counter, `holiday calendar version ${JSON.stringify(data.version)}`, this.clock.now());
      if (review) await this.reviews.save(review);
    }
  }
}
