import { isDay } from '@app/kernel';
import { InvalidRequest } from './invalid-request';

/** What a place in a list is made of; a question mark allows null. */
export type CursorPart = 'text' | 'integer' | 'day' | 'instant' | 'uuid';
export type CursorShape = readonly (CursorPart | `${CursorPart}?`)[];
export type CursorValue = string | number | null;

export const DEFAULT_LIMIT = 50;
export const LARGEST_LIMIT = 200;

const INSTANT = /^.{10}T([01]\d|2[0-3])(:[0-5]\d){2}(\.\d{1,6})?Z$/;

const FORMS: Readonly<Record<CursorPart, (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string' && value.length <= 500 && !value.includes('\0'),
  integer: (value) => Number.isSafeInteger(value),
  day: (value) => isModernDay(value),
  instant: (value) => typeof value === 'string' && INSTANT.test(value) && isModernDay(value.slice(0, 10)),
  uuid: (value) => typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value),
};

/** The place after which a list goes on, as opaque text. */
export function encodeCursor(values: readonly CursorValue[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/**
 * The place that a cursor names, null without one. Each value has the form that the shape asks for, so that a
 * tampered cursor can be answered and never reaches SQL.
 * @throws InvalidRequest at `/cursor`
 */
export function decodeCursor(cursor: string | null | undefined, shape: CursorShape): CursorValue[] | null {
  if (cursor === undefined || cursor === null || cursor === '') return null;
  const values = parse(cursor);
  if (!Array.isArray(values) || values.length !== shape.length || !shape.every((part, n) => fits(values[n], part))) {
    throw new InvalidRequest([{ pointer: '/cursor', message: 'is not a cursor of this list' }]);
  }
  return values as CursorValue[];
}

/** How many entries a page has. @throws InvalidRequest at `/limit` */
export function limitOf(text: string | undefined): number {
  if (text === undefined || text === '') return DEFAULT_LIMIT;
  const limit = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > LARGEST_LIMIT) {
    const message = `must be a whole number from 1 to ${String(LARGEST_LIMIT)}`;
    throw new InvalidRequest([{ pointer: '/limit', message }]);
  }
  return limit;
}

/** A page of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/** The page for `limit + 1` rows read: the row too many says that there is more. */
export function pageOf<T>(rows: readonly T[], limit: number, placeOf: (row: T) => readonly CursorValue[]): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? encodeCursor(placeOf(last)) : null };
}

function parse(cursor: string): unknown {
  if (cursor.length > 2000 || !/^[A-Za-z0-9_-]+$/.test(cursor)) return null;
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown;
  } catch {
    return null;
  }
}

function fits(value: unknown, part: CursorShape[number]): boolean {
  if (part.endsWith('?')) return value === null || FORMS[part.slice(0, -1) as CursorPart](value);
  return FORMS[part as CursorPart](value);
}

/** PostgreSQL has no year 0, and nothing here is older than the calendar. */
function isModernDay(value: unknown): boolean {
  return isDay(value) && value >= '1900-01-01';
}
