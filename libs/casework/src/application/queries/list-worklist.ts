import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '@app/platform';
import type { CaseFilter } from './case-filter';
import { countCases, readCasePage, type CaseCursor, type CasePageRequest, type CasePlace } from './case-pages';
import type { CaseSort } from './case-sorts';

/** Nobody needs to know how many more there are than this, and counting them all would cost more than the page. */
export const WORKLIST_COUNTED_TO = 1000;

/** One line of a worklist. */
export interface WorklistItem {
  readonly id: string;
  readonly reference: string;
  readonly office: string;
  readonly subject: string;
  readonly correspondent: string | null;
  readonly category: string | null;
  readonly queue: string | null;
  readonly assignee: string | null;
  readonly priority: string;
  readonly status: string;
  readonly channel: string;
  readonly nextDeadline: string | null;
  readonly receivedOn: string;
  readonly closedOn: string | null;
  readonly riskLevel: string;
  /** A risk alert waits for a person. */
  readonly riskWaits: boolean;
  readonly draftState: string | null;
}

export interface WorklistPage {
  readonly items: readonly WorklistItem[];
  readonly previous: CaseCursor | null;
  readonly next: CaseCursor | null;
  /** WORKLIST_COUNTED_TO + 1 where there are more; null when it was not asked for. */
  readonly total: number | null;
}

const COLUMNS = `c.id, c.reference, c.office, c.subject, coalesce(p.name, p.organisation, p.email, p.phone) AS correspondent,
  c.category, c.queue, c.assignee, c.priority, c.status, c.channel, c.next_deadline::text AS "nextDeadline",
  c.received_on::text AS "receivedOn", (c.closed_at AT TIME ZONE 'Europe/London')::date::text AS "closedOn",
  c.risk_level AS "riskLevel", (c.risk_level IN ('high', 'critical') AND c.risk_confirmed_at IS NULL) AS "riskWaits",
  c.draft_state AS "draftState"`;

/** A page of the worklist that people work from: slim lines, in both directions, with a total. */
export class ListWorklist extends Query<WorklistPage> {
  constructor(
    readonly filter: CaseFilter,
    readonly sort: CaseSort,
    readonly limit: number,
    readonly place: CasePlace | null = null,
    readonly counted = true,
  ) {
    super();
  }
}

@QueryHandler(ListWorklist)
export class ListWorklistHandler implements IQueryHandler<ListWorklist> {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  execute({ filter, sort, limit, place, counted }: ListWorklist): Promise<WorklistPage> {
    return this.unitOfWork.run(async (manager) => {
      const run = (sql: string, parameters: unknown[]): Promise<unknown> => manager.query(sql, parameters);
      const request: CasePageRequest = { filter, sort, limit, place };
      const { rows, previous, next } = await readCasePage<WorklistItem & { sort_key?: unknown }>(run, request, COLUMNS);
      const total = counted ? await countCases(run, filter, WORKLIST_COUNTED_TO + 1) : null;
      return { items: rows.map(({ sort_key: _, ...item }) => item), previous, next, total };
    });
  }
}
