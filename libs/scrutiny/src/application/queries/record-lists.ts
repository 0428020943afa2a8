import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@app/platform';
import { ScrutinyRecordNotFound } from '../../domain/scrutiny.errors';
import type { RecordKind } from '../../domain/scrutiny-record';

export interface ListedRecord<S> {
  readonly id: string;
  readonly office: string;
  readonly caseId: string | null;
  readonly dueOn: string | null;
  readonly isOpen: boolean;
  readonly listedOn: string;
  readonly state: S;
}

export interface RecordListRequest {
  readonly offices: readonly string[];
  readonly isOpen: boolean;
  readonly limit: number;
  /** The day and id after which the list goes on. */
  readonly after: readonly [day: string, id: string] | null;
}

export interface RecordPage<T> {
  readonly items: readonly T[];
  readonly next: readonly [day: string, id: string] | null;
}

const COLUMNS = `id, office, case_id AS "caseId", due_on::text AS "dueOn", is_open AS "isOpen", listed_on::text AS "listedOn", state`;

/** What is due first; then, newest first, what waits for no day. */
const PLACE_OF_OPEN = `coalesce(due_on, DATE '9999-12-31' - (listed_on - DATE '1900-01-01'))`;
const PLACE_OF_CLOSED = `DATE '9999-12-31' - (listed_on - DATE '1900-01-01')`;

/** Lists of records: what is overdue comes first. */
@Injectable()
export class RecordLists {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async page<S>(kind: RecordKind, request: RecordListRequest): Promise<RecordPage<ListedRecord<S>>> {
    const { offices, isOpen, limit, after } = request;
    const place = isOpen ? PLACE_OF_OPEN : PLACE_OF_CLOSED;
    const rows: (ListedRecord<S> & { place: string })[] = await this.unitOfWork.run((manager) =>
      manager.query(
        `SELECT ${COLUMNS}, (${place})::text AS place FROM scrutiny_record
          WHERE kind = $1 AND office = ANY ($2) AND is_open = $3
            AND ($4::date IS NULL OR (${place}, id) > ($4::date, $5::uuid))
          ORDER BY ${place}, id LIMIT $6`,
        [kind, offices, isOpen, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
      ),
    );
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    const items = rows.slice(0, limit).map(({ place: _place, ...record }) => record as unknown as ListedRecord<S>);
    return { items, next: last ? [last.place, last.id] : null };
  }

  /** @throws ScrutinyRecordNotFound */
  async get<S>(kind: RecordKind, id: string): Promise<ListedRecord<S>> {
    const [row]: ListedRecord<S>[] = await this.unitOfWork.manager.query(
      `SELECT ${COLUMNS} FROM scrutiny_record WHERE kind = $1 AND id::text = $2`,
      [kind, id],
    );
    if (!row) throw new ScrutinyRecordNotFound();
    return row;
  }
}
