import { stringify } from 'csv-stringify/sync';
import {
  exactQuarter,
  periodInWords,
  shareOf,
  type FigureUnit,
  type PublicVersion,
  type ShownMeasure,
} from '@app/publication';

/** A column of the data, and what stands in it. */
const COLUMNS = {
  office: 'The office that publishes, by its stable key',
  publication: 'The publication, by the last part of its address',
  version: 'The version of the publication: a correction is another version',
  published_on: 'The day on which this version was published (London)',
  data_from: 'The first day that the data of the publication is of',
  data_to: 'The last day that the data of the publication is of',
  quarter: 'The quarter of the financial year, from 1 April, generated from the two days; empty for other periods',
  data_as_of: 'The instant up to which what was recorded is counted (UTC)',
  scope: 'quarter: of the data period; year-to-date: from 1 April to the last day of the data period',
  scope_from: 'The first day that the row is of',
  scope_to: 'The last day that the row is of',
  theme: 'The heading that the figure stands under',
  figure_key: 'The figure, by its stable key',
  figure: 'The name of the figure',
  group_by: 'What the figure is split by, by its stable key; empty for all together',
  group_key: 'The group of the split, by its stable key',
  group: 'The name of the group',
  unit: 'number, share, or days as an average, a median or the longest',
  value: 'The number; of a share, its numerator; empty where it is left out',
  base: 'Of a share, its denominator; of days, how many were measured; empty where it is left out',
  share: 'The share from 0 to 1, where both its numbers are shown',
  value_at_least: 'The least that the value can be, where that is said',
  value_at_most: 'The most that the value can be, where that is said',
  value_status: 'How the value is published: see the statuses',
  base_status: 'How the base is published: see the statuses',
} as const;
type Column = keyof typeof COLUMNS;
export type DataRow = Readonly<Record<Column, string | number | null>>;

const STATUSES = {
  shown: 'The number is published as it is',
  small: 'The number is more than nought and fewer than the smallest that is published',
  hidden: 'The number is left out, so that another that is left out cannot be worked out',
  range: 'Parts of the number are left out: it lies between value_at_least and value_at_most',
  none: 'There was nothing to measure',
  'small-base': 'The percentage, average or median is left out, because it would be over too few',
  unpublished: 'An earlier quarter of the year is not published here',
} as const;

/** The data of a version, a row for each figure, group and scope. */
export function dataRows(version: PublicVersion): readonly DataRow[] {
  const { content } = version;
  if (content === null) return [];
  const { period, yearToDate } = content;
  const quarter = exactQuarter(period);
  const common = {
    office: version.office,
    publication: version.slug,
    version: version.number,
    published_on: version.publishedOn,
    data_from: period.from,
    data_to: period.to,
    quarter: quarter ? `Q${String(quarter.number)} ${quarter.year}` : null,
    data_as_of: content.asOf,
  };
  return content.figures.flatMap((figure) => {
    const named = { theme: figure.theme, figure_key: figure.key, figure: figure.title, unit: figure.unit };
    const rows = (
      group: { readonly group_by: string | null; readonly group_key: string | null; readonly group: string | null },
      ofPeriod: ShownMeasure,
      ofYear: ShownMeasure | null,
    ): DataRow[] => [
      {
        ...common,
        ...{ scope: 'quarter', scope_from: period.from, scope_to: period.to },
        ...named,
        ...group,
        ...numbersOf(ofPeriod, figure.unit),
      },
      ...(ofYear && yearToDate
        ? [
            {
              ...common,
              ...{ scope: 'year-to-date', scope_from: yearToDate.from, scope_to: yearToDate.to },
              ...named,
              ...group,
              ...numbersOf(ofYear, figure.unit),
            },
          ]
        : []),
    ];
    return [
      ...rows({ group_by: null, group_key: null, group: null }, figure.quarter, figure.yearToDate),
      ...figure.splits.flatMap((split) =>
        split.groups.flatMap((group) =>
          rows({ group_by: split.key, group_key: group.key, group: group.title }, group.quarter, group.yearToDate),
        ),
      ),
    ];
  });
}

function numbersOf(
  measure: ShownMeasure,
  unit: FigureUnit,
): Pick<DataRow, 'value' | 'base' | 'share' | 'value_at_least' | 'value_at_most' | 'value_status' | 'base_status'> {
  const { value, base } = measure;
  const share = unit === 'share' ? shareOf(measure) : null;
  const isDays = unit !== 'number' && unit !== 'share';
  return {
    value: value.value,
    base: base?.value ?? null,
    share: share === null ? null : Math.round(share * 10_000) / 10_000,
    value_at_least: isDays ? null : value.from,
    value_at_most: isDays ? null : value.to,
    value_status: value.mark,
    base_status: base?.mark ?? null,
  };
}

/** RFC 4180, in UTF-8. */
export function dataCsv(version: PublicVersion): string {
  const rows = dataRows(version).map((row) => ({ ...row }));
  return csv(Object.keys(COLUMNS), rows);
}

/** What the columns, statuses and figures of the data mean. */
export function dictionaryCsv(version: PublicVersion): string {
  return csv(
    ['what', 'name', 'meaning'],
    dictionaryOf(version).map((entry) => ({ ...entry })),
  );
}

/** The data with its dates, its dictionary and what was written. */
export function dataJson(version: PublicVersion, address: string): object | null {
  const { content } = version;
  if (content === null) return null;
  const { period, yearToDate, asOf, officeName, title, smallestCount, smallestBase, parts, bulletins } = content;
  return {
    title,
    office: { key: version.office, name: officeName },
    address,
    version: version.number,
    status: version.state,
    publicationDate: version.publishedOn,
    dataPeriod: period,
    quarter: exactQuarter(period) ? periodInWords(period) : null,
    yearToDate,
    dataAsOf: asOf,
    correctionNote: version.correctionNote,
    smallNumbers: { smallestCountPublished: smallestCount, smallestBasePublished: smallestBase },
    data: dataRows(version),
    narratives: parts.flatMap(({ title: part, sections }) =>
      sections.map(({ key, title: heading, text }) => ({ part, key, title: heading, text })),
    ),
    bulletins,
    dictionary: dictionaryOf(version),
  };
}

function dictionaryOf({
  content,
}: PublicVersion): readonly { readonly what: string; readonly name: string; readonly meaning: string }[] {
  const entries = (
    what: string,
    meanings: Readonly<Record<string, string>>,
  ): { what: string; name: string; meaning: string }[] =>
    Object.entries(meanings).map(([name, meaning]) => ({ what, name, meaning }));
  return [
    ...entries('column', COLUMNS),
    ...entries('status', STATUSES),
    ...(content?.figures ?? []).map(({ key, title, definition }) => ({
      what: 'figure',
      name: key,
      meaning: `${title}. ${definition}`,
    })),
  ];
}

function csv(columns: readonly string[], rows: readonly Record<string, string | number | null>[]): string {
  return stringify([...rows], {
    header: true,
    columns: [...columns],
    record_delimiter: 'windows',
    escape_formulas: true,
  });
}
