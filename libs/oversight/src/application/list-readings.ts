import { IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { addDays, isDay, startOfLondonDay } from '@app/kernel';
import { currentCaller, UnitOfWork } from '@app/platform';

/** One thing that somebody looked at. */
export interface Reading {
  readonly id: number;
  readonly at: string;
  /** `kind:id` of the reader. */
  readonly actor: string;
  readonly action: string;
  readonly office: string | null;
  /** Of the case that was read; null for lists and figures. */
  readonly reference: string | null;
}

export interface ReadingsAsked {
  readonly offices: readonly string[];
  /** The id of the reader, without its kind. */
  readonly person?: string | undefined;
  readonly reference?: string | undefined;
  /** A London day. */
  readonly day?: string | undefined;
  /** Only readings before this one. */
  readonly before?: number | undefined;
  readonly limit: number;
}

export interface ReadingsPage {
  readonly items: readonly Reading[];
  readonly before: number | null;
}

/** Who read what, newest first. Of restricted cases only what the caller may know of: the database sees to that. */
export class ListReadings extends Query<ReadingsPage> {
  constructor(readonly asked: ReadingsAsked) {
    super();
  }
}

const KINDS = ['person', 'service'];

@QueryHandler(ListReadings)
export class ListReadingsHandler implements IQueryHandler<ListReadings> {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  execute({ asked }: ListReadings): Promise<ReadingsPage> {
    const { offices: own, system } = currentCaller();
    const offices = asked.offices.filter((office) => system || own.includes(office));
    const day = isDay(asked.day) ? asked.day : null;
    return this.unitOfWork.run(async (manager) => {
      const rows: (Omit<Reading, 'id' | 'at'> & { id: string; at: Date })[] = await manager.query(
        `SELECT r.id, r.at, r.actor, r.action, r.office, c.reference
           FROM access_record r LEFT JOIN case_file c ON c.id = r.case_id
          WHERE (r.office IS NULL OR r.office = ANY ($1))
            AND ($2::text[] IS NULL OR r.actor = ANY ($2))
            AND ($3::text IS NULL OR r.case_id = (SELECT id FROM case_file WHERE reference = upper(trim($3))))
            AND ($4::timestamptz IS NULL OR (r.at >= $4 AND r.at < $5::timestamptz))
            AND ($6::bigint IS NULL OR r.id < $6)
          ORDER BY r.id DESC LIMIT $7`,
        [
          offices,
          asked.person === undefined ? null : KINDS.map((kind) => `${kind}:${asked.person ?? ''}`),
          asked.reference ?? null,
          day === null ? null : startOfLondonDay(day),
          day === null ? null : startOfLondonDay(addDays(day, 1)),
          asked.before ?? null,
          asked.limit + 1,
        ],
      );
      const items = rows.slice(0, asked.limit).map((row) => ({ ...row, id: Number(row.id), at: row.at.toISOString() }));
      return { items, before: rows.length > asked.limit ? (items.at(-1)?.id ?? null) : null };
    });
  }
}
