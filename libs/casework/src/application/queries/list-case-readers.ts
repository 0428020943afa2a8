import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '@app/platform';
import { CaseReader } from './read-case';

/** Who looked at a case on one day, and at what. */
export interface CaseReaderView {
  /** `kind:id` of the reader. */
  readonly actor: string;
  readonly day: string;
  readonly firstAt: string;
  readonly lastAt: string;
  readonly actions: readonly string[];
}

/** Who has looked at a case, newest first: a line for each reader and day. */
export class ListCaseReaders extends Query<readonly CaseReaderView[]> {
  constructor(
    readonly reference: string,
    readonly limit: number,
  ) {
    super();
  }
}

@QueryHandler(ListCaseReaders)
export class ListCaseReadersHandler implements IQueryHandler<ListCaseReaders> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reader: CaseReader,
  ) {}

  execute({ reference, limit }: ListCaseReaders): Promise<readonly CaseReaderView[]> {
    return this.unitOfWork.run(async (manager) => {
      const { id } = await this.reader.find(reference, 'access-record-read');
      const rows: { actor: string; day: string; first_at: Date; last_at: Date; actions: string[] }[] =
        await manager.query(
          `SELECT actor, (at AT TIME ZONE 'Europe/London')::date::text AS day, min(at) AS first_at, max(at) AS last_at,
                  array_agg(DISTINCT action) AS actions
             FROM access_record WHERE case_id = $1 GROUP BY actor, day ORDER BY last_at DESC LIMIT $2`,
          [id, limit],
        );
      return rows.map(({ first_at, last_at, ...row }) => ({
        ...row,
        firstAt: first_at.toISOString(),
        lastAt: last_at.toISOString(),
      }));
    });
  }
}
