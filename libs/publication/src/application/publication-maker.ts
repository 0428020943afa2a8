import { Injectable } from '@nestjs/common';
import { londonDate } from '@app/kernel';
import { Offices } from '@app/offices';
import { runAs, systemCaller, UnitOfWork } from '@app/platform';
import { contentHash, publishedParts, type PublicationContent, type PublishedBulletin } from '../domain/content';
import { earlierQuartersOfYear, exactQuarter, yearToDate, type DataPeriod } from '../domain/financial-quarter';
import { partsFor, publicationKind } from '../domain/publication-kinds';
import type { Narrative } from '../domain/publication';
import { InvalidPublication } from '../domain/publication.errors';
import type { PublishedFigure } from '../domain/published-figure';
import type { ShownFigure } from '../domain/shown-figure';
import { withYearToDate } from '../domain/year-to-date';
import { PublicationSettings } from './publication-settings';
import type { VersionBody } from './publication-store';
import { PublishedFigures } from './published-figures';

export interface MadeFor extends DataPeriod {
  readonly office: string;
  readonly kind: string;
}

/** The numbers of a period and of its year so far. */
export interface CountedFigures {
  readonly asOf: Date;
  readonly ofPeriod: readonly PublishedFigure[];
  readonly ofYear: readonly PublishedFigure[];
}

/** Puts together what a version says. */
@Injectable()
export class PublicationMaker {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly source: PublishedFigures,
    private readonly settings: PublicationSettings,
    private readonly offices: Offices,
  ) {}

  /** Before a transaction of the caller's is open: counted as the system, over restricted cases too. */
  count({ office, kind, from, to }: MadeFor, asOf: Date): Promise<CountedFigures> {
    return runAs(systemCaller('publication'), async () => {
      const asked = { office, kind, asOf };
      const year = yearToDate({ from, to });
      const ofPeriod = await this.source.figures({ ...asked, from, to });
      const ofYear = year.from === from ? ofPeriod : await this.source.figures({ ...asked, ...year });
      return { asOf, ofPeriod, ofYear };
    });
  }

  /** In the open transaction. Also answers which published versions the year to date was added up from. */
  async content(
    of: MadeFor,
    counted: CountedFigures,
    narratives: readonly Narrative[],
    bulletins: readonly string[],
  ): Promise<{ readonly content: PublicationContent; readonly basis: readonly string[] }> {
    const { office, from, to } = of;
    const kind = publicationKind(of.kind);
    if (!kind) throw new InvalidPublication([{ pointer: '/kind', message: 'Choose what to publish' }]);
    const rule = await this.settings.on(office, londonDate(counted.asOf));
    const earlier = await this.earlier(of);
    const figures = withYearToDate(
      counted.ofPeriod,
      counted.ofYear,
      earlier.map(({ figures: shown }) => shown),
      rule,
    );
    const { name } = await this.offices.get(office);
    const content: PublicationContent = {
      officeName: name,
      title: kind.title,
      introduction: kind.introduction,
      period: { from, to },
      yearToDate: exactQuarter({ from, to }) ? yearToDate({ from, to }) : null,
      asOf: counted.asOf.toISOString(),
      smallestCount: rule.smallestCount,
      smallestBase: rule.smallestBase,
      figures,
      parts: publishedParts(partsFor(kind, rule.complaintsModel), narratives),
      bulletins: await this.bulletins(office, bulletins),
    };
    return { content, basis: earlier.flatMap(({ basis }) => basis ?? []) };
  }

  /** The same with other words or bulletins. In the open transaction. */
  async rewritten(of: MadeFor, body: VersionBody, change: Partial<VersionBody>, on: string): Promise<VersionBody> {
    const { narratives, bulletins } = { ...body, ...change };
    const kind = publicationKind(of.kind);
    const { complaintsModel } = await this.settings.on(of.office, on);
    const content = {
      ...body.content,
      parts: publishedParts(kind ? partsFor(kind, complaintsModel) : [], narratives),
      bulletins: await this.bulletins(of.office, bulletins),
    };
    return { narratives, bulletins, content, sha256: contentHash(content) };
  }

  /** The earlier quarters of the year as the public reads them now. In the open transaction. */
  async earlier({
    office,
    kind,
    from,
    to,
  }: MadeFor): Promise<readonly { figures: readonly ShownFigure[] | null; basis: string | null }[]> {
    const quarter = exactQuarter({ from, to });
    if (quarter === null) return [];
    const rows: { from: string; figures: ShownFigure[]; basis: string }[] = await this.unitOfWork.manager.query(
      `SELECT p.period_from::text AS "from", v.content -> 'figures' AS figures, p.slug || ' ' || v.number AS basis
         FROM publication p JOIN publication_version v ON v.publication_id = p.id AND v.state = 'published'
        WHERE p.office = $1 AND p.kind = $2`,
      [office, kind],
    );
    return earlierQuartersOfYear(quarter).map((each) => {
      const found = rows.find((row) => row.from === each.from);
      return { figures: found?.figures ?? null, basis: found?.basis ?? null };
    });
  }

  private bulletins(office: string, ids: readonly string[]): Promise<readonly PublishedBulletin[]> {
    return this.unitOfWork.manager.query(
      `SELECT id, kind, title, published_on::text AS "publishedOn", period_from::text AS "from", period_to::text AS "to",
              link, filename
         FROM iopc_bulletin WHERE office = $1 AND id = ANY ($2::uuid[]) ORDER BY published_on DESC, title`,
      [office, ids],
    );
  }
}
