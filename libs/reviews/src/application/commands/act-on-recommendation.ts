import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { dayInWords, parseReference } from '@app/kernel';
import { UnitOfWork } from '@app/platform';
import type { Recommendation } from '../../domain/recommendation';
import { RecommendationVersionStale } from '../../domain/recommendation.errors';
import { responseDueOn, type Response } from '../../domain/recommendation-state';
import type { Review } from '../../domain/review';
import { InvalidReviewInput, ReviewNotFound } from '../../domain/review.errors';
import type { KeptWords } from '../../domain/review-state';
import { RecommendationRepository } from '../recommendations/recommendation-repository';
import { RecommendationSettings } from '../recommendations/recommendation-settings';
import { ReviewRepository } from '../review-repository';
import { ReviewTools } from '../review-tools';

/** What people do with a recommendation, each with what it needs. Words are as they were typed; they are kept apart. */
export type RecommendationAct =
  | { readonly do: 'extend'; readonly to: string; readonly reason: string }
  | { readonly do: 'chase' }
  | {
      readonly do: 'record-response';
      readonly response: Response;
      readonly on: string;
      /** The steps that the force will take, or its reasons for not accepting (R1.81). */
      readonly text: string;
      readonly sentToApplicantOn: string | null;
    }
  | { readonly do: 'record-sent-to-applicant'; readonly on: string }
  | { readonly do: 'record-implementation'; readonly on: string; readonly evidence: string }
  | { readonly do: 'record-not-implemented'; readonly reason: string }
  | { readonly do: 'withdraw'; readonly reason: string };

/** Which recommendation, and which version of it the caller saw. */
export interface RecommendationTarget {
  readonly reference: string;
  readonly id: string;
  readonly ifVersion: number | null;
}

/** Somebody does something with a recommendation. Answers its id. */
export class ActOnRecommendation extends Command<string> {
  constructor(
    readonly target: RecommendationTarget,
    readonly act: RecommendationAct,
  ) {
    super();
  }
}

@CommandHandler(ActOnRecommendation)
export class ActOnRecommendationHandler implements ICommandHandler<ActOnRecommendation> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reviews: ReviewRepository,
    private readonly recommendations: RecommendationRepository,
    private readonly settings: RecommendationSettings,
    private readonly tools: ReviewTools,
  ) {}

  /** @throws ReviewNotFound, RecommendationNotFound, RecommendationVersionStale and whatever the act refuses. */
  execute({ target, act }: ActOnRecommendation): Promise<string> {
    const parsed = parseReference(target.reference);
    if (!parsed) throw new ReviewNotFound();
    return this.unitOfWork.run(async () => {
      const review = await this.reviews.loadByReference(parsed.reference);
      const recommendation = await this.recommendations.load(review.id, target.id);
      if (target.ifVersion !== null && target.ifVersion !== recommendation.version) {
        throw new RecommendationVersionStale();
      }
      await this.carryOut(review, recommendation, act);
      await this.recommendations.save(recommendation);
      return recommendation.id;
    });
  }

  private async carryOut(review: Review, recommendation: Recommendation, act: RecommendationAct): Promise<void> {
    const now = this.tools.now();
    switch (act.do) {
      case 'extend':
        return recommendation.extend(act.to, await this.keep(review, '/reason', act.reason), now);
      case 'chase':
        return this.chase(review, recommendation, now);
      case 'record-response': {
        const words = await this.keep(review, '/text', act.text);
        return recommendation.recordResponse(act.response, act.on, act.sentToApplicantOn, words, now);
      }
      case 'record-sent-to-applicant':
        return recommendation.recordSentToApplicant(act.on, now);
      case 'record-implementation':
        return recommendation.recordImplementation(act.on, await this.keep(review, '/evidence', act.evidence), now);
      case 'record-not-implemented':
        return recommendation.recordNotImplemented(await this.keep(review, '/reason', act.reason), now);
      case 'withdraw':
        return recommendation.withdraw(await this.keep(review, '/reason', act.reason), now);
    }
  }

  private async chase(review: Review, recommendation: Recommendation, now: Date): Promise<void> {
    const { clock, textId, type, office, madeOn } = recommendation.snapshot();
    const known = await this.settings.types(office);
    const [kept]: { text: string }[] = await this.unitOfWork.manager.query(
      `SELECT text FROM private_text WHERE id = $1 AND case_id = $2`,
      [textId, review.id],
    );
    const byMail = await this.tools.letters.toForce('review-recommendation-chaser', review.snapshot(), {
      recommendationType: known.find(({ key }) => key === type)?.name ?? type,
      recommendationText: kept?.text ?? null,
      recommendationMadeOn: dayInWords(madeOn),
      responseDueBy: dayInWords(responseDueOn(clock)),
    });
    recommendation.chase(byMail, now);
  }

  /** @throws InvalidReviewInput where nothing was said. */
  private keep(review: Review, pointer: string, text: string): Promise<KeptWords> {
    if (text.trim() === '') throw new InvalidReviewInput(pointer, 'must not be empty');
    return this.tools.keep(review, text);
  }
}
