import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Clock, commitment } from '@app/kernel';
import { currentCaller, UnitOfWork } from '@app/platform';
import { DocumentUnfinished } from '../../domain/document.errors';
import { toLetterDocument, unfilledIn } from '../../domain/letter-source';
import { renderDocx } from '../../rendering/render-docx';
import { renderPdf } from '../../rendering/render-pdf';
import { DocumentCases } from '../document-cases';
import { DocumentStore } from '../document-store';
import type { DocumentTarget } from './edit-document';

/** Approves a document as it stands: its files are made now and are what will be issued, byte for byte. */
export class ApproveDocument extends Command<void> {
  constructor(readonly target: DocumentTarget) {
    super();
  }
}

@CommandHandler(ApproveDocument)
export class ApproveDocumentHandler implements ICommandHandler<ApproveDocument> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly cases: DocumentCases,
    private readonly store: DocumentStore,
    private readonly clock: Clock,
  ) {}

  /** @throws CaseNotFound, DocumentNotFound, DocumentNotInState, DocumentStale, DocumentUnfinished */
  async execute({ target: { reference, id, ifVersion } }: ApproveDocument): Promise<void> {
    await this.unitOfWork.run(async () => {
      const found = await this.cases.locate(reference);
      const { document, source, salt } = await this.store.load(found, id, ifVersion);
      const open = unfilledIn(source);
      if (open.length > 0) throw new DocumentUnfinished(open);
      const letter = toLetterDocument(source);
      const pdf = await this.store.keepFile(found.office, await renderPdf(letter));
      const docx = await this.store.keepFile(found.office, await renderDocx(letter));
      const now = this.clock.now();
      document.approve(
        {
          pdfCommitment: commitment(salt, pdf.toString('hex')),
          docxCommitment: commitment(salt, docx.toString('hex')),
        },
        now,
      );
      await this.store.save(document, {
        approved_by: currentCaller().actor.id,
        approved_at: now,
        docx_sha256: docx,
        pdf_sha256: pdf,
      });
    });
  }
}
