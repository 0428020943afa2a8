import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { PublicationDesk, wordsOf, type PublicationTarget } from './publication-desk';
import { PublicationStore } from './publication-store';

/** Gives a version back to its authors, with the reason. */
export class SendPublicationBack extends Command<void> {
  constructor(
    readonly target: PublicationTarget,
    readonly reason: string,
  ) {
    super();
  }
}

@CommandHandler(SendPublicationBack)
export class SendPublicationBackHandler implements ICommandHandler<SendPublicationBack> {
  constructor(
    private readonly desk: PublicationDesk,
    private readonly store: PublicationStore,
  ) {}

  async execute({ target, reason }: SendPublicationBack): Promise<void> {
    const words = wordsOf(reason, '/reason', 'Say what has to be changed');
    await this.desk.change(target, async (publication, doing) => {
      const { facts, newest } = publication;
      publication.sendBack(await this.store.keepReason(facts, newest.number, 'sent-back', words, doing.at), doing);
    });
  }
}
