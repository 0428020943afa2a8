import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { londonDate } from '@app/kernel';
import { CurrentBasis } from './current-basis';
import { PublicationDesk, type PublicationTarget } from './publication-desk';
import { PublicationSettings } from './publication-settings';

/** Sends a draft to be checked by a second person. */
export class SubmitPublication extends Command<void> {
  constructor(readonly target: PublicationTarget) {
    super();
  }
}

@CommandHandler(SubmitPublication)
export class SubmitPublicationHandler implements ICommandHandler<SubmitPublication> {
  constructor(
    private readonly desk: PublicationDesk,
    private readonly settings: PublicationSettings,
    private readonly basis: CurrentBasis,
  ) {}

  /** @throws InvalidPublication naming the sections that say nothing. */
  execute({ target }: SubmitPublication): Promise<void> {
    return this.desk.change(target, async (publication, doing, { narratives, sha256 }) => {
      const { complaintsModel } = await this.settings.on(publication.facts.office, londonDate(doing.at));
      await this.basis.mustHold(publication);
      publication.submit(narratives, complaintsModel, sha256, doing);
    });
  }
}
