import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { CaseRepository } from '@app/casework';
import { Clock } from '@app/kernel';
import { Consumer, Consumes, type ConsumedMessage } from '@app/platform';
import { Review, emptyOpening } from '../../domain/review';
import { ReviewApplications } from '../applications/review-applications';
import { OpenReview } from '../commands/open-review';
import { ReviewRepository } from '../review-repository';
import { ReviewSettings } from '../review-settings';

/**
 * Every case that is sorted as a review becomes one, and one that is sorted as something else before anything was
 * decided ceases to be: nothing of that kind lies about without its statutory tests.
 */
@Consumes({
  name: 'reviews.follow-triage',
  queue: 'routing',
  events: ['casework.case-triaged', 'casework.case-opened'],
  // Of the letters that come in, few have to do with reviews: no work is queued for the rest.
  wants: (type, { kind, fromKind, channel }) =>
    type === 'casework.case-opened' ? channel === 'web-form' : kind === 'review' || fromKind === 'review',
})
@Injectable()
export class FollowTriage extends Consumer {
  constructor(
    private readonly cases: CaseRepository,
    private readonly reviews: ReviewRepository,
    private readonly settings: ReviewSettings,
    private readonly applications: ReviewApplications,
    private readonly commands: CommandBus,
    private readonly clock: Clock,
  ) {
    super();
  }

  async handle({ stream, data }: ConsumedMessage): Promise<void> {
    const caseId = stream.replace(/^case-/, '');
    // Most letters have nothing to do with reviews: their case is not held, or whoever takes the next one would miss it.
    if (data.kind !== 'review' && !(await this.reviews.concerns(caseId))) return;
    // As it is sorted now: somebody may have sorted it again in the meantime.
    const { id, office, reference, receivedOn, kind } = (await this.cases.load(caseId)).snapshot();
    const review = await this.reviews.findByCase(id);
    // Sent on the form for reviews: one whatever the rules make of its words, with what was stated there.
    const application = review === null ? await this.applications.ofCase(id) : null;
    if (application !== null) {
      const { particulars, statement } = application;
      await this.commands.execute(new OpenReview({ reference, ifVersion: null }, particulars, statement.grounds, null));
    } else if (kind === 'review' && review === null) {
      await this.reviews.add(Review.open(emptyOpening({ id, office, reference, receivedOn }), this.clock.now()));
    } else if (kind === 'review' && review?.snapshot().stage === 'returned') {
      review.reconsider(null, await this.settings.counter(), this.clock.now());
      await this.reviews.save(review);
    } else if (kind !== 'review' && review?.snapshot().stage === 'received') {
      review.returnToCorrespondence(null, this.clock.now());
      await this.reviews.save(review);
    }
  }
}
