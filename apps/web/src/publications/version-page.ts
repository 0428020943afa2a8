import {
  basisInWords,
  daysInWords,
  exactQuarter,
  measureInWords,
  periodInWords,
  shareOf,
  shortDay,
  type FigureUnit,
  type PublicationContent,
  type PublishedFigure,
  type ShownFigure,
  type ShownMeasure,
} from '@app/publication';
import { drawChart, type Chart } from '../figures/charts';

/** A figure in words, with what it was counted out of and, for staff, what stands behind it. */
export interface FigureCell {
  readonly text: string;
  readonly basis: string;
  /** The number as counted where the public does not see it: for staff alone. */
  readonly leftOut: string | null;
  readonly caseLink: string | null;
}

export interface FigureRow {
  readonly key: string;
  readonly title: string;
  readonly definition: string;
  readonly quarter: FigureCell;
  readonly year: FigureCell | null;
}

export interface SplitTable {
  readonly title: string;
  readonly rows: readonly Omit<FigureRow, 'definition'>[];
  readonly chart: Chart | null;
}

export interface ThemeTable {
  readonly id: string;
  readonly title: string;
  readonly rows: readonly FigureRow[];
  readonly splits: readonly SplitTable[];
}

/** What the page of a version shows, for the public and for staff who look at it beforehand. */
export interface VersionPage {
  readonly title: string;
  readonly officeName: string;
  readonly introduction: string;
  readonly quarter: string;
  readonly dataPeriod: string;
  readonly isQuarter: boolean;
  readonly yearToDate: string | null;
  readonly asOf: string;
  readonly smallestCount: number;
  readonly smallestBase: number;
  readonly hasLeftOut: boolean;
  readonly themes: readonly ThemeTable[];
  readonly parts: readonly {
    readonly id: string;
    readonly title: string;
    readonly sections: readonly { readonly title: string; readonly paragraphs: readonly string[] }[];
  }[];
  readonly bulletins: readonly object[];
}

const drawn = new Map<string, Promise<Chart>>();
const MOST_DRAWN = 200;

/** `counted`: the numbers behind, shown to staff beside what is left out. */
export async function versionPage(
  content: PublicationContent,
  office: string,
  counted: readonly PublishedFigure[] | null = null,
): Promise<VersionPage> {
  const themes = [...new Set(content.figures.map(({ theme }) => theme))];
  const tables: ThemeTable[] = [];
  for (const [index, theme] of themes.entries()) {
    const figures = content.figures.filter((figure) => figure.theme === theme);
    tables.push(await themeTable(`figures-${String(index + 1)}`, theme, figures, counted));
  }
  const { period, yearToDate, asOf, title, officeName, introduction, smallestCount, smallestBase } = content;
  const isLeftOut = ({ value, base }: ShownMeasure): boolean =>
    [value, base].some((each) => each !== null && ['small', 'hidden', 'range', 'small-base'].includes(each.mark));
  return {
    title,
    officeName,
    introduction,
    isQuarter: exactQuarter(period) !== null,
    quarter: periodInWords(period),
    dataPeriod: daysInWords(period),
    yearToDate: yearToDate ? daysInWords(yearToDate) : null,
    asOf,
    smallestCount,
    smallestBase,
    hasLeftOut: content.figures.some(({ quarter, yearToDate: year, splits }) =>
      [
        quarter,
        year,
        ...splits.flatMap(({ groups }) => groups.flatMap((each) => [each.quarter, each.yearToDate])),
      ].some((each) => each !== null && isLeftOut(each)),
    ),
    themes: tables,
    parts: content.parts.map(({ title: heading, sections }, index) => ({
      id: `part-${String(index + 1)}`,
      title: heading,
      sections: sections.map(({ title: section, text }) => ({
        title: section,
        paragraphs: text.split(/\n{2,}/).filter((each) => each.trim() !== ''),
      })),
    })),
    bulletins: content.bulletins.map((bulletin) => bulletinLine(bulletin, office)),
  };
}

/** A bulletin with its own dates, in words. */
export function bulletinLine(bulletin: PublicationContent['bulletins'][number], office: string): object {
  const { id, kind, title, publishedOn, from, to, link, filename } = bulletin;
  return {
    title,
    kindInWords: kind === 'quarterly-data' ? 'Quarterly data' : 'Annual statistics report',
    publishedOn: shortDay(publishedOn),
    covers: daysInWords({ from, to }),
    href: link ?? `/complaints-performance/${office}/bulletins/${id}`,
    filename,
  };
}

async function themeTable(
  id: string,
  title: string,
  figures: readonly ShownFigure[],
  counted: readonly PublishedFigure[] | null,
): Promise<ThemeTable> {
  const splits: SplitTable[] = [];
  for (const figure of figures) {
    const behind = counted?.find(({ key }) => key === figure.key);
    for (const split of figure.splits) {
      const groups = behind?.splitBy.find(({ key }) => key === split.key)?.groups;
      splits.push({
        title: `${figure.title}: ${split.title}`,
        chart: await splitChart(figure, split),
        rows: split.groups.map((group) => ({
          key: group.key,
          title: group.title,
          quarter: cell(group.quarter, figure.unit, counted && (groups?.find(({ key }) => key === group.key) ?? null)),
          year: group.yearToDate ? cell(group.yearToDate, figure.unit, null) : null,
        })),
      });
    }
  }
  return {
    id,
    title,
    splits,
    rows: figures.map((figure) => ({
      key: figure.key,
      title: figure.title,
      definition: figure.definition,
      quarter: cell(figure.quarter, figure.unit, counted && (counted.find(({ key }) => key === figure.key) ?? null)),
      year: figure.yearToDate ? cell(figure.yearToDate, figure.unit, null) : null,
    })),
  };
}

function cell(
  measure: ShownMeasure,
  unit: FigureUnit,
  behind: Pick<PublishedFigure, 'value' | 'base' | 'caseLink'> | null,
): FigureCell {
  const isWhole = [measure.value, measure.base].every((each) => each === null || ['shown', 'none'].includes(each.mark));
  const { value = null, base = null, caseLink = null } = behind ?? {};
  const counted = base === null ? String(value) : `${String(value)} of ${String(base)}`;
  return {
    text: measureInWords(measure, unit),
    basis: basisInWords(measure, unit),
    leftOut: behind === null || isWhole ? null : counted,
    caseLink,
  };
}

/** Bars of what is shown. Numbers that are left out have no bar; the table beside says so in words. */
async function splitChart(
  figure: ShownFigure,
  { title, groups }: ShownFigure['splits'][number],
): Promise<Chart | null> {
  const isShare = figure.unit === 'share';
  const values = groups.map(({ quarter }) => (isShare ? shareOf(quarter) : quarter.value.value));
  if (values.filter((value) => value !== null && value > 0).length < 2) return null;
  const words = groups.map((group) => `${group.title}: ${measureInWords(group.quarter, figure.unit)}`).join('; ');
  const data = {
    alt: `${figure.title}, ${title}. ${words}.`,
    labels: groups.map((group) => group.title),
    series: [{ name: figure.title, values }],
    isLying: true,
    isShare,
  };
  return chartOf(JSON.stringify(data), () => drawChart(data));
}

/** What is published never changes, so a chart is drawn once. */
export function chartOf(key: string, draw: () => Promise<Chart>): Promise<Chart> {
  const known = drawn.get(key);
  if (known) return known;
  if (drawn.size >= MOST_DRAWN) drawn.clear();
  const chart = draw();
  drawn.set(key, chart);
  chart.catch(() => drawn.delete(key));
  return chart;
}
