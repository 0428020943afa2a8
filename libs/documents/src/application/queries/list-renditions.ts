import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ContentStore, UnitOfWork } from '@app/platform';
import { DocumentNotFound } from '../../domain/document.errors';
import type { RedactionReason } from '../../domain/redaction';
import { reasonsOf, type RenditionSource } from '../../domain/redaction-mark';
import { documentFilename, PDF_TYPE } from '../document-filename';
import { DocumentCases } from '../document-cases';
import { RenditionStore } from '../rendition-store';
import type { DocumentFile } from './get-document-file';

export interface RenditionLine {
  readonly id: string;
  readonly title: string;
  readonly status: 'draft' | 'kept' | 'discarded';
  readonly sourceKind: RenditionSource;
  readonly reasons: readonly RedactionReason[];
  readonly places: number;
  readonly madeBy: string;
  readonly madeAt: string;
  readonly keptBy: string | null;
  readonly keptAt: string | null;
}

/** The redacted renditions of a case, the newest first. */
export class ListRenditions extends Query<readonly RenditionLine[]> {
  constructor(readonly reference: string) {
    super();
  }
}

@QueryHandler(ListRenditions)
export class ListRenditionsHandler implements IQueryHandler<ListRenditions> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly cases: DocumentCases,
    private readonly store: RenditionStore,
  ) {}

  /** @throws CaseNotFound */
  execute({ reference }: ListRenditions): Promise<readonly RenditionLine[]> {
    return this.unitOfWork.run(async () => {
      const rows = await this.store.list(await this.cases.read(reference));
      return rows.map(({ id, title, status, sourceKind, marks, madeBy, madeAt, keptBy, keptAt }) => ({
        id,
        title,
        status,
        sourceKind,
        reasons: reasonsOf(marks),
        places: marks.length,
        madeBy,
        madeAt: madeAt.toISOString(),
        keptBy,
        keptAt: keptAt?.toISOString() ?? null,
      }));
    });
  }
}

/** The file of a rendition that was kept. */
export class GetRenditionFile extends Query<DocumentFile> {
  constructor(
    readonly reference: string,
    readonly id: string,
  ) {
    super();
  }
}

@QueryHandler(GetRenditionFile)
export class GetRenditionFileHandler implements IQueryHandler<GetRenditionFile> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly cases: DocumentCases,
    private readonly store: RenditionStore,
    private readonly content: ContentStore,
  ) {}

  /** @throws CaseNotFound, DocumentNotFound */
  execute({ reference, id }: GetRenditionFile): Promise<DocumentFile> {
    return this.unitOfWork.run(async () => {
      const found = await this.cases.read(reference);
      const { sha256, title, status } = await this.store.find(found, id);
      if (status !== 'kept' || sha256 === null) throw new DocumentNotFound();
      return {
        filename: documentFilename(found.reference, `${title} redacted`, 'pdf'),
        contentType: PDF_TYPE,
        bytes: await this.content.read(found.office, sha256),
      };
    });
  }
}
