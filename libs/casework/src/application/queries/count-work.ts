import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { UnitOfWork, currentCaller } from '@app/platform';
import { CaseSettings } from '../case-settings';
import { endOfWeek } from './end-of-week';

/** What waits in one office, and what of it is the caller's own. Each figure has a worklist with exactly these cases. */
export interface OfficeWork {
  readonly office: string;
  readonly open: number;
  readonly mine: number;
  readonly mineOverdue: number;
  readonly mineDueToday: number;
  readonly mineDueThisWeek: number;
  readonly overdue: number;
  readonly dueToday: number;
  readonly dueThisWeek: number;
  readonly unassigned: number;
  /** Replies that wait for somebody to approve them. */
  readonly toApprove: number;
  readonly quarantined: number;
  /** Risk alerts that nobody has confirmed. */
  readonly riskAlerts: number;
}

/** The figures of the home page, one row an office of the caller's, offices without work too. */
export class CountWork extends Query<readonly OfficeWork[]> {}

@QueryHandler(CountWork)
export class CountWorkHandler implements IQueryHandler<CountWork> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly settings: CaseSettings,
  ) {}

  execute(): Promise<readonly OfficeWork[]> {
    const { offices, actor } = currentCaller();
    const today = this.settings.today();
    return this.unitOfWork.run((manager) =>
      manager.query<readonly OfficeWork[]>(
        `SELECT o.office, w.*, (SELECT count(*)::int FROM risk_alert a WHERE a.office = o.office AND a.confirmed_at IS NULL)
                AS "riskAlerts"
           FROM unnest($1::text[]) AS o (office) CROSS JOIN LATERAL (
             SELECT (count(*) FILTER (WHERE waits))::int AS open,
                    (count(*) FILTER (WHERE waits AND mine))::int AS mine,
                    (count(*) FILTER (WHERE waits AND mine AND due < $3))::int AS "mineOverdue",
                    (count(*) FILTER (WHERE waits AND mine AND due = $3))::int AS "mineDueToday",
                    (count(*) FILTER (WHERE waits AND mine AND due BETWEEN $3 AND $4))::int AS "mineDueThisWeek",
                    (count(*) FILTER (WHERE waits AND due < $3))::int AS overdue,
                    (count(*) FILTER (WHERE waits AND due = $3))::int AS "dueToday",
                    (count(*) FILTER (WHERE waits AND due BETWEEN $3 AND $4))::int AS "dueThisWeek",
                    (count(*) FILTER (WHERE waits AND assignee IS NULL))::int AS unassigned,
                    (count(*) FILTER (WHERE waits AND draft_state = 'submitted'))::int AS "toApprove",
                    (count(*) FILTER (WHERE NOT waits))::int AS quarantined
               FROM (SELECT c.status <> 'quarantined' AS waits, c.assignee, c.assignee = $2 AS mine, c.draft_state,
                            c.next_deadline AS due
                       FROM case_file c WHERE c.office = o.office AND c.closed_at IS NULL) each_case) w
          ORDER BY o.office`,
        [offices, actor.id, today, endOfWeek(today)],
      ),
    );
  }
}
