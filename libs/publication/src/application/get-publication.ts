import { IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Clock, londonDate } from '@app/kernel';
import { currentCaller, EventStore, UnitOfWork } from '@app/platform';
import type { PublicationContent } from '../domain/content';
import type { DataPeriod } from '../domain/financial-quarter';
import { partsFor, publicationKind, type NarrativePart } from '../domain/publication-kinds';
import { emptySections, type Narrative, type VersionState } from '../domain/publication';
import { PublicationNotFound } from '../domain/publication.errors';
import type { PublishedFigure } from '../domain/published-figure';
import { Bulletins, type Bulletin } from './bulletins';
import { PublicationSettings } from './publication-settings';

export interface VersionView {
  readonly number: number;
  readonly state: VersionState;
  readonly authors: readonly string[];
  readonly submittedBy: string | null;
  readonly submittedAt: string | null;
  readonly checkedBy: string | null;
  readonly checkedAt: string | null;
  readonly publishedBy: string | null;
  readonly publishedAt: string | null;
  readonly correctionNote: string | null;
  readonly withdrawalReason: string | null;
}

export interface PublicationView extends DataPeriod {
  readonly id: string;
  readonly office: string;
  readonly kind: string;
  readonly slug: string;
  /** Of the stream: what a change refers to. */
  readonly version: number;
  readonly versions: readonly VersionView[];
  readonly newest: VersionView;
  readonly content: PublicationContent;
  readonly narratives: readonly Narrative[];
  /** What the office is asked to write, with guidance. */
  readonly parts: readonly NarrativePart[];
  /** The keys of the sections that neither say something nor that there is nothing to report. */
  readonly empty: readonly string[];
  /** The numbers as they were counted, with the cases behind them: for staff. */
  readonly counted: readonly PublishedFigure[];
  readonly bulletins: readonly Bulletin[];
  /** Why it was last sent back, if it was since it was last sent to be checked. */
  readonly sentBack: { readonly text: string; readonly by: string; readonly at: string } | null;
  /** The caller worked on the newest version and may not check it. */
  readonly isAuthor: boolean;
  readonly history: readonly {
    readonly type: string;
    readonly by: string;
    readonly at: string;
    readonly number: number | null;
  }[];
}

/** One publication as staff see it. */
export class GetPublication extends Query<PublicationView> {
  constructor(readonly id: string) {
    super();
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const MOST_HISTORY = 500;

@QueryHandler(GetPublication)
export class GetPublicationHandler implements IQueryHandler<GetPublication> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly events: EventStore,
    private readonly settings: PublicationSettings,
    private readonly bulletins: Bulletins,
    private readonly clock: Clock,
  ) {}

  /** @throws PublicationNotFound */
  execute({ id }: GetPublication): Promise<PublicationView> {
    if (!UUID.test(id)) throw new PublicationNotFound();
    return this.unitOfWork.run(async (manager) => {
      const [row]: Pick<PublicationView, 'id' | 'office' | 'kind' | 'slug' | 'from' | 'to' | 'version'>[] =
        await manager.query(
          `SELECT id, office, kind, slug, period_from::text AS "from", period_to::text AS "to", version
           FROM publication WHERE id = $1`,
          [id],
        );
      const versions: (VersionView & Pick<PublicationView, 'content' | 'narratives'>)[] = await manager.query(
        `SELECT number, state, authors, submitted_by AS "submittedBy", submitted_at AS "submittedAt",
                checked_by AS "checkedBy", checked_at AS "checkedAt", published_by AS "publishedBy",
                published_at AS "publishedAt", correction_note AS "correctionNote",
                withdrawal_reason AS "withdrawalReason", content, narratives
           FROM publication_version WHERE publication_id = $1 ORDER BY number DESC`,
        [id],
      );
      const [newest] = versions;
      const kind = publicationKind(row?.kind ?? '');
      if (!row || !newest || !kind) throw new PublicationNotFound();
      const { complaintsModel } = await this.settings.on(row.office, londonDate(this.clock.now()));
      const { content, narratives } = newest;
      const [snapshot]: { figures: PublishedFigure[] }[] = await manager.query(
        `SELECT figures FROM publication_snapshot WHERE publication_id = $1 AND number = $2`,
        [id, newest.number],
      );
      const [sentBack]: { text: string; by: string; at: string }[] = await manager.query(
        `SELECT text, given_by AS by, given_at AS at FROM publication_reason
          WHERE publication_id = $1 AND number = $2 AND what = 'sent-back' ORDER BY given_at DESC LIMIT 1`,
        [id, newest.number],
      );
      const events = await this.events.read(`publication-${id}`, 0, MOST_HISTORY);
      return {
        ...row,
        versions,
        newest,
        content,
        narratives,
        parts: partsFor(kind, complaintsModel),
        empty: emptySections(row.kind, narratives, complaintsModel).map(({ pointer }) =>
          pointer.replace('/narratives/', ''),
        ),
        counted: snapshot?.figures ?? [],
        bulletins: await this.bulletins.list([row.office]),
        sentBack: newest.state === 'draft' ? (sentBack ?? null) : null,
        isAuthor: newest.authors.includes(currentCaller().actor.id),
        history: events.map(({ type, metadata, data, effectiveAt }) => ({
          type,
          by: (metadata.actor as { readonly id: string }).id,
          at: effectiveAt.toISOString(),
          number: typeof data.number === 'number' ? data.number : null,
        })),
      };
    });
  }
}
