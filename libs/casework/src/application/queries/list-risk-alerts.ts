import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { UnitOfWork, currentCaller } from '@app/platform';

export interface RiskAlertView {
  readonly id: string;
  readonly reference: string;
  readonly office: string;
  readonly level: string;
  readonly reasons: readonly unknown[];
  readonly raisedAt: string;
}

/** Risk alerts that no person has confirmed yet, oldest first. */
export class ListRiskAlerts extends Query<readonly RiskAlertView[]> {
  constructor(
    readonly limit: number,
    /** Instant and id of the last one seen. */
    readonly after: readonly [string, string] | null = null,
    /** Of one office; null for all of the caller's. */
    readonly office: string | null = null,
  ) {
    super();
  }
}

@QueryHandler(ListRiskAlerts)
export class ListRiskAlertsHandler implements IQueryHandler<ListRiskAlerts> {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  execute({ limit, after, office }: ListRiskAlerts): Promise<readonly RiskAlertView[]> {
    return this.unitOfWork.run(async (manager) => {
      const rows: (Omit<RiskAlertView, 'raisedAt'> & { raised_at: Date })[] = await manager.query(
        `SELECT a.id, c.reference, a.office, a.level, a.reasons, a.raised_at FROM risk_alert a
           JOIN case_file c ON c.id = a.case_id
          WHERE a.office = ANY($1) AND ($5::text IS NULL OR a.office = $5) AND a.confirmed_at IS NULL
            AND ($3::timestamptz IS NULL OR (a.raised_at, a.id) > ($3::timestamptz, $4::uuid))
          ORDER BY a.raised_at, a.id LIMIT $2`,
        [currentCaller().offices, limit, after?.[0] ?? null, after?.[1] ?? null, office],
      );
      return rows.map(({ raised_at, ...row }) => ({ ...row, raisedAt: raised_at.toISOString() }));
    });
  }
}
