import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import {
  basisInWords,
  exactQuarter,
  GetPublishedVersion,
  measureInWords,
  shareOf,
  type PublishedLine,
  type ShownFigure,
} from '@app/publication';
import { drawChart, type Chart } from '../figures/charts';
import { chartOf } from './version-page';

const MOST_QUARTERS = 8;
const DRAWN_PER_THEME = 2;

/** One figure over the quarters that are published. */
export interface TrendRow {
  readonly title: string;
  readonly theme: string;
  readonly cells: readonly { readonly text: string; readonly basis: string }[];
}

export interface Trend {
  readonly quarters: readonly string[];
  readonly rows: readonly TrendRow[];
  readonly charts: readonly (Chart & { readonly title: string })[];
}

/** How the figures of an office went from quarter to quarter, from what is published and nothing else. */
@Injectable()
export class PublicTrend {
  constructor(private readonly queries: QueryBus) {}

  /** Null where there are not two quarters to set side by side. */
  async of(office: string, published: readonly PublishedLine[]): Promise<Trend | null> {
    const kind = published[0]?.kind;
    const lines = published
      .filter((each) => each.kind === kind && exactQuarter(each))
      .slice(0, MOST_QUARTERS)
      .reverse();
    if (lines.length < 2) return null;
    const versions = await Promise.all(
      lines.map(({ slug }) => this.queries.execute(new GetPublishedVersion(office, slug, null))),
    );
    const quarters = lines.map((each) => {
      const quarter = exactQuarter(each);
      return quarter ? `Q${String(quarter.number)} ${quarter.year}` : '';
    });
    const latest = versions.at(-1)?.content?.figures ?? [];
    const of = (key: string): (ShownFigure | undefined)[] =>
      versions.map(({ content }) => content?.figures.find((figure) => figure.key === key));
    const rows = latest.map(({ key, theme, title, unit }) => ({
      title,
      theme,
      cells: of(key).map((figure) => ({
        text: figure ? measureInWords(figure.quarter, unit) : 'not published',
        basis: figure ? basisInWords(figure.quarter, unit) : '',
      })),
    }));
    const perTheme = new Map<string, number>();
    const drawnFigures = latest.filter(({ theme }) => {
      perTheme.set(theme, (perTheme.get(theme) ?? 0) + 1);
      return (perTheme.get(theme) ?? 0) <= DRAWN_PER_THEME;
    });
    const charts = await Promise.all(drawnFigures.map((figure) => trendChart(figure, quarters, of(figure.key))));
    return { quarters, rows, charts: charts.flatMap((chart) => chart ?? []) };
  }
}

async function trendChart(
  { theme, title, unit }: ShownFigure,
  quarters: readonly string[],
  figures: readonly (ShownFigure | undefined)[],
): Promise<(Chart & { readonly title: string }) | null> {
  const isShare = unit === 'share';
  const values = figures.map((figure) =>
    figure ? (isShare ? shareOf(figure.quarter) : figure.quarter.value.value) : null,
  );
  if (values.filter((value) => value !== null).length < 2 || !values.some((value) => value !== null && value > 0))
    return null;
  const words = figures.map(
    (figure, index) => `${quarters[index] ?? ''}: ${figure ? measureInWords(figure.quarter, unit) : 'not published'}`,
  );
  const data = {
    alt: `${theme}, ${title} by quarter. ${words.join('; ')}.`,
    labels: quarters,
    series: [{ name: title, values }],
    isLying: false,
    isShare,
  };
  return { title: `${theme}: ${title}`, ...(await chartOf(JSON.stringify(data), () => drawChart(data))) };
}
