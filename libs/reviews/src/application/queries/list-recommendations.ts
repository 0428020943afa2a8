import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { UnitOfWork, currentCaller } from '@app/platform';
import type { RecommendationStatus } from '../../domain/recommendation-state';
import { RecommendationSettings } from '../recommendations/recommendation-settings';
import { ReviewSettings } from '../review-settings';

export interface RecommendationFilter {
  readonly offices: readonly string[];
  /** `open`: not settled. `overdue`: the force has let the day pass. */
  readonly status: RecommendationStatus | 'open' | 'overdue' | null;
  readonly force: string | null;
  /** Made from and to these days, both included. */
  readonly from: string | null;
  readonly to: string | null;
}

export interface RecommendationLine {
  readonly id: string;
  readonly reference: string;
  readonly office: string;
  readonly force: string;
  readonly type: string;
  readonly typeName: string;
  readonly madeOn: string;
  readonly responseDueOn: string;
  readonly status: RecommendationStatus;
  readonly response: string | null;
  readonly respondedOn: string | null;
  readonly implementedOn: string | null;
  readonly settledOn: string | null;
  readonly isOverdue: boolean;
}

/** After which line a page goes on. */
export interface RecommendationPlace {
  readonly rank: number;
  readonly due: string;
  readonly id: string;
}

export interface RecommendationPage {
  readonly items: readonly RecommendationLine[];
  readonly next: RecommendationPlace | null;
  readonly total: number;
  readonly overdue: number;
}

/** Recommendations over offices of the caller: overdue ones first, then what is waited for, then what is settled. */
export class ListRecommendations extends Query<RecommendationPage> {
  constructor(
    readonly filter: RecommendationFilter,
    readonly limit: number,
    readonly after: RecommendationPlace | null = null,
  ) {
    super();
  }
}

type Row = Omit<RecommendationLine, 'typeName' | 'isOverdue'> & { readonly rank: number };

const OVERDUE = `(m.status = 'awaiting-response' AND m.response_due_on < $3)`;
const RANK = `CASE WHEN ${OVERDUE} THEN 0 WHEN m.status = 'awaiting-response' THEN 1 WHEN m.settled_on IS NULL THEN 2 ELSE 3 END`;

@QueryHandler(ListRecommendations)
export class ListRecommendationsHandler implements IQueryHandler<ListRecommendations> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly settings: ReviewSettings,
    private readonly own: RecommendationSettings,
  ) {}

  execute({ filter, limit, after }: ListRecommendations): Promise<RecommendationPage> {
    return this.unitOfWork.run(async (manager) => {
      const { offices, system } = currentCaller();
      const asked = system ? filter.offices : filter.offices.filter((office) => offices.includes(office));
      const conditions = `m.office = ANY($1)
        AND CASE WHEN $2::text IS NULL THEN true WHEN $2 = 'overdue' THEN ${OVERDUE}
                 WHEN $2 = 'open' THEN m.settled_on IS NULL ELSE m.status = $2 END
        AND ($4::text IS NULL OR m.force = $4) AND ($5::date IS NULL OR m.made_on >= $5) AND ($6::date IS NULL OR m.made_on <= $6)`;
      const values = [asked, filter.status, this.settings.today(), filter.force, filter.from, filter.to];
      const rows: Row[] = await manager.query(
        `SELECT m.id, r.reference, m.office, m.force, m.type, m.made_on::text AS "madeOn",
                m.response_due_on::text AS "responseDueOn", m.status, m.response, m.responded_on::text AS "respondedOn",
                m.implemented_on::text AS "implementedOn", m.settled_on::text AS "settledOn", ${RANK} AS rank
           FROM review_recommendation m JOIN review r ON r.case_id = m.case_id
          WHERE ${conditions} AND ($7::int IS NULL OR (${RANK}, m.response_due_on, m.id) > ($7, $8::date, $9::uuid))
          ORDER BY rank, m.response_due_on, m.id LIMIT $10`,
        [...values, after?.rank ?? null, after?.due ?? null, after?.id ?? null, limit + 1],
      );
      const [counted]: { total: number; overdue: number }[] = await manager.query(
        `SELECT count(*)::int AS total, (count(*) FILTER (WHERE ${OVERDUE}))::int AS overdue
           FROM review_recommendation m JOIN review r ON r.case_id = m.case_id WHERE ${conditions}`,
        values,
      );
      const page = rows.slice(0, limit);
      const last = rows.length > limit ? page.at(-1) : undefined;
      const names = await this.typeNames([...new Set(page.map(({ office }) => office))]);
      return {
        items: page.map(({ rank, ...line }) => ({
          ...line,
          typeName: names.get(`${line.office} ${line.type}`) ?? line.type,
          isOverdue: rank === 0,
        })),
        next: last ? { rank: last.rank, due: last.responseDueOn, id: last.id } : null,
        total: counted?.total ?? 0,
        overdue: counted?.overdue ?? 0,
      };
    });
  }

  private async typeNames(offices: readonly string[]): Promise<Map<string, string>> {
    const names = new Map<string, string>();
    for (const office of offices) {
      for (const { key, name } of await this.own.types(office)) names.set(`${office} ${key}`, name);
    }
    return names;
  }
}
