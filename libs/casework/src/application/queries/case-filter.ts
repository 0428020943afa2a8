import { parseReference } from '@app/kernel';
import { isEnded, type CaseStatus } from '../../domain/case-status';

/** Which cases a list shows. Empty lists mean no restriction. */
export interface CaseFilter {
  readonly offices: readonly string[];
  /** Without a status: what waits for people, what has ended, or everything, the quarantined ones included. */
  readonly scope: 'open' | 'closed' | 'all';
  readonly status: readonly string[];
  readonly queues: readonly string[];
  /** Ids of people; `none` stands for nobody. */
  readonly assignees: readonly string[];
  /** Only cases that somebody has. */
  readonly isAssigned: boolean;
  readonly categories: readonly string[];
  readonly kinds: readonly string[];
  readonly priorities: readonly string[];
  readonly risks: readonly string[];
  readonly areas: readonly string[];
  readonly channels: readonly string[];
  /** `draft`, `submitted` or `approved`. */
  readonly draftStates: readonly string[];
  readonly dueFrom: string | null;
  readonly dueBefore: string | null;
  readonly receivedFrom: string | null;
  readonly receivedTo: string | null;
  readonly correspondentId: string | null;
  /** Full text; finds answered, closed and quarantined cases too. */
  readonly q: string | null;
}

/** All open cases of all the caller's offices: what other filters start from. */
export const OPEN_CASES: CaseFilter = {
  offices: [],
  scope: 'open',
  status: [],
  queues: [],
  assignees: [],
  isAssigned: false,
  categories: [],
  kinds: [],
  priorities: [],
  risks: [],
  areas: [],
  channels: [],
  draftStates: [],
  dueFrom: null,
  dueBefore: null,
  receivedFrom: null,
  receivedTo: null,
  correspondentId: null,
  q: null,
};

/** Adds a value to a statement and answers its placeholder. */
export type AddParameter = (value: unknown) => string;

const LISTS = [
  ['queues', 'c.queue'],
  ['categories', 'c.category'],
  ['kinds', 'c.kind'],
  ['priorities', 'c.priority'],
  ['risks', 'c.risk_level'],
  ['areas', 'c.area'],
  ['channels', 'c.channel'],
  ['draftStates', 'c.draft_state'],
] as const;

/** The conditions of a filter on `case_file c`, all but the office. */
export function caseConditions(filter: CaseFilter, offices: readonly string[], p: AddParameter): string[] {
  const where = statusConditions(filter, p);
  for (const [name, column] of LISTS) if (filter[name].length > 0) where.push(`${column} = ANY(${p(filter[name])})`);
  const people = filter.assignees.filter((id) => id !== 'none');
  const isNobody = people.length < filter.assignees.length;
  if (people.length > 0 && isNobody) where.push(`(c.assignee = ANY(${p(people)}) OR c.assignee IS NULL)`);
  else if (people.length > 0) where.push(`c.assignee = ANY(${p(people)})`);
  else if (isNobody) where.push('c.assignee IS NULL');
  if (filter.isAssigned) where.push('c.assignee IS NOT NULL');
  if (filter.dueFrom !== null) where.push(`c.next_deadline >= ${p(filter.dueFrom)}::date`);
  if (filter.dueBefore !== null) where.push(`c.next_deadline < ${p(filter.dueBefore)}::date`);
  if (filter.receivedFrom !== null) where.push(`c.received_on >= ${p(filter.receivedFrom)}::date`);
  if (filter.receivedTo !== null) where.push(`c.received_on <= ${p(filter.receivedTo)}::date`);
  if (filter.correspondentId !== null) where.push(`c.correspondent_id = ${p(filter.correspondentId)}::uuid`);
  if (filter.q !== null) {
    const words = parseReference(filter.q)?.reference ?? filter.q;
    where.push(`c.id IN (SELECT search_cases(${p(words)}, ${p(offices)}))`);
  }
  return where;
}

/** `closed_at` is what the indexes of open and of closed cases ask for: it is set exactly while a case has ended. */
function statusConditions({ status, scope }: CaseFilter, p: AddParameter): string[] {
  if (status.length > 0) {
    const ended = status.filter((each) => isEnded(each as CaseStatus)).length;
    const side = ended === 0 ? ['c.closed_at IS NULL'] : ended === status.length ? ['c.closed_at IS NOT NULL'] : [];
    return [...side, `c.status = ANY(${p(status)})`];
  }
  if (scope === 'open') return ['c.closed_at IS NULL', `c.status <> 'quarantined'`];
  return scope === 'closed' ? ['c.closed_at IS NOT NULL'] : [];
}
