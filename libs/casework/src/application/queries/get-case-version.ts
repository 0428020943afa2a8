import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '@app/platform';
import { caseStream } from '../case-stream';
import { CaseReader } from './read-case';

/** Which version a case has, and who made it: nothing of its content. */
export interface CaseVersionView {
  readonly version: number;
  readonly changedBy: { readonly kind: string; readonly id: string };
  readonly changedAt: string;
  readonly type: string;
}

/** Asked for again and again by pages that are open; not a reading. */
export class GetCaseVersion extends Query<CaseVersionView> {
  constructor(readonly reference: string) {
    super();
  }
}

@QueryHandler(GetCaseVersion)
export class GetCaseVersionHandler implements IQueryHandler<GetCaseVersion> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reader: CaseReader,
  ) {}

  /** @throws CaseNotFound */
  execute({ reference }: GetCaseVersion): Promise<CaseVersionView> {
    return this.unitOfWork.run(async (manager) => {
      const { id } = await this.reader.locate(reference);
      const [row]: { version: number; actor: { kind: string; id: string }; at: Date; type: string }[] =
        await manager.query(
          `SELECT version, metadata -> 'actor' AS actor, effective_at AS at, type FROM event_log
            WHERE stream = $1 ORDER BY version DESC LIMIT 1`,
          [caseStream(id)],
        );
      return {
        version: row?.version ?? 0,
        changedBy: row?.actor ?? { kind: 'system', id: 'unknown' },
        changedAt: (row?.at ?? new Date(0)).toISOString(),
        type: row?.type ?? '',
      };
    });
  }
}
