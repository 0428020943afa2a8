import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { UnitOfWork, currentCaller } from '@app/platform';
import { REVIEW_STAGES, isReviewEnded } from '../../domain/review-stage';
import { ReviewSettings } from '../review-settings';

/** What waits, over every office of the caller. "Mine" is what the caller reviews. */
export interface ReviewCounts {
  readonly open: number;
  readonly mine: number;
  readonly nobodys: number;
  readonly overdue: number;
  readonly decideOverdue: number;
  readonly papersOverdue: number;
  /** Handed in for the quality check by somebody else. */
  readonly toCheck: number;
  /** The force owes an answer to a recommendation. */
  readonly withOpenRecommendations: number;
  readonly responsesOverdue: number;
}

export class CountReviews extends Query<ReviewCounts> {}

const ENDED = REVIEW_STAGES.filter(isReviewEnded);

@QueryHandler(CountReviews)
export class CountReviewsHandler implements IQueryHandler<CountReviews> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly settings: ReviewSettings,
  ) {}

  execute(): Promise<ReviewCounts> {
    return this.unitOfWork.run(async (manager) => {
      const { offices, system, actor } = currentCaller();
      const [counts]: ReviewCounts[] = await manager.query(
        `SELECT count(*) FILTER (WHERE is_open)::int AS open,
                count(*) FILTER (WHERE is_open AND reviewer = $3)::int AS mine,
                count(*) FILTER (WHERE is_open AND reviewer IS NULL)::int AS nobodys,
                count(*) FILTER (WHERE is_open AND least(papers_due_on, decide_by) < $4)::int AS overdue,
                count(*) FILTER (WHERE is_open AND decide_by < $4)::int AS "decideOverdue",
                count(*) FILTER (WHERE is_open AND papers_due_on < $4)::int AS "papersOverdue",
                count(*) FILTER (WHERE stage = 'quality-check' AND reviewer IS DISTINCT FROM $3)::int AS "toCheck",
                count(*) FILTER (WHERE recommendations > 0)::int AS "withOpenRecommendations",
                count(*) FILTER (WHERE late_responses > 0)::int AS "responsesOverdue"
           FROM (SELECT r.*, r.stage <> ALL($5) AS is_open, m.recommendations, m.late_responses
                   FROM review r LEFT JOIN LATERAL (
                     SELECT count(*) AS recommendations,
                            count(*) FILTER (WHERE responded_on IS NULL AND response_due_on < $4) AS late_responses
                       FROM review_recommendation WHERE case_id = r.case_id AND settled_on IS NULL) m ON true
                  WHERE $1 OR r.office = ANY($2)) counted`,
        [system, offices, actor.id, this.settings.today(), ENDED],
      );
      return counts as ReviewCounts;
    });
  }
}
