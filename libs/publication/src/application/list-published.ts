import { IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '@app/platform';
import type { PublishedBulletin } from '../domain/content';
import type { DataPeriod } from '../domain/financial-quarter';

/** Something that the public can read. */
export interface PublishedLine extends DataPeriod {
  readonly office: string;
  readonly kind: string;
  readonly slug: string;
  readonly title: string;
  readonly number: number;
  readonly publishedOn: string;
}

export interface PublishedList {
  /** The latest period first. */
  readonly publications: readonly PublishedLine[];
  /** The latest bulletin first; each as of when it is on a page. */
  readonly bulletins: readonly (PublishedBulletin & { readonly office: string })[];
}

/** What offices have published and not withdrawn. */
export class ListPublished extends Query<PublishedList> {
  constructor(readonly offices: readonly string[]) {
    super();
  }
}

@QueryHandler(ListPublished)
export class ListPublishedHandler implements IQueryHandler<ListPublished> {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  execute({ offices }: ListPublished): Promise<PublishedList> {
    return this.unitOfWork.run(async (manager) => ({
      publications: await manager.query(
        `SELECT p.office, p.kind, p.slug, v.content ->> 'title' AS title, p.period_from::text AS "from",
                p.period_to::text AS "to", v.number, v.published_on::text AS "publishedOn"
           FROM publication p JOIN publication_version v ON v.publication_id = p.id AND v.state = 'published'
          WHERE p.office = ANY ($1) ORDER BY p.period_to DESC, p.office, p.kind`,
        [offices],
      ),
      bulletins: await manager.query(
        `SELECT b.office, b.id, b.kind, b.title, b.published_on::text AS "publishedOn", b.period_from::text AS "from",
                b.period_to::text AS "to", b.link, b.filename
           FROM iopc_bulletin b
          WHERE b.office = ANY ($1) AND EXISTS (
            SELECT FROM publication_version v WHERE v.state = 'published' AND v.bulletins @> ARRAY[b.id])
          ORDER BY b.published_on DESC, b.office, b.title`,
        [offices],
      ),
    }));
  }
}
