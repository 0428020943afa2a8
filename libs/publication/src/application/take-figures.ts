import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Clock } from '@app/kernel';
import { UnitOfWork } from '@app/platform';
import { contentHash } from '../domain/content';
import { PublicationDesk, type PublicationTarget } from './publication-desk';
import { PublicationMaker } from './publication-maker';
import { PublicationStore } from './publication-store';

/** Counts the figures of a draft again, as things are recorded now. */
export class TakeFigures extends Command<void> {
  constructor(readonly target: PublicationTarget) {
    super();
  }
}

@CommandHandler(TakeFigures)
export class TakeFiguresHandler implements ICommandHandler<TakeFigures> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly desk: PublicationDesk,
    private readonly maker: PublicationMaker,
    private readonly store: PublicationStore,
    private readonly clock: Clock,
  ) {}

  async execute({ target }: TakeFigures): Promise<void> {
    const { facts } = await this.unitOfWork.run(async () => (await this.store.load(target.id)).publication);
    const counted = await this.maker.count(facts, this.clock.now());
    await this.desk.change(target, async (publication, doing, { narratives, bulletins }) => {
      const { content, basis } = await this.maker.content(facts, counted, narratives, bulletins);
      const sha256 = contentHash(content);
      publication.takeFigures({ asOf: counted.asOf, sha256, figures: content.figures.length }, doing);
      await this.store.saveSnapshot(publication, { figures: counted.ofPeriod, basis });
      return { body: { narratives, bulletins, content, sha256 } };
    });
  }
}
