import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '@app/platform';
import { areasOf, wordsOf } from '../../domain/redaction-mark';
import { redactLetter } from '../../redaction/redact-text';
import { renderHtml } from '../../rendering/render-html';
import { runApart } from '../../work/run-apart';
import { CasePapers, type CasePaper } from '../case-papers';
import { DocumentCases } from '../document-cases';
import { materialOf, refusing } from '../redaction-material';
import { RenditionStore, type StoredRendition } from '../rendition-store';
import { InvalidDocumentInput } from '../../domain/document.errors';

export interface RedactionDetail extends Omit<StoredRendition, 'salt' | 'sha256'> {
  readonly reference: string;
  readonly sha256: string | null;
  /** Of a text: how it will read. */
  readonly html: string | null;
}

/** A redacted rendition: what it covers and, of a text, how it reads. */
export class GetRedaction extends Query<RedactionDetail> {
  constructor(
    readonly reference: string,
    readonly id: string,
  ) {
    super();
  }
}

@QueryHandler(GetRedaction)
export class GetRedactionHandler implements IQueryHandler<GetRedaction> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly cases: DocumentCases,
    private readonly store: RenditionStore,
    private readonly papers: CasePapers,
  ) {}

  /** @throws CaseNotFound, DocumentNotFound */
  execute({ reference, id }: GetRedaction): Promise<RedactionDetail> {
    return this.unitOfWork.run(async () => {
      const found = await this.cases.read(reference);
      const { salt: _, sha256, ...row } = await this.store.find(found, id);
      const { content } =
        row.pages === null ? await this.papers.read(found, row.sourceKind, row.sourceId) : { content: null };
      const html = content?.kind === 'letter' ? renderHtml(redactLetter(content.letter, wordsOf(row.marks))) : null;
      return { ...row, reference: found.reference, sha256: sha256?.toString('hex') ?? null, html };
    });
  }
}

/** A page (from 1) of a rendition as it will be, as a picture (PNG). */
export class GetRedactionPicture extends Query<Buffer> {
  constructor(
    readonly reference: string,
    readonly id: string,
    readonly page: number,
  ) {
    super();
  }
}

/** Pixels to a point: enough to read and to see what is covered. */
const SCALE = 1.4;

@QueryHandler(GetRedactionPicture)
export class GetRedactionPictureHandler implements IQueryHandler<GetRedactionPicture> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly cases: DocumentCases,
    private readonly store: RenditionStore,
    private readonly papers: CasePapers,
  ) {}

  /** @throws CaseNotFound, DocumentNotFound, InvalidDocumentInput */
  async execute({ reference, id, page }: GetRedactionPicture): Promise<Buffer> {
    const { row, paper } = await this.unitOfWork.run(async (): Promise<{ row: StoredRendition; paper: CasePaper }> => {
      const found = await this.cases.read(reference);
      const at = await this.store.find(found, id);
      return { row: at, paper: await this.papers.read(found, at.sourceKind, at.sourceId) };
    });
    const material = await materialOf(paper);
    const isThere = Number.isInteger(page) && page >= 1 && page <= (row.pages ?? 0);
    if (material.kind === 'words' || !isThere) throw new InvalidDocumentInput('/page', 'there is no such page');
    const input = { pdf: material.pdf, page: page - 1, areas: areasOf(row.marks), scale: SCALE };
    return Buffer.from(await refusing(runApart('picture', input)));
  }
}
