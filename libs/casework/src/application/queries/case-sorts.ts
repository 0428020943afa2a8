export const CASE_SORTS = [
  'next-deadline',
  '-next-deadline',
  'received',
  '-received',
  'priority',
  '-priority',
  'closed',
  '-closed',
] as const;
export type CaseSort = (typeof CASE_SORTS)[number];

export interface SortKey {
  /** To the letter the expression of an index (migrations 1795307300000 and 1795307320000). */
  readonly key: string;
  /** The key as a cursor carries it: a day or null, an instant in UTC or null, a number. */
  readonly shown: string;
  /** The cursor's value, given as the parameter, as a key again. */
  readonly asKey: (parameter: string) => string;
  readonly isDescending: boolean;
}

type Order = Omit<SortKey, 'isDescending'>;

const utc = (instant: string): string => `to_char(${instant} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

const DUE: Order = {
  key: `(CASE WHEN c.next_deadline IS NULL THEN 'infinity'::date ELSE c.next_deadline END)`,
  shown: 'c.next_deadline::text',
  asKey: (parameter) => `coalesce(${parameter}::date, 'infinity'::date)`,
};
const RECEIVED: Order = {
  key: 'c.received_at',
  shown: utc('c.received_at'),
  asKey: (parameter) => `${parameter}::timestamptz`,
};
/** The most urgent first, and among them what is due first, in one number. */
const PRIORITY_KEY = `(coalesce(array_position(ARRAY['urgent', 'high', 'normal', 'low'], c.priority), 5) * 10000000
  + coalesce(c.next_deadline - DATE '2000-01-01', 9999999))`;
const PRIORITY: Order = { key: PRIORITY_KEY, shown: PRIORITY_KEY, asKey: (parameter) => `${parameter}::bigint` };
const CLOSED: Order = {
  key: `(CASE WHEN c.closed_at IS NULL THEN 'infinity'::timestamptz ELSE c.closed_at END)`,
  shown: utc('c.closed_at'),
  asKey: (parameter) => `coalesce(${parameter}::timestamptz, 'infinity'::timestamptz)`,
};

/** Every order is made total by the id. */
export const SORTS: Readonly<Record<CaseSort, SortKey>> = {
  'next-deadline': { ...DUE, isDescending: false },
  '-next-deadline': { ...DUE, isDescending: true },
  received: { ...RECEIVED, isDescending: false },
  '-received': { ...RECEIVED, isDescending: true },
  priority: { ...PRIORITY, isDescending: false },
  '-priority': { ...PRIORITY, isDescending: true },
  closed: { ...CLOSED, isDescending: false },
  '-closed': { ...CLOSED, isDescending: true },
};
