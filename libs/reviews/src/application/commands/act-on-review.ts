import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CaseTarget } from '@app/casework';
import { parseReference } from '@app/kernel';
import { UnitOfWork } from '@app/platform';
import type { Review } from '../../domain/review';
import { ReviewNotFound, ReviewVersionStale } from '../../domain/review.errors';
import type { ActHandlers } from '../acts/act-handlers';
import { APPLICATION_ACTS } from '../acts/application-acts';
import { DECIDING_ACTS } from '../acts/deciding-acts';
import { HANDLING_ACTS } from '../acts/handling-acts';
import type { ReviewAct } from '../review-act';
import { ReviewRepository } from '../review-repository';
import { ReviewTools } from '../review-tools';

/** Somebody does something with a review. Answers its reference. */
export class ActOnReview extends Command<string> {
  constructor(
    readonly target: CaseTarget,
    readonly act: ReviewAct,
  ) {
    super();
  }
}

const ACTS: ActHandlers<ReviewAct['do']> = { ...APPLICATION_ACTS, ...HANDLING_ACTS, ...DECIDING_ACTS };

@CommandHandler(ActOnReview)
export class ActOnReviewHandler implements ICommandHandler<ActOnReview> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: ReviewRepository,
    private readonly tools: ReviewTools,
  ) {}

  /** @throws ReviewNotFound, ReviewVersionStale and whatever the act refuses. */
  execute({ target, act }: ActOnReview): Promise<string> {
    const parsed = parseReference(target.reference);
    if (!parsed) throw new ReviewNotFound();
    return this.unitOfWork.run(async () => {
      const review = await this.repository.loadByReference(parsed.reference);
      if (target.ifVersion !== null && target.ifVersion !== review.version) throw new ReviewVersionStale();
      const carryOut = ACTS[act.do] as (review: Review, act: ReviewAct, tools: ReviewTools) => Promise<void>;
      await carryOut(review, act, this.tools);
      await this.repository.save(review);
      return parsed.reference;
    });
  }
}
