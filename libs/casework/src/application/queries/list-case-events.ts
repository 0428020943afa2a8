import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { EventStore, UnitOfWork, type StoredEvent } from '@app/platform';
import { caseStream } from '../case-stream';
import { CaseReader } from './read-case';

/** An event of a case with the reason a person gave, which the log itself does not hold. */
export interface CaseEventView extends StoredEvent {
  /** Null where none was given, or it has been erased. */
  readonly reason: string | null;
}

/** The history of a case: who did what, when, why and on whose authority, oldest first. */
export class ListCaseEvents extends Query<readonly CaseEventView[]> {
  constructor(
    readonly reference: string,
    readonly afterVersion: number,
    readonly limit: number,
  ) {
    super();
  }
}

@QueryHandler(ListCaseEvents)
export class ListCaseEventsHandler implements IQueryHandler<ListCaseEvents> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reader: CaseReader,
    private readonly store: EventStore,
  ) {}

  execute({ reference, afterVersion, limit }: ListCaseEvents): Promise<readonly CaseEventView[]> {
    return this.unitOfWork.run(async (manager) => {
      const { id } = await this.reader.find(reference, 'case-events-read');
      const events = await this.store.read(caseStream(id), afterVersion, limit);
      const ids = events.flatMap((event) => reasonOf(event) ?? []);
      const texts: { id: string; text: string }[] =
        ids.length === 0
          ? []
          : await manager.query(`SELECT id, text FROM private_text WHERE case_id = $1 AND id = ANY($2)`, [id, ids]);
      const reasons = new Map(texts.map((row) => [row.id, row.text]));
      return events.map((event) => ({ ...event, reason: reasons.get(reasonOf(event) ?? '') ?? null }));
    });
  }
}

function reasonOf({ data }: StoredEvent): string | null {
  return typeof data.reasonId === 'string' ? data.reasonId : null;
}
