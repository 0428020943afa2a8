import { Injectable } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { idempotentRequest } from '@app/http';
import { ActOnReview, GetReview, ReviewNotFound, type ReviewAct } from '@app/reviews';
import { parseReference } from '@app/kernel';
import type { ActionCall } from '../cases/action-call';
import { Once } from '../input/once';
import { toReviewAnswer, type ReviewAnswer } from './review.answer';

/** Carries out an act on a review and answers the review, in one transaction. */
@Injectable()
export class ReviewActions {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly once: Once,
  ) {}

  /** @throws ReviewNotFound and what the act refuses. */
  run(call: ActionCall, act: ReviewAct): Promise<ReviewAnswer> {
    const parsed = parseReference(call.reference);
    if (!parsed) throw new ReviewNotFound();
    const { reference } = parsed;
    const request = idempotentRequest(`POST reviews/${reference}/${act.do}`, call.key, call.body);
    return this.once.run(request, async () => {
      await this.commands.execute(new ActOnReview({ reference, ifVersion: call.ifVersion }, act));
      return toReviewAnswer(await this.queries.execute(new GetReview(reference)));
    });
  }
}
