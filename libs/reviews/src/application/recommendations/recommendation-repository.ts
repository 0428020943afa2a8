import { Injectable } from '@nestjs/common';
import { EventStore, StreamChangedMeanwhile, UnitOfWork } from '@app/platform';
import { Learning, type LearningState } from '../../domain/learning';
import { Recommendation } from '../../domain/recommendation';
import { LearningNotFound, RecommendationNotFound } from '../../domain/recommendation.errors';
import { responseDueOn, statusOf, type RecommendationState } from '../../domain/recommendation-state';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function recommendationStream(id: string): string {
  return `recommendation-${id}`;
}

export function learningStream(id: string): string {
  return `learning-${id}`;
}

/** The columns that repeat parts of the state, in the order of `recommendationColumnsOf`. */
export const RECOMMENDATION_COLUMNS = [
  'version',
  'status',
  'response_due_on',
  'response',
  'responded_on',
  'implemented_on',
  'settled_on',
  'state',
] as const;

/** The values of `RECOMMENDATION_COLUMNS`. */
export function recommendationColumnsOf(state: RecommendationState): unknown[] {
  return [
    state.version,
    statusOf(state),
    responseDueOn(state.clock),
    state.response?.response ?? null,
    state.response?.on ?? null,
    state.implemented?.on ?? null,
    state.settledOn,
    JSON.stringify(state),
  ];
}

/** Loads and saves recommendations and suggestions of learning: state and events in one transaction. */
@Injectable()
export class RecommendationRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: EventStore,
  ) {}

  /** Locked until the transaction ends. @throws RecommendationNotFound */
  async load(caseId: string, id: string): Promise<Recommendation> {
    if (!UUID.test(id)) throw new RecommendationNotFound();
    const [row]: { state: RecommendationState }[] = await this.unitOfWork.manager.query(
      `SELECT state FROM review_recommendation WHERE id = $1 AND case_id = $2 FOR UPDATE`,
      [id, caseId],
    );
    if (!row) throw new RecommendationNotFound();
    return Recommendation.restore(row.state);
  }

  async add(recommendation: Recommendation): Promise<void> {
    const state = recommendation.snapshot();
    const { id, caseId, office, force, type, madeOn } = state;
    const columns = ['id', 'case_id', 'office', 'force', 'type', 'made_on', ...RECOMMENDATION_COLUMNS];
    await this.unitOfWork.manager.query(
      `INSERT INTO review_recommendation (${columns.join(', ')})
       VALUES (${columns.map((_, at) => `$${String(at + 1)}`).join(', ')})`,
      [id, caseId, office, force, type, madeOn, ...recommendationColumnsOf(state)],
    );
    await this.append(recommendation, recommendationStream(id), office);
  }

  async save(recommendation: Recommendation): Promise<void> {
    const state = recommendation.snapshot();
    if (state.version === recommendation.version) return;
    const set = RECOMMENDATION_COLUMNS.map((column, at) => `${column} = $${String(at + 3)}`).join(', ');
    const changed: [unknown[], number] = await this.unitOfWork.manager.query(
      `UPDATE review_recommendation SET ${set} WHERE id = $1 AND version = $2`,
      [state.id, recommendation.version, ...recommendationColumnsOf(state)],
    );
    if (changed[1] !== 1) throw new StreamChangedMeanwhile(recommendationStream(state.id));
    await this.append(recommendation, recommendationStream(state.id), state.office);
  }

  /** Locked until the transaction ends. @throws LearningNotFound */
  async loadLearning(caseId: string, id: string): Promise<Learning> {
    if (!UUID.test(id)) throw new LearningNotFound();
    const [row]: { state: LearningState }[] = await this.unitOfWork.manager.query(
      `SELECT state FROM review_learning WHERE id = $1 AND case_id = $2 FOR UPDATE`,
      [id, caseId],
    );
    if (!row) throw new LearningNotFound();
    return Learning.restore(row.state);
  }

  async addLearning(learning: Learning): Promise<void> {
    const state = learning.snapshot();
    const { id, caseId, office, theme, suggestedOn, textId, version } = state;
    await this.unitOfWork.manager.query(
      `INSERT INTO review_learning (id, case_id, office, theme, suggested_on, text_id, version, state)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [id, caseId, office, theme, suggestedOn, textId, version, JSON.stringify(state)],
    );
    await this.append(learning, learningStream(id), office);
  }

  async saveLearning(learning: Learning): Promise<void> {
    const state = learning.snapshot();
    const changed: [unknown[], number] = await this.unitOfWork.manager.query(
      `UPDATE review_learning SET version = $3, state = $4 WHERE id = $1 AND version = $2`,
      [state.id, learning.version, state.version, JSON.stringify(state)],
    );
    if (changed[1] !== 1) throw new StreamChangedMeanwhile(learningStream(state.id));
    await this.append(learning, learningStream(state.id), state.office);
  }

  private async append(aggregate: Recommendation | Learning, stream: string, office: string): Promise<void> {
    const events = aggregate.releaseEvents();
    await this.store.append([{ stream, office, expectedVersion: aggregate.version, events }]);
  }
}
