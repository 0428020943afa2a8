import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '@app/platform';
import type { CaseFilter } from './case-filter';
import { readCasePage, type CaseCursor } from './case-pages';
import type { CaseSort } from './case-sorts';
import { CASE_VIEW_COLUMNS, type CaseView, type CaseViewRow } from './case-view';
import { toCaseView } from './to-case-view';

export interface CasePage {
  readonly items: readonly CaseView[];
  readonly next: CaseCursor | null;
}

/** Cases of the caller's offices in full, a page at a time in a total order. */
export class ListCases extends Query<CasePage> {
  constructor(
    readonly filter: CaseFilter,
    readonly sort: CaseSort,
    readonly limit: number,
    readonly after: CaseCursor | null,
  ) {
    super();
  }
}

@QueryHandler(ListCases)
export class ListCasesHandler implements IQueryHandler<ListCases> {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  execute({ filter, sort, limit, after }: ListCases): Promise<CasePage> {
    return this.unitOfWork.run(async (manager) => {
      const place = after && { side: 'after' as const, at: after };
      const request = { filter, sort, limit, place };
      const page = await readCasePage<CaseViewRow>(
        (sql, parameters) => manager.query(sql, parameters),
        request,
        CASE_VIEW_COLUMNS,
      );
      return { items: page.rows.map(toCaseView), next: page.next };
    });
  }
}
