import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ContentStore, UnitOfWork } from '@app/platform';
import type { DocumentStatus } from '../../domain/document-status';
import { DocumentNotFound } from '../../domain/document.errors';
import { toLetterDocument, type LetterSource } from '../../domain/letter-source';
import { renderDocx } from '../../rendering/render-docx';
import { renderPdf } from '../../rendering/render-pdf';
import { DocumentCases, isId, type DocumentCase } from '../document-cases';
import { documentFilename, DOCX_TYPE, PDF_TYPE } from '../document-filename';

export type DocumentFormat = 'pdf' | 'docx';

export interface DocumentFile {
  readonly filename: string;
  readonly contentType: string;
  readonly bytes: Buffer;
}

/** A document as a file: what was approved, byte for byte; of a draft, what it would be, marked as a draft. */
export class GetDocumentFile extends Query<DocumentFile> {
  constructor(
    readonly reference: string,
    readonly id: string,
    readonly format: DocumentFormat,
  ) {
    super();
  }
}

interface FileRow {
  title: string;
  status: DocumentStatus;
  version: number;
  digest: Buffer | null;
  source: LetterSource;
}

@QueryHandler(GetDocumentFile)
export class GetDocumentFileHandler implements IQueryHandler<GetDocumentFile> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly cases: DocumentCases,
    private readonly content: ContentStore,
  ) {}

  /** @throws CaseNotFound, DocumentNotFound */
  async execute({ reference, id, format }: GetDocumentFile): Promise<DocumentFile> {
    const { found, row, stored } = await this.unitOfWork.run(async () => this.find(reference, id, format));
    const bytes = stored ?? (await draftFile(row, format));
    return {
      filename: documentFilename(found.reference, row.title, format),
      contentType: format === 'pdf' ? PDF_TYPE : DOCX_TYPE,
      bytes,
    };
  }

  private async find(
    reference: string,
    id: string,
    format: DocumentFormat,
  ): Promise<{ found: DocumentCase; row: FileRow; stored: Buffer | null }> {
    const found = await this.cases.read(reference);
    if (!isId(id)) throw new DocumentNotFound();
    const [row]: FileRow[] = await this.unitOfWork.manager.query(
      `SELECT d.title, d.status, d.version, d.${format}_sha256 AS digest, v.source FROM case_document d
         JOIN case_document_version v ON v.document_id = d.id AND v.version = d.version
        WHERE d.id = $1 AND d.case_id = $2`,
      [id, found.id],
    );
    if (!row) throw new DocumentNotFound();
    return { found, row, stored: row.digest === null ? null : await this.content.read(found.office, row.digest) };
  }
}

function draftFile({ source, version }: FileRow, format: DocumentFormat): Promise<Buffer> {
  const letter = toLetterDocument(source);
  const draft = `DRAFT, version ${String(version)}`;
  const marked = { ...letter, marking: letter.marking === null ? draft : `${letter.marking} – ${draft}` };
  return format === 'pdf' ? renderPdf(marked) : renderDocx(marked);
}
