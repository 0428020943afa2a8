import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { PublicationDesk, wordsOf, type PublicationTarget } from './publication-desk';
import { PublicationStore } from './publication-store';

/** Takes what is published away; the public reads the reason at its address. */
export class WithdrawPublication extends Command<void> {
  constructor(
    readonly target: PublicationTarget,
    readonly reason: string,
  ) {
    super();
  }
}

@CommandHandler(WithdrawPublication)
export class WithdrawPublicationHandler implements ICommandHandler<WithdrawPublication> {
  constructor(
    private readonly desk: PublicationDesk,
    private readonly store: PublicationStore,
  ) {}

  async execute({ target, reason }: WithdrawPublication): Promise<void> {
    const words = wordsOf(reason, '/reason', 'Say why it is withdrawn: the public reads it');
    await this.desk.change(target, async (publication, doing) => {
      const number = publication.current?.number ?? publication.newest.number;
      publication.withdraw(
        await this.store.keepReason(publication.facts, number, 'withdrawal', words, doing.at),
        doing,
      );
      return { words: { withdrawalReason: words } };
    });
  }
}
