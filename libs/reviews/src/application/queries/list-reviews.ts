import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { UnitOfWork, currentCaller } from '@app/platform';
import { elapsedDays, type ElapsedDays } from '../../domain/elapsed-days';
import { REVIEW_STAGES, isReviewEnded, type ReviewStage } from '../../domain/review-stage';
import type { ReviewState } from '../../domain/review-state';
import { ReviewSettings } from '../review-settings';

export interface ReviewFilter {
  /** Null: every office that the caller may see. */
  readonly office: string | null;
  /** `open`: something is still waited for. */
  readonly stages: readonly ReviewStage[] | 'open' | 'ended' | null;
  /** A person's id, or `none` for reviews that nobody has. */
  readonly reviewer: string | null;
  /** Papers or decision past their day. */
  readonly overdue: boolean;
  /** Only reviews with a recommendation that is not settled. */
  readonly withOpenRecommendations: boolean;
  /** Past its day: the force's papers, our decision, or the force's response to a recommendation. */
  readonly late?: 'papers' | 'decide' | 'response' | null;
  /** All but those of this reviewer: whose quality another one may check. */
  readonly notReviewer?: string | null;
}

export interface ReviewLine {
  readonly reference: string;
  readonly office: string;
  readonly stage: ReviewStage;
  readonly subject: string;
  readonly applicant: string | null;
  readonly receivedOn: string;
  readonly acknowledgeBy: string | null;
  readonly isAcknowledged: boolean;
  readonly reviewer: string | null;
  readonly handling: string | null;
  readonly validity: string | null;
  readonly outcome: string | null;
  readonly papersRequestedOn: string | null;
  readonly papersReceivedOn: string | null;
  readonly papersDueOn: string | null;
  readonly decideBy: string | null;
  readonly decidedOn: string | null;
  readonly pausedSince: string | null;
  readonly openRecommendations: number;
  /** The earlier of the running clocks; null where none runs. */
  readonly nextDue: string | null;
  readonly isOverdue: boolean;
  /** Calendar days so far, or until it ended. */
  readonly elapsed: ElapsedDays;
}

/** After which line a page goes on. */
export interface ReviewPlace {
  /** Null where no clock runs: those come last. */
  readonly due: string | null;
  readonly receivedOn: string;
  readonly reference: string;
}

export interface ReviewPage {
  readonly items: readonly ReviewLine[];
  readonly next: ReviewPlace | null;
  /** How many there are in all. */
  readonly total: number;
}

/** Reviews over every office of the caller, what is due first on top. */
export class ListReviews extends Query<ReviewPage> {
  constructor(
    readonly filter: ReviewFilter,
    readonly limit: number,
    readonly after: ReviewPlace | null = null,
  ) {
    super();
  }
}

const NEVER = '9999-12-31';
const ENDED = REVIEW_STAGES.filter(isReviewEnded);

@QueryHandler(ListReviews)
export class ListReviewsHandler implements IQueryHandler<ListReviews> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly settings: ReviewSettings,
  ) {}

  execute({ filter, limit, after }: ListReviews): Promise<ReviewPage> {
    return this.unitOfWork.run(async (manager) => {
      const { offices, system } = currentCaller();
      const { stages } = filter;
      const [included, excluded] = stages === 'open' ? [null, ENDED] : [stages === 'ended' ? ENDED : stages, null];
      const conditions = `($1 OR r.office = ANY($2)) AND ($3::text IS NULL OR r.office = $3)
        AND ($4::text[] IS NULL OR r.stage = ANY($4)) AND ($5::text[] IS NULL OR r.stage <> ALL($5))
        AND ($6::text IS NULL OR coalesce(r.reviewer, 'none') = $6)
        AND (NOT $7 OR least(r.papers_due_on, r.decide_by) < $8)
        AND (NOT $9 OR EXISTS (SELECT FROM review_recommendation m WHERE m.case_id = r.case_id AND m.settled_on IS NULL))
        AND ($10::text IS NULL OR r.reviewer IS DISTINCT FROM $10)
        AND CASE $11::text WHEN 'papers' THEN r.papers_due_on < $8 WHEN 'decide' THEN r.decide_by < $8
              WHEN 'response' THEN EXISTS (SELECT FROM review_recommendation m WHERE m.case_id = r.case_id
                AND m.settled_on IS NULL AND m.responded_on IS NULL AND m.response_due_on < $8) ELSE true END`;
      const today = this.settings.today();
      const values = [
        system,
        offices,
        filter.office,
        included,
        excluded,
        filter.reviewer,
        filter.overdue,
        today,
        filter.withOpenRecommendations,
        filter.notReviewer ?? null,
        filter.late ?? null,
      ];
      const rows: (Omit<ReviewLine, 'elapsed'> & { readonly state: ReviewState })[] = await manager.query(
        `SELECT r.reference, r.office, r.stage, c.subject, p.name AS applicant, r.received_on::text AS "receivedOn",
                c.acknowledge_by::text AS "acknowledgeBy", c.acknowledged_at IS NOT NULL AS "isAcknowledged",
                r.reviewer, r.handling, r.validity, r.outcome,
                r.papers_requested_on::text AS "papersRequestedOn", r.papers_received_on::text AS "papersReceivedOn",
                r.papers_due_on::text AS "papersDueOn", r.decide_by::text AS "decideBy", r.decided_on::text AS "decidedOn",
                r.paused_since::text AS "pausedSince",
                (SELECT count(*)::int FROM review_recommendation m
                  WHERE m.case_id = r.case_id AND m.settled_on IS NULL) AS "openRecommendations",
                least(r.papers_due_on, r.decide_by)::text AS "nextDue",
                coalesce(least(r.papers_due_on, r.decide_by) < $8, false) AS "isOverdue", r.state
           FROM review r JOIN case_file c ON c.id = r.case_id LEFT JOIN correspondent p ON p.id = c.correspondent_id
          WHERE ${conditions}
            AND ($14::text IS NULL OR (coalesce(least(r.papers_due_on, r.decide_by), '${NEVER}'), r.received_on, r.reference)
                                      > (coalesce($12::date, '${NEVER}'), $13::date, $14))
          ORDER BY coalesce(least(r.papers_due_on, r.decide_by), '${NEVER}'), r.received_on, r.reference
          LIMIT $15`,
        [...values, after?.due ?? null, after?.receivedOn ?? null, after?.reference ?? null, limit + 1],
      );
      const [counted]: { total: number }[] = await manager.query(
        `SELECT count(*)::int AS total FROM review r WHERE ${conditions}`,
        values,
      );
      const page = rows.slice(0, limit).map(({ state, ...line }) => ({ ...line, elapsed: elapsedDays(state, today) }));
      const last = rows.length > limit ? page.at(-1) : undefined;
      return {
        items: page,
        next: last ? { due: last.nextDue, receivedOn: last.receivedOn, reference: last.reference } : null,
        total: counted?.total ?? 0,
      };
    });
  }
}
