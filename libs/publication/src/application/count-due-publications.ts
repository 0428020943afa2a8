import { IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Clock, londonDate } from '@app/kernel';
import { UnitOfWork } from '@app/platform';

/** How many bulletins are not on the page yet, how many of them are late, and how many versions wait for a check. */
export interface DuePublications {
  readonly due: number;
  readonly overdue: number;
  readonly toCheck: number;
}

export class CountDuePublications extends Query<DuePublications> {
  constructor(readonly offices: readonly string[]) {
    super();
  }
}

@QueryHandler(CountDuePublications)
export class CountDuePublicationsHandler implements IQueryHandler<CountDuePublications> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  execute({ offices }: CountDuePublications): Promise<DuePublications> {
    return this.unitOfWork.run(async (manager) => {
      const [row]: DuePublications[] = await manager.query(
        `SELECT count(*)::int AS due, count(*) FILTER (WHERE b.due_on < $2)::int AS overdue,
                (SELECT count(*)::int FROM publication_version WHERE office = ANY ($1) AND state = 'to-check') AS "toCheck"
           FROM iopc_bulletin b
          WHERE b.office = ANY ($1) AND NOT EXISTS (
            SELECT FROM publication_version v WHERE v.published_at IS NOT NULL AND v.bulletins @> ARRAY[b.id])`,
        [offices, londonDate(this.clock.now())],
      );
      return row ?? { due: 0, overdue: 0, toCheck: 0 };
    });
  }
}
