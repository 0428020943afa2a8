import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { PublicationDesk, wordsOf, type PublicationTarget } from './publication-desk';
import { PublicationStore } from './publication-store';

/** Begins a new version of what is published. The note says to the public what changed and why. */
export class CorrectPublication extends Command<void> {
  constructor(
    readonly target: PublicationTarget,
    readonly note: string,
  ) {
    super();
  }
}

@CommandHandler(CorrectPublication)
export class CorrectPublicationHandler implements ICommandHandler<CorrectPublication> {
  constructor(
    private readonly desk: PublicationDesk,
    private readonly store: PublicationStore,
  ) {}

  async execute({ target, note }: CorrectPublication): Promise<void> {
    const words = wordsOf(note, '/note', 'Say what changes and why: it stands on the page');
    await this.desk.change(target, async (publication, doing) => {
      const before = await this.store.snapshot(publication.id, publication.newest.number);
      const { number } = publication.newest;
      const kept = await this.store.keepReason(publication.facts, number + 1, 'correction', words, doing.at);
      publication.startCorrection(kept, doing);
      if (before) await this.store.saveSnapshot(publication, before);
      return { words: { correctionNote: words } };
    });
  }
}
