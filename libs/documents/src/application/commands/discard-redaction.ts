import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '@app/platform';
import { DocumentCases } from '../document-cases';
import { RenditionStore } from '../rendition-store';
import type { DocumentTarget } from './edit-document';

/** Gives up a rendition that is being made. */
export class DiscardRedaction extends Command<void> {
  constructor(readonly target: DocumentTarget) {
    super();
  }
}

@CommandHandler(DiscardRedaction)
export class DiscardRedactionHandler implements ICommandHandler<DiscardRedaction> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly cases: DocumentCases,
    private readonly store: RenditionStore,
  ) {}

  /** @throws CaseNotFound, DocumentNotFound, DocumentStale, RenditionIsKept */
  async execute({ target: { reference, id, ifVersion } }: DiscardRedaction): Promise<void> {
    await this.unitOfWork.run(async (manager) => {
      await this.store.findDraft(await this.cases.locate(reference), id, ifVersion);
      // What was looked for are the words that somebody wanted to hide.
      await manager.query(`UPDATE redacted_rendition SET status = 'discarded', marks = '[]' WHERE id = $1`, [id]);
    });
  }
}
