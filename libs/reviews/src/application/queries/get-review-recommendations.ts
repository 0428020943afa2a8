import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { AccessRecords } from '@app/access';
import { parseReference } from '@app/kernel';
import { UnitOfWork, currentCaller } from '@app/platform';
import { maySuggestLearning, type LearningState } from '../../domain/learning';
import { isTypeAllowed, mayRecommend } from '../../domain/recommendation';
import {
  allowedRecommendationActions,
  isResponseOverdue,
  responseDueOn,
  statusOf,
  type RecommendationState,
} from '../../domain/recommendation-state';
import { ReviewNotFound } from '../../domain/review.errors';
import type { ReviewState } from '../../domain/review-state';
import { RecommendationSettings, type RecommendationTypeChoice } from '../recommendations/recommendation-settings';
import { ReviewSettings, type NamedChoice } from '../review-settings';
import type { LearningView, RecommendationView, ReviewRecommendations } from './recommendation-view';

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** What one review recommends, and the learning it suggests. The reading is recorded. @throws ReviewNotFound */
export class GetReviewRecommendations extends Query<ReviewRecommendations> {
  constructor(readonly reference: string) {
    super();
  }
}

type Words = (id: string | null | undefined) => string | null;

@QueryHandler(GetReviewRecommendations)
export class GetReviewRecommendationsHandler implements IQueryHandler<GetReviewRecommendations> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly records: AccessRecords,
    private readonly settings: ReviewSettings,
    private readonly own: RecommendationSettings,
  ) {}

  execute({ reference }: GetReviewRecommendations): Promise<ReviewRecommendations> {
    return this.unitOfWork.run(async (manager) => {
      const { offices, system } = currentCaller();
      const [row]: { state: ReviewState }[] = await manager.query(
        `SELECT state FROM review WHERE reference = $1 AND ($2 OR office = ANY($3))`,
        [parseReference(reference)?.reference ?? '', system, offices],
      );
      if (!row) throw new ReviewNotFound();
      const review = row.state;
      const { id, office, stage, outcome, particulars } = review;
      await this.records.record('case-read', [{ office, caseId: id }]);
      const made: { state: RecommendationState }[] = await manager.query(
        `SELECT state FROM review_recommendation WHERE case_id = $1 ORDER BY made_on, id`,
        [id],
      );
      const learnt: { state: LearningState }[] = await manager.query(
        `SELECT state FROM review_learning WHERE case_id = $1 ORDER BY suggested_on, id`,
        [id],
      );
      const words = await this.words(id, [review, made, learnt]);
      const types = await this.own.types(office);
      const themes = await this.own.themes(office);
      const allegations = await this.allegations(review, words);
      const recommendations: RecommendationView[] = [];
      for (const { state } of made) recommendations.push(await this.viewOf(state, types, allegations, words));
      const canRecommend = mayRecommend(review);
      return {
        ...{ reference: review.reference, office, stage, outcome, handling: particulars.handling },
        recommendations,
        learning: learnt.map(({ state }) => learningOf(state, themes, words)),
        types: canRecommend ? types.filter((type) => isTypeAllowed(type, particulars.handling)) : [],
        ...{ allegations, themes, mayRecommend: canRecommend, maySuggest: maySuggestLearning(review) },
      };
    });
  }

  private async viewOf(
    state: RecommendationState,
    types: readonly RecommendationTypeChoice[],
    allegations: readonly NamedChoice[],
    words: Words,
  ): Promise<RecommendationView> {
    const type = types.find(({ key }) => key === state.type);
    const dueOn = responseDueOn(state.clock);
    const { policy, fromDay, extensions } = state.clock;
    return {
      state,
      version: state.version,
      status: statusOf(state),
      typeName: type?.name ?? state.type,
      law: type?.law ?? null,
      text: words(state.textId) ?? '',
      allegation: allegations.find(({ key }) => key === state.allegation)?.name ?? null,
      responseDueOn: dueOn,
      isOverdue: isResponseOverdue(state, this.settings.today()),
      wasLate: state.response !== null && state.response.on > dueOn,
      steps: (await this.settings.explain(policy, fromDay, [])).steps,
      responseText: words(state.response?.textId),
      evidence: words(state.implemented?.textId),
      endReason: words(state.notImplemented?.textId ?? state.withdrawn?.textId),
      extensions: extensions.map(({ from, to, on, textId }) => ({ from, to, on, reason: words(textId) ?? '' })),
      allowedActions: allowedRecommendationActions(state),
    };
  }

  private async allegations(review: ReviewState, words: Words): Promise<NamedChoice[]> {
    const categories = await this.settings.allegationCategories(review.office);
    return review.allegations.map(({ id, category, textId }) => {
      const name = categories.find(({ key }) => key === category)?.name ?? category;
      const text = words(textId) ?? '';
      return { key: id, name: text === '' ? name : `${name}: ${text}` };
    });
  }

  /** Only what these name: other words of the case have readers of their own. */
  private async words(caseId: string, named: unknown): Promise<Words> {
    const rows: { id: string; text: string }[] = await this.unitOfWork.manager.query(
      `SELECT id, text FROM private_text WHERE case_id = $1 AND id = ANY($2::uuid[])`,
      [caseId, JSON.stringify(named).match(UUID) ?? []],
    );
    const texts = new Map(rows.map(({ id, text }) => [id, text]));
    return (id) => (id === null || id === undefined ? null : (texts.get(id) ?? null));
  }
}

function learningOf(state: LearningState, themes: readonly NamedChoice[], words: Words): LearningView {
  const { id, version, theme, suggestedOn, textId, feedback } = state;
  return {
    ...{ id, version, theme, suggestedOn },
    themeName: themes.find(({ key }) => key === theme)?.name ?? theme,
    text: words(textId) ?? '',
    feedback: feedback.map(({ on, textId: said }) => ({ on, text: words(said) ?? '' })),
  };
}
