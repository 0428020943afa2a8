import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { EventStore, UnitOfWork, type StoredEvent } from '@app/platform';
import { caseStream } from '../case-stream';
import { CaseReader } from './read-case';

/** The history of a case: who did what, when, why and on whose authority, oldest first. */
export class ListCaseEvents extends Query<readonly StoredEvent[]> {
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

  execute({ reference, afterVersion, limit }: ListCaseEvents): Promise<readonly StoredEvent[]> {
    return this.unitOfWork.run(async () => {
      const { id } = await this.reader.find(reference, 'case-events-read');
      return this.store.read(caseStream(id), afterVersion, limit);
    });
  }
}
