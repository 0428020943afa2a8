import { IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Clock, londonDate } from '@app/kernel';
import { UnitOfWork } from '@app/platform';
import { lastCompleteQuarter, quartersUpTo, type DataPeriod } from '../domain/financial-quarter';
import { PUBLICATION_KINDS } from '../domain/publication-kinds';
import type { VersionState } from '../domain/publication';
import { Bulletins, type Bulletin } from './bulletins';

/** A publication in a list. */
export interface PublicationLine extends DataPeriod {
  readonly id: string;
  readonly office: string;
  readonly kind: string;
  readonly slug: string;
  /** The newest version and its state. */
  readonly number: number;
  readonly state: VersionState;
  /** The version that the public reads, and since when; null: none. */
  readonly publicNumber: number | null;
  readonly publishedOn: string | null;
}

/** A quarter that an office has published nothing about. */
export interface MissingPublication extends DataPeriod {
  readonly office: string;
  readonly kind: string;
  /** A draft exists. */
  readonly isBegun: boolean;
}

export interface PublicationList {
  readonly publications: readonly PublicationLine[];
  readonly bulletins: readonly Bulletin[];
  /** The last complete quarter where it is not published. */
  readonly missing: readonly MissingPublication[];
}

/** What offices publish, newest period first, and what they have not published yet. */
export class ListPublications extends Query<PublicationList> {
  constructor(readonly offices: readonly string[]) {
    super();
  }
}

@QueryHandler(ListPublications)
export class ListPublicationsHandler implements IQueryHandler<ListPublications> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly bulletins: Bulletins,
    private readonly clock: Clock,
  ) {}

  execute({ offices }: ListPublications): Promise<PublicationList> {
    return this.unitOfWork.run(async (manager) => {
      const publications: PublicationLine[] = await manager.query(
        `SELECT p.id, p.office, p.kind, p.slug, p.period_from::text AS "from", p.period_to::text AS "to", v.number, v.state,
                c.number AS "publicNumber", c.published_on::text AS "publishedOn"
           FROM publication p
           JOIN LATERAL (SELECT number, state FROM publication_version
                          WHERE publication_id = p.id ORDER BY number DESC LIMIT 1) v ON true
           LEFT JOIN publication_version c ON c.publication_id = p.id AND c.state = 'published'
          WHERE p.office = ANY ($1) ORDER BY p.period_to DESC, p.office, p.kind`,
        [offices],
      );
      const [last] = quartersUpTo(lastCompleteQuarter(londonDate(this.clock.now())), 1);
      const kinds = PUBLICATION_KINDS.filter(({ period }) => period === 'quarter');
      const missing = last
        ? offices.flatMap((office) =>
            kinds.flatMap(({ kind }): MissingPublication[] => {
              const found = publications.find(
                (each) => each.office === office && each.kind === kind && each.from === last.from,
              );
              if (found && found.publicNumber !== null) return [];
              return [{ office, kind, from: last.from, to: last.to, isBegun: found !== undefined }];
            }),
          )
        : [];
      return { publications, bulletins: await this.bulletins.list(offices), missing };
    });
  }
}
