import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '@app/platform';
import { OutgoingNotFound } from '../domain/outgoing.errors';
import { isId } from './outgoing-row';
import { toView, VIEW_COLUMNS, VIEW_TABLES, type OutgoingView, type OutgoingViewRow } from './outgoing-view';

/** One outgoing message of these offices, with its body. */
export class GetOutgoing extends Query<OutgoingView> {
  constructor(
    readonly id: string,
    readonly offices: readonly string[],
  ) {
    super();
  }
}

/** Answers "not found" also for another office's message. */
@QueryHandler(GetOutgoing)
export class GetOutgoingHandler implements IQueryHandler<GetOutgoing> {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  execute({ id, offices }: GetOutgoing): Promise<OutgoingView> {
    return this.unitOfWork.run(async (manager) => {
      if (!isId(id)) throw new OutgoingNotFound();
      const [row]: OutgoingViewRow[] = await manager.query(
        `SELECT ${VIEW_COLUMNS}, o.body FROM ${VIEW_TABLES} WHERE o.id = $1 AND o.office = ANY($2)`,
        [id, offices],
      );
      if (!row) throw new OutgoingNotFound();
      return toView(row);
    });
  }
}
