import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Clock } from '@app/kernel';
import { UnitOfWork } from '@app/platform';
import { DocumentCases } from '../document-cases';
import { DocumentStore } from '../document-store';
import type { DocumentTarget } from './edit-document';

/** Puts away a draft that nobody needs. It is no longer listed; its history stays. */
export class DiscardDocument extends Command<void> {
  constructor(readonly target: DocumentTarget) {
    super();
  }
}

@CommandHandler(DiscardDocument)
export class DiscardDocumentHandler implements ICommandHandler<DiscardDocument> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly cases: DocumentCases,
    private readonly store: DocumentStore,
    private readonly clock: Clock,
  ) {}

  /** @throws CaseNotFound, DocumentNotFound, DocumentNotInState, DocumentStale */
  async execute({ target: { reference, id, ifVersion } }: DiscardDocument): Promise<void> {
    await this.unitOfWork.run(async () => {
      const { document } = await this.store.load(await this.cases.locate(reference), id, ifVersion);
      document.discard(this.clock.now());
      await this.store.save(document, {});
    });
  }
}
