import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@app/platform';
import type { PublishedBulletin } from '../domain/content';

/** A bulletin of the IOPC about the force, by when it has to stand on the page and since when it does. */
export interface Bulletin extends PublishedBulletin {
  readonly office: string;
  readonly dueOn: string;
  /** How the last day was counted, in words. */
  readonly dueSteps: readonly string[];
  /** The day on which a publication first carried it; null: not yet. */
  readonly onPageSince: string | null;
}

const COLUMNS = `b.id, b.office, b.kind, b.title, b.published_on::text AS "publishedOn", b.period_from::text AS "from",
  b.period_to::text AS "to", b.link, b.filename, b.due_on::text AS "dueOn", b.due_steps AS "dueSteps",
  (SELECT min(v.published_on)::text FROM publication_version v
    WHERE v.published_at IS NOT NULL AND v.bulletins @> ARRAY[b.id]) AS "onPageSince"`;

/** The bulletins of offices, in the open transaction. */
@Injectable()
export class Bulletins {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Newest first. */
  list(offices: readonly string[]): Promise<readonly Bulletin[]> {
    return this.unitOfWork.manager.query(
      `SELECT ${COLUMNS} FROM iopc_bulletin b WHERE b.office = ANY ($1) ORDER BY b.published_on DESC, b.office, b.title`,
      [offices],
    );
  }

  /** What a new publication carries unless somebody says otherwise: the latest of each kind and all that are not yet on a page. */
  async toAttach(office: string): Promise<readonly string[]> {
    const kinds = new Set<string>();
    return (await this.list([office])).flatMap(({ id, kind, onPageSince }) => {
      const isLatest = !kinds.has(kind);
      kinds.add(kind);
      return isLatest || onPageSince === null ? [id] : [];
    });
  }
}
