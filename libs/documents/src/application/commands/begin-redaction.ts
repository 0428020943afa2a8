import { randomBytes, randomUUID } from 'node:crypto';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Clock } from '@app/kernel';
import { currentCaller, UnitOfWork } from '@app/platform';
import type { RenditionSource } from '../../domain/redaction-mark';
import { runApart } from '../../work/run-apart';
import { CasePapers } from '../case-papers';
import { DocumentCases } from '../document-cases';
import { materialOf, refusing } from '../redaction-material';

/** Begins a redacted rendition of a paper of a case, which stays as it is. Answers its id. */
export class BeginRedaction extends Command<string> {
  constructor(
    readonly reference: string,
    readonly sourceKind: RenditionSource,
    readonly sourceId: string,
  ) {
    super();
  }
}

@CommandHandler(BeginRedaction)
export class BeginRedactionHandler implements ICommandHandler<BeginRedaction> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly cases: DocumentCases,
    private readonly papers: CasePapers,
    private readonly clock: Clock,
  ) {}

  /** @throws CaseNotFound, DocumentNotFound, CaseContentNotFound, FileNotReleased, InvalidDocumentInput */
  async execute({ reference, sourceKind, sourceId }: BeginRedaction): Promise<string> {
    const { found, paper } = await this.unitOfWork.run(async () => {
      const at = await this.cases.read(reference);
      return { found: at, paper: await this.papers.read(at, sourceKind, sourceId) };
    });
    const material = await materialOf(paper);
    const looked =
      material.kind === 'pages' ? await refusing(runApart('find', { pdf: material.pdf, words: [] })) : null;
    const id = randomUUID();
    await this.unitOfWork.run((manager) =>
      manager.query(
        `INSERT INTO redacted_rendition (id, case_id, office, source_kind, source_id, title, status, version, pages,
                                         unsearchable, salt, made_by, made_at)
         VALUES ($1, $2, $3, $4, $5, $6, 'draft', 1, $7, $8, $9, $10, $11)`,
        [
          id,
          found.id,
          found.office,
          sourceKind,
          sourceId,
          paper.title,
          looked?.pages ?? null,
          looked?.unsearchable ?? [],
          randomBytes(16),
          currentCaller().actor.id,
          this.clock.now(),
        ],
      ),
    );
    return id;
  }
}
