import { IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '@app/platform';
import { contentDifferences, type ContentDifference, type PublicationContent } from '../domain/content';
import { PublicationNotFound } from '../domain/publication.errors';

/** A version in the list that stands on every page of a publication. */
export interface PublicVersionLine {
  readonly number: number;
  readonly state: 'published' | 'superseded' | 'withdrawn';
  readonly publishedOn: string;
  readonly correctionNote: string | null;
}

/** One version as the public reads it. */
export interface PublicVersion extends PublicVersionLine {
  readonly office: string;
  readonly kind: string;
  readonly slug: string;
  readonly publishedAt: string;
  /** When it last changed for the public: published, superseded or withdrawn. */
  readonly changedAt: string;
  readonly withdrawnAt: string | null;
  readonly withdrawalReason: string | null;
  /** Null when it is withdrawn: then the reason is all there is to read. */
  readonly content: PublicationContent | null;
  /** Newest first. */
  readonly versions: readonly PublicVersionLine[];
  /** What it says otherwise than the version before it; empty of the first. */
  readonly differences: readonly ContentDifference[];
  readonly sha256: string;
}

/** What an office published at an address; without a number the version that is in force, or the last there was. */
export class GetPublishedVersion extends Query<PublicVersion> {
  constructor(
    readonly office: string,
    readonly slug: string,
    readonly number: number | null,
  ) {
    super();
  }
}

type Row = Omit<PublicVersion, 'content' | 'versions' | 'differences' | 'publishedAt' | 'changedAt' | 'withdrawnAt'> & {
  readonly content: PublicationContent;
  readonly publishedAt: Date;
  readonly changedAt: Date;
  readonly withdrawnAt: Date | null;
};

@QueryHandler(GetPublishedVersion)
export class GetPublishedVersionHandler implements IQueryHandler<GetPublishedVersion> {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @throws PublicationNotFound */
  async execute({ office, slug, number }: GetPublishedVersion): Promise<PublicVersion> {
    const rows = await this.unitOfWork.run((manager): Promise<Row[]> =>
      manager.query(
        `SELECT p.office, p.kind, p.slug, v.number, v.state, v.published_on::text AS "publishedOn",
                v.published_at AS "publishedAt", v.withdrawn_at AS "withdrawnAt",
                greatest(v.published_at, v.superseded_at, v.withdrawn_at) AS "changedAt",
                v.correction_note AS "correctionNote", v.withdrawal_reason AS "withdrawalReason", v.content, v.sha256
           FROM publication p JOIN publication_version v ON v.publication_id = p.id AND v.published_at IS NOT NULL
          WHERE p.office = $1 AND p.slug = $2 ORDER BY v.number DESC`,
        [office, slug],
      ),
    );
    const found =
      number === null
        ? (rows.find(({ state }) => state === 'published') ?? rows[0])
        : rows.find((row) => row.number === number);
    if (!found) throw new PublicationNotFound();
    const before = rows.find((row) => row.number < found.number);
    const isReadable = found.state !== 'withdrawn';
    return {
      ...found,
      publishedAt: found.publishedAt.toISOString(),
      changedAt: found.changedAt.toISOString(),
      withdrawnAt: found.withdrawnAt?.toISOString() ?? null,
      content: isReadable ? found.content : null,
      versions: rows.map(({ number: each, state, publishedOn, correctionNote }) => ({
        number: each,
        state,
        publishedOn,
        correctionNote,
      })),
      differences:
        before && isReadable && before.state !== 'withdrawn' ? contentDifferences(before.content, found.content) : [],
    };
  }
}
