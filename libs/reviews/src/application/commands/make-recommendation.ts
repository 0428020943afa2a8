import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { parseReference } from '@app/kernel';
import { UnitOfWork } from '@app/platform';
import { Recommendation } from '../../domain/recommendation';
import { InvalidReviewInput, ReviewNotFound } from '../../domain/review.errors';
import { RecommendationRepository } from '../recommendations/recommendation-repository';
import { RecommendationSettings } from '../recommendations/recommendation-settings';
import { ReviewRepository } from '../review-repository';
import { ReviewTools } from '../review-tools';

export interface RecommendationInput {
  readonly type: string;
  readonly text: string;
  readonly allegation: string | null;
}

/** Recommends something to the force on a review that is upheld. Answers the recommendation's id. */
export class MakeRecommendation extends Command<string> {
  constructor(
    readonly reference: string,
    readonly input: RecommendationInput,
  ) {
    super();
  }
}

@CommandHandler(MakeRecommendation)
export class MakeRecommendationHandler implements ICommandHandler<MakeRecommendation> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reviews: ReviewRepository,
    private readonly recommendations: RecommendationRepository,
    private readonly settings: RecommendationSettings,
    private readonly tools: ReviewTools,
  ) {}

  /** @throws ReviewNotFound, ReviewRuleRefused, InvalidReviewInput */
  execute({ reference, input }: MakeRecommendation): Promise<string> {
    const parsed = parseReference(reference);
    if (!parsed) throw new ReviewNotFound();
    return this.unitOfWork.run(async () => {
      // Locked: a review is not closed while a recommendation is being made on it.
      const review = await this.reviews.loadByReference(parsed.reference);
      const { office } = review.snapshot();
      if (input.text.trim() === '') throw new InvalidReviewInput('/text', 'say what you recommend');
      const type = await this.settings.type(input.type, office);
      const recommendation = Recommendation.make(
        review.snapshot(),
        {
          id: this.tools.newId(),
          type,
          allegation: input.allegation,
          by: this.tools.actor(),
          policy: await this.tools.settings.policy('recommendation-response', office),
          words: await this.tools.keep(review, input.text),
        },
        await this.tools.settings.counter(),
        this.tools.now(),
      );
      await this.recommendations.add(recommendation);
      return recommendation.id;
    });
  }
}
