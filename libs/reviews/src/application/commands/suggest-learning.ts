import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { parseReference } from '@app/kernel';
import { UnitOfWork } from '@app/platform';
import { Learning } from '../../domain/learning';
import { InvalidReviewInput, ReviewNotFound } from '../../domain/review.errors';
import { RecommendationRepository } from '../recommendations/recommendation-repository';
import { RecommendationSettings } from '../recommendations/recommendation-settings';
import { ReviewRepository } from '../review-repository';
import { ReviewTools } from '../review-tools';

/** R1.70: suggests to the force what it could learn from a review. Answers the suggestion's id. */
export class SuggestLearning extends Command<string> {
  constructor(
    readonly reference: string,
    readonly input: { readonly theme: string; readonly text: string },
  ) {
    super();
  }
}

@CommandHandler(SuggestLearning)
export class SuggestLearningHandler implements ICommandHandler<SuggestLearning> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reviews: ReviewRepository,
    private readonly repository: RecommendationRepository,
    private readonly settings: RecommendationSettings,
    private readonly tools: ReviewTools,
  ) {}

  /** @throws ReviewNotFound, ReviewRuleRefused, InvalidReviewInput */
  execute({ reference, input: { theme, text } }: SuggestLearning): Promise<string> {
    const parsed = parseReference(reference);
    if (!parsed) throw new ReviewNotFound();
    return this.unitOfWork.run(async () => {
      const review = await this.reviews.loadByReference(parsed.reference);
      if (text.trim() === '') throw new InvalidReviewInput('/text', 'say what could be learnt');
      await this.settings.requireTheme(theme, review.snapshot().office);
      const words = await this.tools.keep(review, text);
      const about = { id: this.tools.newId(), theme, by: this.tools.actor(), words };
      const learning = Learning.suggest(review.snapshot(), about, this.tools.now());
      await this.repository.addLearning(learning);
      return learning.id;
    });
  }
}
