import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Clock } from '@app/kernel';
import { currentCaller, UnitOfWork } from '@app/platform';
import type { LetterSource } from '../../domain/letter-source';
import { DocumentCases } from '../document-cases';
import { DocumentStore } from '../document-store';
import { checkSource } from '../source-check';

/** Which document a command is about and, if the caller said so, which version it saw. */
export interface DocumentTarget {
  readonly reference: string;
  readonly id: string;
  readonly ifVersion: number | null;
}

/** Only what is named changes. */
export interface DocumentEdit extends Partial<
  Pick<LetterSource, 'title' | 'addressee' | 'date' | 'subject' | 'text' | 'marking' | 'language'>
> {
  readonly yourReference?: string | null;
  readonly party?: string | null;
}

/** Makes a new version of a document that has not been issued. One that was approved must be approved again. */
export class EditDocument extends Command<void> {
  constructor(
    readonly target: DocumentTarget,
    readonly edit: DocumentEdit,
  ) {
    super();
  }
}

@CommandHandler(EditDocument)
export class EditDocumentHandler implements ICommandHandler<EditDocument> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly cases: DocumentCases,
    private readonly store: DocumentStore,
    private readonly clock: Clock,
  ) {}

  /** @throws CaseNotFound, DocumentNotFound, DocumentNotInState, DocumentStale, InvalidDocumentInput */
  async execute({ target: { reference, id, ifVersion }, edit }: EditDocument): Promise<void> {
    await this.unitOfWork.run(async () => {
      const found = await this.cases.locate(reference);
      const { document, source, party } = await this.store.load(found, id, ifVersion);
      const now = this.clock.now();
      const { yourReference = source.references.yours, party: toParty = party, ...changes } = edit;
      const next = checkSource({ ...source, ...changes, references: { ...source.references, yours: yourReference } });
      const kept = this.store.keep(next);
      document.edit(kept.textCommitment, now);
      await this.store.addVersion(document, next, kept);
      await this.store.save(document, {
        title: next.title,
        party: toParty,
        edited_by: currentCaller().actor.id,
        edited_at: now,
        approved_by: null,
        approved_at: null,
        docx_sha256: null,
        pdf_sha256: null,
      });
    });
  }
}
