import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { parseReference } from '@app/kernel';
import { UnitOfWork } from '@app/platform';
import { InvalidReviewInput, ReviewNotFound } from '../../domain/review.errors';
import { RecommendationRepository } from '../recommendations/recommendation-repository';
import { ReviewRepository } from '../review-repository';
import { ReviewTools } from '../review-tools';

/** R1.70: the force owes no answer to a suggestion; what it says all the same is noted. Answers the suggestion's id. */
export class NoteLearningFeedback extends Command<string> {
  constructor(
    readonly target: { readonly reference: string; readonly id: string },
    readonly input: { readonly on: string; readonly text: string },
  ) {
    super();
  }
}

@CommandHandler(NoteLearningFeedback)
export class NoteLearningFeedbackHandler implements ICommandHandler<NoteLearningFeedback> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reviews: ReviewRepository,
    private readonly repository: RecommendationRepository,
    private readonly tools: ReviewTools,
  ) {}

  /** @throws ReviewNotFound, LearningNotFound, InvalidReviewInput */
  execute({ target, input: { on, text } }: NoteLearningFeedback): Promise<string> {
    const parsed = parseReference(target.reference);
    if (!parsed) throw new ReviewNotFound();
    return this.unitOfWork.run(async () => {
      const review = await this.reviews.loadByReference(parsed.reference);
      const learning = await this.repository.loadLearning(review.id, target.id);
      if (text.trim() === '') throw new InvalidReviewInput('/text', 'say what the force said');
      learning.noteFeedback(on, await this.tools.keep(review, text), this.tools.now());
      await this.repository.saveLearning(learning);
      return learning.id;
    });
  }
}
