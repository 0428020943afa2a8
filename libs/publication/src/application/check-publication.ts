import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { PublicationDesk, type PublicationTarget } from './publication-desk';

/** A second person has checked the version that was sent to them. */
export class CheckPublication extends Command<void> {
  constructor(readonly target: PublicationTarget) {
    super();
  }
}

@CommandHandler(CheckPublication)
export class CheckPublicationHandler implements ICommandHandler<CheckPublication> {
  constructor(private readonly desk: PublicationDesk) {}

  execute({ target }: CheckPublication): Promise<void> {
    return this.desk.change(target, (publication, doing, { sha256 }) => publication.check(sha256, doing));
  }
}
