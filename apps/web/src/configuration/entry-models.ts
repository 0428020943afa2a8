import type { ConfigurationView, FieldDifference, RevisionView, WordRun } from '@app/offices';
import { dayInWords, londonDateTimeInWords } from '@app/kernel';
import { inWords as officeInWords } from '../staff/staff-page';
import { fieldAt, idOf, valueAt } from './forms/entry-form';
import { formOf } from './forms/forms';
import type { FormField, Option } from './forms/form-field';
import { linesToRead, type FormTexts } from './forms/widgets';

/** Titles of entries of other kinds, by `kind key`. */
export type Titles = ReadonlyMap<string, string>;

export const ADDRESS = '/staff/configuration';

const STATUS_TAGS = {
  'in-force': { text: 'In force', classes: 'govuk-tag--green' },
  future: { text: 'Begins later', classes: 'govuk-tag--blue' },
  past: { text: 'Ended', classes: 'govuk-tag--grey' },
  retired: { text: 'Retired', classes: 'govuk-tag--red' },
} as const;

const ACTION_WORDS = {
  shipped: 'Shipped with the product',
  add: 'Added',
  change: 'Changed',
  end: 'Given an end',
  retire: 'Retired',
  revert: 'Put back to an earlier version',
} as const;

export function officeName(office: string | null): string {
  return office === null ? 'All offices' : officeInWords(office.includes('-') ? office : `${office}-`).trim();
}

/** The address of an entry, or of something that is done with it. */
export function addressOf(kind: string, key: string, office: string | null, action = ''): string {
  const path = `${ADDRESS}/${kind}/${key}${action === '' ? '' : `/${action}`}`;
  return `${path}?office=${office ?? 'shared'}`;
}

export function officeOfQuery(office: unknown): string | null | undefined {
  if (typeof office !== 'string' || office === '') return undefined;
  return office === 'shared' ? null : office;
}

export function validityInWords(validFrom: string, validTo: string | null): string {
  return validTo === null ? `From ${dayInWords(validFrom)}` : `${dayInWords(validFrom)} to ${dayInWords(validTo)}`;
}

/** The rows of a list of entries. */
export function listRows(kind: string, entries: readonly ConfigurationView[], titles: Titles): object[] {
  const columns = formOf(kind).filter(({ inList }) => inList);
  return entries.map((entry) => ({
    title: entry.title,
    href: addressOf(kind, entry.key, entry.office),
    office: officeName(entry.office),
    cells: columns.map((field) => cellOf(field, entry, titles)),
    tag: STATUS_TAGS[entry.status],
    changesOn: entry.changesOn === null ? null : dayInWords(entry.changesOn),
    endsOn: entry.changesOn === null && entry.validTo !== null ? dayInWords(entry.validTo) : null,
  }));
}

export function listColumns(kind: string): string[] {
  return formOf(kind)
    .filter(({ inList }) => inList)
    .map(({ label }) => label);
}

function cellOf(field: FormField, entry: ConfigurationView, titles: Titles): string {
  const value = valueAt(entry.data, field.path);
  if (field.widget === 'phrases') return `${String((value as unknown[]).length)} phrases`;
  return linesToRead(field, value, titles).join(', ');
}

/** What an entry says, field by field, for a summary list. */
export function summaryOf(kind: string, data: unknown, titles: Titles): object[] {
  return formOf(kind).flatMap((field) => {
    const lines = linesToRead(field, valueAt(data, field.path), titles);
    if (lines.length === 0 && field.empty === 'absent') return [];
    return [{ label: field.label, lines, isLong: lines.length > 12, isText: field.widget === 'text' }];
  });
}

/** One decision with what it changed, in words. */
export function revisionModel(
  kind: string,
  revision: RevisionView,
  names: ReadonlyMap<string, string>,
  titles: Titles,
): object {
  return {
    version: revision.version,
    action: ACTION_WORDS[revision.action],
    reason: revision.reason,
    by: revision.action === 'shipped' ? null : (names.get(revision.changedBy) ?? revision.changedBy),
    at: londonDateTimeInWords(new Date(revision.changedAt)),
    validity: validityInWords(revision.validFrom, revision.validTo),
    hasEnd: revision.action === 'end' || revision.action === 'retire',
    differences: differenceModels(kind, revision.differences, titles),
  };
}

export interface DifferenceModel {
  readonly label: string;
  readonly words: readonly WordRun[] | null;
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** What differs, by the fields of the form: texts word by word, lists by what came and went. */
export function differenceModels(
  kind: string,
  differences: readonly FieldDifference[],
  titles: Titles,
): DifferenceModel[] {
  return differences.flatMap(({ path, before, after, words }): DifferenceModel[] => {
    const field = fieldAt(kind, `/data${path}`);
    const label = field?.label ?? path;
    if (words !== null && (field?.widget === 'text' || field?.widget === 'line')) {
      return [{ label, words, removed: [], added: [] }];
    }
    if (!field) return [{ label, words, removed: [], added: [] }];
    const isWhole = path.replaceAll('/', '.').slice(1) === field.path;
    const read = (value: unknown): string[] =>
      isWhole
        ? linesToRead(field, value, titles)
        : value === null
          ? []
          : [`${path.slice(1)}: ${JSON.stringify(value)}`];
    const [old, now] = [read(before), read(after)];
    const removed = old.filter((line) => !now.includes(line));
    const added = now.filter((line) => !old.includes(line));
    return removed.length + added.length === 0 ? [] : [{ label, words: null, removed, added }];
  });
}

/** A field as its template shows it. */
export function fieldModels(
  kind: string,
  texts: FormTexts,
  errorOf: Readonly<Record<string, { readonly text: string }>>,
  choices: ReadonlyMap<string, readonly Option[]>,
): object[] {
  return formOf(kind).map((field) => {
    const id = idOf(field.path);
    const value = texts[field.path] ?? '';
    const offered = field.entriesOf ? (choices.get(field.entriesOf) ?? []) : (field.options ?? []);
    const known = offered.some((each) => each.value === value) || typeof value !== 'string' || value === '';
    const options = known ? offered : [...offered, { value, text: value }];
    const blank = field.empty === undefined ? [] : [{ value: '', text: field.empty === 'null' ? 'None' : 'Not set' }];
    return {
      ...field,
      id,
      name: field.path,
      value,
      texts,
      error: errorOf[id],
      hint: field.hint ? { text: field.hint } : undefined,
      isOptional: field.empty !== undefined,
      items:
        field.widget === 'choices'
          ? options.map((each) => ({ ...each, checked: value.includes(each.value) }))
          : [...blank, ...(value === '' && blank.length === 0 ? [{ value: '', text: 'Choose' }] : []), ...options].map(
              (each) => ({ ...each, selected: each.value === value }),
            ),
    };
  });
}

/** A day as the three boxes of a date input, from its text or from what was typed into them. */
export function dateModel(
  name: string,
  label: string,
  hint: string,
  day: string,
  error: { readonly text: string } | undefined,
): object {
  const [year = '', month = '', date = ''] = day.split('-');
  const wrong = error ? ' govuk-input--error' : '';
  return {
    id: name,
    namePrefix: name,
    fieldset: { legend: { text: label, classes: 'govuk-fieldset__legend--s' } },
    hint: { text: hint },
    errorMessage: error,
    items: [
      { name: 'day', label: 'Day', classes: `govuk-input--width-2${wrong}`, value: date.replace(/^0/, '') },
      { name: 'month', label: 'Month', classes: `govuk-input--width-2${wrong}`, value: month.replace(/^0/, '') },
      { name: 'year', label: 'Year', classes: `govuk-input--width-4${wrong}`, value: year },
    ],
  };
}

/** The day that was typed into three boxes; null when all are empty. What is no day stays as it was typed. */
export function dayOfForm(body: Readonly<Record<string, unknown>>, name: string): string | null {
  const part = (which: string): string => {
    const value = body[`${name}-${which}`];
    return typeof value === 'string' ? value.trim() : '';
  };
  const [day, month, year] = [part('day'), part('month'), part('year')];
  if (day + month + year === '') return null;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}
