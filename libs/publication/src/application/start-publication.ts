import { randomUUID } from 'node:crypto';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { currentCaller, UnitOfWork } from '@app/platform';
import { contentHash } from '../domain/content';
import { Publication } from '../domain/publication';
import { InvalidPublication } from '../domain/publication.errors';
import { Bulletins } from './bulletins';
import { PublicationDesk } from './publication-desk';
import { PublicationMaker, type MadeFor } from './publication-maker';
import { PublicationStore } from './publication-store';

/** Begins a publication of an office about a period, with its figures counted. Answers its id. */
export class StartPublication extends Command<string> {
  constructor(readonly of: MadeFor) {
    super();
  }
}

@CommandHandler(StartPublication)
export class StartPublicationHandler implements ICommandHandler<StartPublication> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly desk: PublicationDesk,
    private readonly maker: PublicationMaker,
    private readonly store: PublicationStore,
    private readonly bulletins: Bulletins,
  ) {}

  /** @throws InvalidPublication */
  async execute({ of }: StartPublication): Promise<string> {
    if (!currentCaller().offices.includes(of.office)) {
      throw new InvalidPublication([{ pointer: '/office', message: 'Choose one of your offices' }]);
    }
    const doing = this.desk.doing();
    const publication = Publication.start({ ...of, id: randomUUID() }, doing);
    const counted = await this.maker.count(of, doing.at);
    await this.unitOfWork.run(async () => {
      await this.mustBeNew(of);
      const bulletins = await this.bulletins.toAttach(of.office);
      const { content, basis } = await this.maker.content(of, counted, [], bulletins);
      const sha256 = contentHash(content);
      publication.takeFigures({ asOf: counted.asOf, sha256, figures: content.figures.length }, doing);
      await this.store.save(publication, doing, { narratives: [], bulletins, content, sha256 });
      await this.store.saveSnapshot(publication, { figures: counted.ofPeriod, basis });
    });
    return publication.id;
  }

  private async mustBeNew({ office, kind, from, to }: MadeFor): Promise<void> {
    const found: unknown[] = await this.unitOfWork.manager.query(
      `SELECT 1 FROM publication WHERE office = $1 AND kind = $2 AND period_from = $3 AND period_to = $4`,
      [office, kind, from, to],
    );
    if (found.length === 0) return;
    const message = 'There is one for this period already: change its draft, or correct what is published';
    throw new InvalidPublication([{ pointer: '/from', message }]);
  }
}
