import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Clock, londonDate } from '@app/kernel';
import { UnitOfWork, currentCaller } from '@app/platform';
import { ConfigurationNotFound, InvalidConfiguration } from './configuration.errors';
import { ConfigurationRows } from './configuration-rows';
import { historyOf, isVisible, type ConfigurationHistory } from './configuration-view';
import { ReferenceChecks } from './reference-checks';

/** One entry with its history. `office` undefined: the only one of that key that the caller may know of. */
export class ShowConfiguration extends Query<ConfigurationHistory> {
  constructor(
    readonly kind: string,
    readonly key: string,
    readonly office?: string | null,
  ) {
    super();
  }
}

@QueryHandler(ShowConfiguration)
export class ShowConfigurationHandler implements IQueryHandler<ShowConfiguration> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly rows: ConfigurationRows,
    private readonly references: ReferenceChecks,
    private readonly clock: Clock,
  ) {}

  /** @throws ConfigurationNotFound also for other offices' entries. */
  execute({ kind, key, office }: ShowConfiguration): Promise<ConfigurationHistory> {
    return this.unitOfWork.run(async () => {
      const visible = (await this.rows.chains(kind, key)).filter((each) => isVisible(each.office));
      const found = office === undefined ? visible : visible.filter((each) => each.office === office);
      const [chain, another] = found;
      if (!chain) throw new ConfigurationNotFound();
      if (another) {
        const offices = found.map((each) => each.office ?? 'shared').join(', ');
        throw new InvalidConfiguration([{ pointer: '/office', message: `must be one of ${offices}` }]);
      }
      const { offices } = currentCaller();
      const answersForAll = (await this.references.offices()).every((each) => offices.includes(each));
      return historyOf(chain, londonDate(this.clock.now()), chain.office !== null || answersForAll);
    });
  }
}
