import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Clock, londonDate } from '@app/kernel';
import { UnitOfWork, currentCaller } from '@app/platform';
import { CONFIGURATION_KINDS } from '../kinds/configuration-kinds';

/** One kind of configuration, what it is for and how much of it there is in the caller's offices. */
export interface ConfigurationCount {
  readonly kind: string;
  readonly title: string;
  readonly purpose: string;
  readonly inForce: number;
  /** Begins later. */
  readonly future: number;
}

export class CountConfiguration extends Query<readonly ConfigurationCount[]> {}

@QueryHandler(CountConfiguration)
export class CountConfigurationHandler implements IQueryHandler<CountConfiguration> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async execute(): Promise<readonly ConfigurationCount[]> {
    const rows = await this.unitOfWork.run((manager): Promise<{ kind: string; in_force: number; future: number }[]> =>
      manager.query(
        `SELECT kind, (count(*) FILTER (WHERE valid_from <= $1 AND coalesce(valid_to >= $1, true)))::int AS in_force,
                (count(*) FILTER (WHERE valid_from > $1))::int AS future
           FROM (SELECT DISTINCT ON (kind, key, coalesce(office, ''), valid_from) kind, office, valid_from, valid_to, retired
                   FROM configuration_entry ORDER BY kind, key, coalesce(office, ''), valid_from, version DESC) newest
          WHERE NOT retired AND (office IS NULL OR office = ANY($2)) GROUP BY kind`,
        [londonDate(this.clock.now()), currentCaller().offices],
      ),
    );
    return CONFIGURATION_KINDS.map(({ kind, title, purpose }) => {
      const counted = rows.find((row) => row.kind === kind);
      return { kind, title, purpose, inForce: counted?.in_force ?? 0, future: counted?.future ?? 0 };
    });
  }
}
