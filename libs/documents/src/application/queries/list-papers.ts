import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '@app/platform';
import { DocumentCases } from '../document-cases';
import type { PaperKind } from '../case-papers';

/** Something of a case that can be bundled or redacted. */
export interface PaperLine {
  readonly kind: PaperKind;
  readonly id: string;
  readonly title: string;
  readonly at: string;
}

/** Everything on paper of a case, the oldest first. */
export class ListPapers extends Query<readonly PaperLine[]> {
  constructor(readonly reference: string) {
    super();
  }
}

const MOST = 1000;

@QueryHandler(ListPapers)
export class ListPapersHandler implements IQueryHandler<ListPapers> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly cases: DocumentCases,
  ) {}

  /** @throws CaseNotFound */
  execute({ reference }: ListPapers): Promise<readonly PaperLine[]> {
    return this.unitOfWork.run(async (manager) => {
      const { id } = await this.cases.read(reference);
      const rows: (Omit<PaperLine, 'at'> & { at: Date })[] = await manager.query(
        `SELECT 'message' AS kind, id, subject AS title, at FROM case_message WHERE case_id = $1
          UNION ALL
         SELECT 'attachment', a.id, a.filename, m.at FROM message_attachment a JOIN case_message m ON m.id = a.message_id
          WHERE a.case_id = $1
          UNION ALL
         SELECT 'document', id, title, created_at FROM case_document WHERE case_id = $1 AND status <> 'discarded'
          UNION ALL
         SELECT 'rendition', id, title, made_at FROM redacted_rendition WHERE case_id = $1 AND status = 'kept'
          ORDER BY at, kind DESC, title, id LIMIT ${String(MOST)}`,
        [id],
      );
      return rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() }));
    });
  }
}
