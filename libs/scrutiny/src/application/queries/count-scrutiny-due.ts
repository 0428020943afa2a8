import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '@app/platform';
import { ScrutinySettings } from '../scrutiny-settings';

/** What of oversight is late or comes up, for home pages and the daily mail. */
export interface ScrutinyDue {
  readonly noticesOverdue: number;
  readonly updatesOverdue: number;
  /** Updates about complaints about the chief constable that are due in the next seven days, today too. */
  readonly updatesDue: number;
  readonly samplesToScore: number;
  readonly answersOverdue: number;
}

export class CountScrutinyDue extends Query<ScrutinyDue> {
  constructor(readonly offices: readonly string[]) {
    super();
  }
}

@QueryHandler(CountScrutinyDue)
export class CountScrutinyDueHandler implements IQueryHandler<CountScrutinyDue> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly settings: ScrutinySettings,
  ) {}

  async execute({ offices }: CountScrutinyDue): Promise<ScrutinyDue> {
    const [row]: ScrutinyDue[] = await this.unitOfWork.run((manager) =>
      manager.query(
        `SELECT count(*) FILTER (WHERE kind = 'investigation' AND due_on < $2)::int AS "noticesOverdue",
                count(*) FILTER (WHERE kind = 'chief-constable-complaint' AND due_on < $2)::int AS "updatesOverdue",
                count(*) FILTER (WHERE kind = 'chief-constable-complaint' AND due_on BETWEEN $2 AND $2::date + 6)::int AS "updatesDue",
                count(*) FILTER (WHERE kind = 'oversight-action' AND due_on < $2)::int AS "answersOverdue",
                count(*) FILTER (WHERE kind = 'dip-sample' AND (state ->> 'drawnOn') IS NOT NULL
                                   AND (state ->> 'reportedOn') IS NULL)::int AS "samplesToScore"
           FROM scrutiny_record WHERE is_open AND office = ANY ($1)`,
        [offices, this.settings.today],
      ),
    );
    return row as ScrutinyDue;
  }
}
