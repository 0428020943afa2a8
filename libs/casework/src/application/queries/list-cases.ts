import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { parseReference } from '@app/kernel';
import { UnitOfWork, currentCaller } from '@app/platform';
import { CASE_STATUSES, isEnded } from '../../domain/case-status';
import { CASE_VIEW_SELECT, type CaseView, type CaseViewRow } from './case-view';
import { toCaseView } from './to-case-view';

export const CASE_SORTS = ['next-deadline', 'received', '-received', 'priority'] as const;
export type CaseSort = (typeof CASE_SORTS)[number];

/** What a worklist shows. Empty lists mean no restriction. */
export interface CaseFilter {
  readonly offices: readonly string[];
  readonly status: readonly string[];
  readonly queue: string | null;
  /** An id, or `none` for cases that nobody has. */
  readonly assignee: string | null;
  readonly category: string | null;
  readonly kind: string | null;
  readonly risk: string | null;
  readonly dueBefore: string | null;
  readonly receivedFrom: string | null;
  readonly receivedTo: string | null;
  /** Full text; finds answered, closed and quarantined cases too. */
  readonly q: string | null;
}

/** Where a page ends: the sort key (a day or null, an instant, a number) and the id. */
export type CaseCursor = readonly [string | number | null, string];

export interface CasePage {
  readonly items: readonly CaseView[];
  readonly next: CaseCursor | null;
}

/** Cases of the caller's offices, a page at a time in a total order. Without status or text: the open ones. */
export class ListCases extends Query<CasePage> {
  constructor(
    readonly filter: CaseFilter,
    readonly sort: CaseSort,
    readonly limit: number,
    readonly after: CaseCursor | null,
  ) {
    super();
  }
}

/** Listed rather than excluded, so that the index leads to them past all the closed ones. */
const WORKLIST = CASE_STATUSES.filter((status) => !isEnded(status) && status !== 'quarantined');

interface SortKey {
  readonly key: string;
  /** The key as the cursor carries it: a day or null, an instant in UTC, a number. */
  readonly shown: string;
  /** The cursor's value, given as the parameter, as a key again. */
  readonly asKey: (parameter: string) => string;
  readonly descending: boolean;
}

const RECEIVED = {
  key: 'c.received_at',
  shown: `to_char(c.received_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
  asKey: (parameter: string) => `${parameter}::timestamptz`,
};

/** Every sort is made total by the id. */
const SORTS: Readonly<Record<CaseSort, SortKey>> = {
  'next-deadline': {
    key: `coalesce(c.next_deadline, 'infinity'::date)`,
    shown: 'c.next_deadline::text',
    asKey: (parameter) => `coalesce(${parameter}::date, 'infinity'::date)`,
    descending: false,
  },
  received: { ...RECEIVED, descending: false },
  '-received': { ...RECEIVED, descending: true },
  priority: {
    key: `array_position(ARRAY['urgent', 'high', 'normal', 'low'], c.priority)`,
    shown: `array_position(ARRAY['urgent', 'high', 'normal', 'low'], c.priority)`,
    asKey: (parameter) => `${parameter}::bigint`,
    descending: false,
  },
};

@QueryHandler(ListCases)
export class ListCasesHandler implements IQueryHandler<ListCases> {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  execute({ filter, sort, limit, after }: ListCases): Promise<CasePage> {
    return this.unitOfWork.run(async (manager) => {
      const { offices: allowed } = currentCaller();
      const offices = filter.offices.length > 0 ? filter.offices.filter((office) => allowed.includes(office)) : allowed;
      const { key, shown, asKey, descending } = SORTS[sort];
      const parameters: unknown[] = [];
      const p = (value: unknown): string => `$${String(parameters.push(value))}`;
      const where = [`c.office = ANY(${p(offices)})`];
      const status = filter.status.length === 0 && filter.q === null ? WORKLIST : filter.status;
      if (status.length > 0) where.push(`c.status = ANY(${p(status)})`);
      if (filter.queue !== null) where.push(`c.queue = ${p(filter.queue)}`);
      if (filter.assignee === 'none') where.push('c.assignee IS NULL');
      else if (filter.assignee !== null) where.push(`c.assignee = ${p(filter.assignee)}`);
      if (filter.category !== null) where.push(`c.category = ${p(filter.category)}`);
      if (filter.kind !== null) where.push(`c.kind = ${p(filter.kind)}`);
      if (filter.risk !== null) where.push(`c.risk_level = ${p(filter.risk)}`);
      if (filter.dueBefore !== null) where.push(`c.next_deadline < ${p(filter.dueBefore)}::date`);
      if (filter.receivedFrom !== null) where.push(`c.received_on >= ${p(filter.receivedFrom)}::date`);
      if (filter.receivedTo !== null) where.push(`c.received_on <= ${p(filter.receivedTo)}::date`);
      if (filter.q !== null)
        where.push(
          `c.id IN (SELECT search_cases(${p(parseReference(filter.q)?.reference ?? filter.q)}, ${p(offices)}))`,
        );
      const direction = descending ? 'DESC' : 'ASC';
      if (after !== null) {
        where.push(`(${key}, c.id) ${descending ? '<' : '>'} (${asKey(p(after[0]))}, ${p(after[1])}::uuid)`);
      }
      const rows: (CaseViewRow & { sort_key: string | number | null })[] = await manager.query(
        `${CASE_VIEW_SELECT.replace('SELECT', `SELECT ${shown} AS sort_key,`)}
          WHERE ${where.join(' AND ')} ORDER BY ${key} ${direction}, c.id ${direction} LIMIT ${p(limit + 1)}`,
        parameters,
      );
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      return { items: page.map(toCaseView), next: rows.length > limit && last ? [last.sort_key, last.id] : null };
    });
  }
}
