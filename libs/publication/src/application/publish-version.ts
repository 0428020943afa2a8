import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { contentHash } from '../domain/content';
import { PublicationRefused } from '../domain/publication.errors';
import { CurrentBasis } from './current-basis';
import { PublicationDesk, type PublicationTarget } from './publication-desk';

/** Publishes what was checked, today. What the public read before is superseded and stays at its address. */
export class PublishVersion extends Command<void> {
  constructor(readonly target: PublicationTarget) {
    super();
  }
}

@CommandHandler(PublishVersion)
export class PublishVersionHandler implements ICommandHandler<PublishVersion> {
  constructor(
    private readonly desk: PublicationDesk,
    private readonly basis: CurrentBasis,
  ) {}

  execute({ target }: PublishVersion): Promise<void> {
    return this.desk.change(target, async (publication, doing, { content, sha256 }) => {
      if (contentHash(content) !== sha256) throw new PublicationRefused('It is not what was checked: send it back.');
      await this.basis.mustHold(publication);
      publication.publish(
        sha256,
        content.bulletins.map(({ id }) => id),
        doing,
      );
    });
  }
}
