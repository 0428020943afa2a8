import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '@app/platform';
import { DocumentNotFound } from '../../domain/document.errors';
import { toLetterDocument, unfilledIn, type LetterSource } from '../../domain/letter-source';
import { unprintableIn } from '../../rendering/pdf-fonts';
import { renderHtml } from '../../rendering/render-html';
import { DocumentCases, isId } from '../document-cases';
import { DOCUMENT_LINE, toDocumentLine, type DocumentLine, type DocumentLineRow } from '../document-view';
import { plainTextOf } from '../plain-text';

export interface DocumentDetail extends DocumentLine {
  readonly reference: string;
  readonly office: string;
  readonly source: LetterSource;
  /** The letter as a fragment of a page of ours. */
  readonly html: string;
  /** What somebody must still fill in. */
  readonly unfilled: readonly string[];
  /** Characters that the PDF cannot show; the Word file can. */
  readonly unprintable: readonly string[];
}

/** A document with its text, as it is now. */
export class GetDocument extends Query<DocumentDetail> {
  constructor(
    readonly reference: string,
    readonly id: string,
  ) {
    super();
  }
}

@QueryHandler(GetDocument)
export class GetDocumentHandler implements IQueryHandler<GetDocument> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly cases: DocumentCases,
  ) {}

  /** @throws CaseNotFound, DocumentNotFound */
  execute({ reference, id }: GetDocument): Promise<DocumentDetail> {
    return this.unitOfWork.run(async (manager) => {
      const found = await this.cases.read(reference);
      if (!isId(id)) throw new DocumentNotFound();
      const [row]: (DocumentLineRow & { source: LetterSource })[] = await manager.query(
        `SELECT ${DOCUMENT_LINE}, v.source FROM case_document d
           JOIN case_document_version v ON v.document_id = d.id AND v.version = d.version
          WHERE d.id = $1 AND d.case_id = $2`,
        [id, found.id],
      );
      if (!row) throw new DocumentNotFound();
      const { source, ...line } = row;
      return {
        ...toDocumentLine(line),
        reference: found.reference,
        office: found.office,
        source,
        html: renderHtml(toLetterDocument(source)),
        unfilled: unfilledIn(source),
        unprintable: unprintableIn(plainTextOf(source)),
      };
    });
  }
}
