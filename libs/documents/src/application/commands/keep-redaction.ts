import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Clock, commitment } from '@app/kernel';
import { currentCaller, EventStore, UnitOfWork } from '@app/platform';
import { InvalidDocumentInput } from '../../domain/document.errors';
import { documentEvent, renditionStream } from '../../domain/document.events';
import { areasOf, reasonsOf, wordsOf, type RedactionMark } from '../../domain/redaction-mark';
import { redactLetter } from '../../redaction/redact-text';
import { renderPdf } from '../../rendering/render-pdf';
import { runApart } from '../../work/run-apart';
import { CasePapers } from '../case-papers';
import { DocumentCases } from '../document-cases';
import { DocumentStore } from '../document-store';
import { materialOf, refusing, type RedactionMaterial } from '../redaction-material';
import { RenditionStore } from '../rendition-store';
import type { DocumentTarget } from './edit-document';

/** Makes the file of a redacted rendition and keeps it; from then on nothing changes it. */
export class KeepRedaction extends Command<void> {
  constructor(readonly target: DocumentTarget) {
    super();
  }
}

@CommandHandler(KeepRedaction)
export class KeepRedactionHandler implements ICommandHandler<KeepRedaction> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly cases: DocumentCases,
    private readonly store: RenditionStore,
    private readonly files: DocumentStore,
    private readonly papers: CasePapers,
    private readonly events: EventStore,
    private readonly clock: Clock,
  ) {}

  /** @throws CaseNotFound, DocumentNotFound, DocumentStale, InvalidDocumentInput, RenditionIsKept */
  async execute({ target: { reference, id, ifVersion } }: KeepRedaction): Promise<void> {
    const { row, paper } = await this.unitOfWork.run(async () => {
      const found = await this.cases.read(reference);
      const at = await this.store.findDraft(found, id, ifVersion);
      return { row: at, paper: await this.papers.read(found, at.sourceKind, at.sourceId) };
    });
    if (row.marks.length === 0) throw new InvalidDocumentInput('/words', 'nothing is covered yet');
    // Many pages take long: not within a transaction.
    const file = await redacted(await materialOf(paper), row.marks);
    await this.unitOfWork.run(async (manager) => {
      const found = await this.cases.locate(reference);
      // Nobody changed what is covered in the meantime.
      const { sourceKind, sourceId, salt } = await this.store.findDraft(found, id, row.version);
      const sha256 = await this.files.keepFile(found.office, file);
      const now = this.clock.now();
      await manager.query(
        `UPDATE redacted_rendition SET status = 'kept', sha256 = $2, kept_by = $3, kept_at = $4 WHERE id = $1`,
        [id, sha256, currentCaller().actor.id, now],
      );
      const data = {
        renditionId: id,
        caseId: found.id,
        sourceKind,
        sourceId,
        reasons: reasonsOf(row.marks),
        fileCommitment: commitment(salt, sha256.toString('hex')),
      };
      const event = documentEvent('documents.rendition-kept', data, now);
      await this.events.append([
        { stream: renditionStream(id), office: found.office, expectedVersion: 0, events: [event] },
      ]);
    });
  }
}

async function redacted(material: RedactionMaterial, marks: readonly RedactionMark[]): Promise<Buffer> {
  if (material.kind === 'words') return renderPdf(redactLetter(material.letter, wordsOf(marks)));
  return Buffer.from(await refusing(runApart('redact', { pdf: material.pdf, areas: areasOf(marks) })));
}
