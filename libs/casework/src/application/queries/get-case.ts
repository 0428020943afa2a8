import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '@app/platform';
import { CASE_VIEW_SELECT, type CaseView, type CaseViewRow } from './case-view';
import { CaseReader } from './read-case';
import { toCaseView } from './to-case-view';

export interface CaseDraftView {
  readonly channel: string;
  readonly to: string | null;
  readonly subject: string;
  readonly body: string;
  readonly state: string;
  readonly draftedBy: string;
}

export interface CaseDetail extends CaseView {
  readonly draft: CaseDraftView | null;
  readonly notes: readonly {
    readonly id: string;
    readonly text: string;
    readonly author: string;
    readonly at: string;
  }[];
  readonly linked: readonly string[];
}

/** One case with its draft, notes and links. */
export class GetCase extends Query<CaseDetail> {
  constructor(readonly reference: string) {
    super();
  }
}

@QueryHandler(GetCase)
export class GetCaseHandler implements IQueryHandler<GetCase> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reader: CaseReader,
  ) {}

  execute({ reference }: GetCase): Promise<CaseDetail> {
    return this.unitOfWork.run(async (manager) => {
      const { id } = await this.reader.find(reference, 'case-read');
      const [row]: CaseViewRow[] = await manager.query(`${CASE_VIEW_SELECT} WHERE c.id = $1`, [id]);
      const [draft]: (CaseDraftView & { state: string })[] = await manager.query(
        `SELECT d.channel, d.to_address AS "to", d.subject, d.body, c.draft_state AS state, d.drafted_by AS "draftedBy"
           FROM case_draft d JOIN case_file c ON c.id = d.case_id
          -- An answer by telephone or a closure leaves a draft that nobody goes on with.
          WHERE d.case_id = $1 AND c.draft_state IS NOT NULL`,
        [id],
      );
      const notes: { id: string; text: string; author: string; at: Date }[] = await manager.query(
        `SELECT id, text, author, at FROM case_note WHERE case_id = $1 ORDER BY at, id`,
        [id],
      );
      const linked: { reference: string }[] = await manager.query(
        `SELECT c.reference FROM case_link l JOIN case_file c ON c.id = l.linked_case_id WHERE l.case_id = $1 ORDER BY 1`,
        [id],
      );
      return {
        ...toCaseView(row as CaseViewRow),
        draft: draft ?? null,
        notes: notes.map((note) => ({ ...note, at: note.at.toISOString() })),
        linked: linked.map((link) => link.reference),
      };
    });
  }
}
