import type { ActionField, Choice } from '../case/case-action-forms';
import type { Fields } from '../case/form-fields';
import { isDay } from '@app/kernel';

/** A column of a field that repeats: a row is kept when its first column has something in it. */
export interface RowColumn {
  readonly name: string;
  readonly label: string;
  readonly kind: 'select' | 'text' | 'long';
  readonly items?: readonly Choice[];
}

/** The same questions again and again, a row each. */
export interface RowsField {
  readonly name: string;
  readonly label: string;
  readonly kind: 'rows';
  readonly hint?: string;
  /** What one row is, for people who hear the page: "Evidence 2". */
  readonly one: string;
  readonly columns: readonly RowColumn[];
  readonly rows: readonly Fields[];
}

/** A choice that may be shown and not chosen, with the reason as its hint. */
export interface GuardedChoice extends Choice {
  readonly disabled?: boolean;
}

/** Something that the form carries and nobody types. */
export interface HiddenField {
  readonly name: string;
  readonly kind: 'hidden';
  readonly label: string;
  readonly value: string;
}

export type ReviewField = ActionField | RowsField | HiddenField;

const SPARE_ROWS = 2;
const MOST_ROWS = 60;
const LONGEST_LINE = 100;
const LONGEST_ROW = 20_000;

export function isAsked(field: ReviewField): field is ActionField {
  return field.kind !== 'rows' && field.kind !== 'hidden';
}

export function rowName(field: string, row: number, column: string): string {
  return `${field}-${String(row)}-${column}`;
}

/** The rows that were filled in, each by its columns. */
export function rowsOf({ name, columns }: RowsField, values: Fields): Fields[] {
  const first = columns[0]?.name ?? '';
  const found: Fields[] = [];
  for (let row = 0; row < MOST_ROWS; row += 1) {
    const texts = columns.map(
      (column) => [column.name, (values[rowName(name, row, column.name)] ?? '').trim()] as const,
    );
    if (texts.some(([column, text]) => column === first && text !== '')) found.push(Object.fromEntries(texts));
  }
  return found;
}

/** The fields that rows are, for a form that is filled in. */
export function rowValues({ name, columns, rows }: RowsField): [string, string][] {
  return rows.flatMap((row, index) =>
    columns.map((column): [string, string] => [rowName(name, index, column.name), row[column.name] ?? '']),
  );
}

/** How many rows a form shows: those that have something, and some to go on with. */
export function shownRows(field: RowsField, values: Fields): number {
  const highest = Object.keys(values).reduce((most, key) => {
    const row = new RegExp(`^${field.name}-(\\d{1,2})-`).exec(key)?.[1];
    return row !== undefined && (values[key] ?? '').trim() !== '' ? Math.max(most, Number(row) + 1) : most;
  }, 0);
  return Math.min(MOST_ROWS, highest + SPARE_ROWS);
}

/** What the general check of fields does not know: days that are none, and rows with something that is not in the list. */
export function checkShapes(fields: readonly ReviewField[], values: Fields): (readonly [string, string])[] {
  return fields.flatMap((field): (readonly [string, string])[] => {
    if (field.kind === 'day') {
      const day = values[field.name] ?? '';
      return day === '' || isDay(day) ? [] : [[field.name, 'Enter a day that exists']];
    }
    if (field.kind !== 'rows') return [];
    return Object.entries(values).flatMap(([key, value]): (readonly [string, string])[] => {
      const column = field.columns.find(({ name }) => new RegExp(`^${field.name}-\\d{1,2}-${name}$`).test(key));
      const isUnknown = column?.items?.every((item) => item.value !== value) === true;
      if (isUnknown) return [[key, 'Choose from the list']];
      const longest = column?.kind === 'text' ? LONGEST_LINE : LONGEST_ROW;
      return column !== undefined && value.length > longest
        ? [[key, `This must be ${longest.toLocaleString('en-GB')} characters or fewer`]]
        : [];
    });
  });
}
