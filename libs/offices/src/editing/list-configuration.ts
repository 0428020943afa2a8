import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Clock, londonDate } from '@app/kernel';
import { UnitOfWork, currentCaller } from '@app/platform';
import { configurationKind } from '../kinds/configuration-kinds';
import { ConfigurationNotFound } from './configuration.errors';
import { ConfigurationRows } from './configuration-rows';
import { isVisible, viewOf, type ConfigurationView } from './configuration-view';
import { ReferenceChecks } from './reference-checks';

/** The entries of a kind that hold, held or will hold in the caller's offices, by title. */
export class ListConfiguration extends Query<readonly ConfigurationView[]> {
  constructor(readonly kind: string) {
    super();
  }
}

@QueryHandler(ListConfiguration)
export class ListConfigurationHandler implements IQueryHandler<ListConfiguration> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly rows: ConfigurationRows,
    private readonly references: ReferenceChecks,
    private readonly clock: Clock,
  ) {}

  /** @throws ConfigurationNotFound for a kind that does not exist. */
  execute({ kind }: ListConfiguration): Promise<readonly ConfigurationView[]> {
    if (!configurationKind(kind)) throw new ConfigurationNotFound();
    const today = londonDate(this.clock.now());
    return this.unitOfWork.run(async () => {
      const chains = await this.rows.chains(kind);
      const { offices } = currentCaller();
      const answersForAll = (await this.references.offices()).every((each) => offices.includes(each));
      return chains
        .filter(({ office }) => isVisible(office))
        .map((chain) => viewOf(chain, today, chain.office !== null || answersForAll))
        .sort((a, b) => a.title.localeCompare(b.title, 'en-GB') || (a.office ?? '').localeCompare(b.office ?? ''));
    });
  }
}
