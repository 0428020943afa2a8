import { currentCaller } from '@app/platform';
import { caseConditions, type AddParameter, type CaseFilter } from './case-filter';
import { SORTS, type CaseSort } from './case-sorts';

/** A place between two rows of a list: the sort key (a day, an instant, a number or null) and the id. */
export type CaseCursor = readonly [string | number | null, string];

/** Where a page lies: behind a place, or before it. */
export interface CasePlace {
  readonly side: 'after' | 'before';
  readonly at: CaseCursor;
}

export interface CasePageRequest {
  readonly filter: CaseFilter;
  readonly sort: CaseSort;
  readonly limit: number;
  readonly place: CasePlace | null;
}

/** The rows of a page in their order, and the places on its two sides where there is more. */
export interface KeysetPage<R> {
  readonly rows: readonly R[];
  readonly previous: CaseCursor | null;
  readonly next: CaseCursor | null;
}

interface Placed {
  id: string;
  sort_key: string | number | null;
}

type Run = (sql: string, parameters: unknown[]) => Promise<unknown>;

/** The caller's offices, narrowed to those that the filter names. */
export function officesOf(filter: CaseFilter): readonly string[] {
  const { offices: allowed } = currentCaller();
  return filter.offices.length > 0 ? filter.offices.filter((office) => allowed.includes(office)) : allowed;
}

/**
 * A page of cases. Each office is read in its own index from the place on, never more rows than the page has, and the
 * few rows are merged: a later page costs as much as the first, and four offices cost four times a page.
 * `columns` may use `c` (the case) and `p` (its correspondent).
 */
export async function readCasePage<R>(
  run: Run,
  { filter, sort, limit, place }: CasePageRequest,
  columns: string,
): Promise<KeysetPage<R>> {
  const { key, shown, asKey, isDescending } = SORTS[sort];
  const parameters: unknown[] = [];
  const p: AddParameter = (value) => `$${String(parameters.push(value))}`;
  const offices = officesOf(filter);
  const isBackward = place?.side === 'before';
  const isDown = isDescending !== isBackward;
  const order = (of: string): string => `${of} ${isDown ? 'DESC' : 'ASC'}`;
  const from = p(offices);
  const where = ['c.office = o.office', ...caseConditions(filter, offices, p)];
  if (place) where.push(`(${key}, c.id) ${isDown ? '<' : '>'} (${asKey(p(place.at[0]))}, ${p(place.at[1])}::uuid)`);
  const most = p(limit + 1);
  const found = (await run(
    `SELECT ${shown} AS sort_key, ${columns}
       FROM unnest(${from}::text[]) AS o (office)
      CROSS JOIN LATERAL (SELECT c.id, ${key} AS k FROM case_file c WHERE ${where.join(' AND ')}
                           ORDER BY ${order(key)}, ${order('c.id')} LIMIT ${most}) page
       JOIN case_file c ON c.id = page.id LEFT JOIN correspondent p ON p.id = c.correspondent_id
      ORDER BY ${order('page.k')}, ${order('page.id')} LIMIT ${most}`,
    parameters,
  )) as (R & Placed)[];
  const rows = found.slice(0, limit);
  if (isBackward) rows.reverse();
  const [first, last] = [rows[0], rows.at(-1)];
  const hasMore = found.length > limit;
  const placeOf = (row: Placed | undefined): CaseCursor | null => (row ? [row.sort_key, row.id] : null);
  return {
    rows,
    previous: (isBackward ? hasMore : place !== null) ? placeOf(first) : null,
    next: isBackward || hasMore ? placeOf(last) : null,
  };
}

/** How many cases a filter finds, counted no further than `most`. */
export async function countCases(run: Run, filter: CaseFilter, most: number): Promise<number> {
  const parameters: unknown[] = [];
  const p: AddParameter = (value) => `$${String(parameters.push(value))}`;
  const offices = officesOf(filter);
  const where = [`c.office = ANY(${p(offices)})`, ...caseConditions(filter, offices, p)];
  const [row] = (await run(
    `SELECT count(*)::int AS found FROM (SELECT FROM case_file c WHERE ${where.join(' AND ')} LIMIT ${p(most)}) few`,
    parameters,
  )) as { found: number }[];
  return row?.found ?? 0;
}
