import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '@app/platform';
import { DocumentCases } from '../document-cases';
import { DOCUMENT_LINE, toDocumentLine, type DocumentLine, type DocumentLineRow } from '../document-view';

const MOST = 500;

/** The documents of a case, the newest first, without what was discarded. */
export class ListDocuments extends Query<readonly DocumentLine[]> {
  constructor(readonly reference: string) {
    super();
  }
}

@QueryHandler(ListDocuments)
export class ListDocumentsHandler implements IQueryHandler<ListDocuments> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly cases: DocumentCases,
  ) {}

  /** @throws CaseNotFound */
  execute({ reference }: ListDocuments): Promise<readonly DocumentLine[]> {
    return this.unitOfWork.run(async (manager) => {
      const { id } = await this.cases.read(reference);
      const rows: DocumentLineRow[] = await manager.query(
        `SELECT ${DOCUMENT_LINE} FROM case_document d
          WHERE d.case_id = $1 AND d.status <> 'discarded' ORDER BY d.created_at DESC, d.id LIMIT ${String(MOST)}`,
        [id],
      );
      return rows.map(toDocumentLine);
    });
  }
}
