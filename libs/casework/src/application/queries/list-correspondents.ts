import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { UnitOfWork, currentCaller } from '@app/platform';
import { peopleQuery } from './search-words';

/** One line of the list of correspondents. */
export interface CorrespondentLine {
  readonly id: string;
  readonly office: string;
  readonly title: string;
  readonly organisation: string | null;
  readonly postcode: string | null;
  readonly capacity: string;
  readonly isRestricted: boolean;
  readonly hasSafeContactNote: boolean;
  readonly hasAdjustments: boolean;
  readonly cases: number;
}

export interface CorrespondentPage {
  readonly items: readonly CorrespondentLine[];
  /** The last one of this page, where there are more: an id, for a name must not be in an address. */
  readonly next: string | null;
}

const MOST_FOUND = 500;
const NAME = `lower(coalesce(p.name, p.organisation, p.email, ''))`;

/** Correspondents of the caller's offices by name: all, or those that every word of `text` fits. */
export class ListCorrespondents extends Query<CorrespondentPage> {
  constructor(
    readonly text: string | null,
    readonly limit: number,
    readonly after: string | null,
  ) {
    super();
  }
}

@QueryHandler(ListCorrespondents)
export class ListCorrespondentsHandler implements IQueryHandler<ListCorrespondents> {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  execute({ text, limit, after }: ListCorrespondents): Promise<CorrespondentPage> {
    const { offices } = currentCaller();
    const words = text === null ? null : peopleQuery(text);
    if (text !== null && words === null) return Promise.resolve({ items: [], next: null });
    const found = words === null ? '' : `AND p.id IN (SELECT search_correspondents($4, $1, ${String(MOST_FOUND)}))`;
    return this.unitOfWork.run(async (manager) => {
      const rows: CorrespondentLine[] = await manager.query(
        `SELECT p.id, p.office, coalesce(p.name, p.organisation, p.email, p.phone, 'No name') AS title,
                CASE WHEN p.name IS NOT NULL THEN p.organisation END AS organisation, p.postcode, p.capacity,
                p.contact_restriction IS NOT NULL AS "isRestricted", p.safe_contact_note IS NOT NULL AS "hasSafeContactNote",
                p.adjustments IS NOT NULL AS "hasAdjustments",
                (SELECT count(*)::int FROM case_file c WHERE c.correspondent_id = p.id AND c.office = p.office) AS cases
           FROM unnest($1::text[]) AS o (office)
          CROSS JOIN LATERAL (SELECT p.id, ${NAME} AS sort_key FROM correspondent p
                               WHERE p.office = o.office ${found}
                                 AND ($3::uuid IS NULL OR (${NAME}, p.id) >
                                      (SELECT ${NAME}, p.id FROM correspondent p WHERE p.id = $3 AND p.office = ANY ($1)))
                               ORDER BY ${NAME}, p.id LIMIT $2) page
           JOIN correspondent p ON p.id = page.id
          ORDER BY page.sort_key, p.id LIMIT $2`,
        [offices, limit + 1, after, ...(words === null ? [] : [words])],
      );
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      return {
        items: page,
        next: rows.length > limit && last ? last.id : null,
      };
    });
  }
}
