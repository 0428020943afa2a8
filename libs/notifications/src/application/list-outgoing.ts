import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DomainError } from '@app/kernel';
import { UnitOfWork } from '@app/platform';
import type { OutgoingStatus } from '../domain/outgoing-status';
import { isId } from './outgoing-row';
import { toView, VIEW_COLUMNS, VIEW_TABLES, type OutgoingView, type OutgoingViewRow } from './outgoing-view';

const LONGEST_PAGE = 200;

export interface OutgoingFilter {
  /** Only these offices' messages. */
  readonly offices: readonly string[];
  /** One case's messages, with their bodies. */
  readonly caseId?: string | null;
  readonly status?: OutgoingStatus | null;
  readonly limit: number;
  readonly cursor?: string | null;
}

export interface OutgoingPage {
  readonly items: readonly OutgoingView[];
  readonly nextCursor: string | null;
}

/** Outgoing messages, newest first. */
export class ListOutgoing extends Query<OutgoingPage> {
  constructor(readonly filter: OutgoingFilter) {
    super();
  }
}

export class UnreadableCursor extends DomainError {
  readonly code = 'notifications.unreadable-cursor';
  readonly kind = 'invalid';
  constructor() {
    const message = 'Must be a cursor from an earlier answer';
    super(message, { errors: [{ pointer: '/cursor', message }] });
  }
}

/** Pages by queuing time and id. */
@QueryHandler(ListOutgoing)
export class ListOutgoingHandler implements IQueryHandler<ListOutgoing> {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  execute({ filter }: ListOutgoing): Promise<OutgoingPage> {
    const limit = Math.max(1, Math.min(LONGEST_PAGE, Math.trunc(filter.limit)));
    const after = filter.cursor ? readCursor(filter.cursor) : null;
    return this.unitOfWork.run(async (manager) => {
      const rows: OutgoingViewRow[] = await manager.query(
        `SELECT ${VIEW_COLUMNS}, CASE WHEN $2::uuid IS NOT NULL THEN o.body END AS body FROM ${VIEW_TABLES}
          WHERE o.office = ANY($1) AND ($2::uuid IS NULL OR o.case_id = $2) AND ($3::text IS NULL OR o.status = $3)
            AND ($4::timestamptz IS NULL OR (o.queued_at, o.id) < ($4, $5::uuid))
          ORDER BY o.queued_at DESC, o.id DESC LIMIT $6`,
        [
          filter.offices,
          filter.caseId ?? null,
          filter.status ?? null,
          after?.queuedAt ?? null,
          after?.id ?? null,
          limit + 1,
        ],
      );
      const items = rows.slice(0, limit).map(toView);
      const last = items.at(-1);
      return { items, nextCursor: rows.length > limit && last ? cursorOf(last) : null };
    });
  }
}

function cursorOf({ queuedAt, id }: OutgoingView): string {
  return Buffer.from(`${queuedAt} ${id}`).toString('base64url');
}

function readCursor(cursor: string): { queuedAt: Date; id: string } {
  const [instant = '', id = ''] = Buffer.from(cursor, 'base64url').toString().split(' ');
  const queuedAt = new Date(instant);
  if (Number.isNaN(queuedAt.getTime()) || !isId(id)) throw new UnreadableCursor();
  return { queuedAt, id };
}
