import {
  CASE_SORTS,
  endOfWeek,
  OPEN_CASES,
  type CaseCursor,
  type CaseFilter,
  type CasePlace,
  type CaseSort,
} from '@app/casework';
import { decodeCursor, type CursorShape } from '@app/http';
import { addDays, isDay } from '@app/kernel';

export const TABS = ['mine', 'team', 'unassigned', 'overdue', 'open', 'closed'] as const;
export type Tab = (typeof TABS)[number];

export const LIST_FILTERS = [
  'office',
  'status',
  'queue',
  'assignee',
  'category',
  'kind',
  'priority',
  'risk',
  'area',
  'channel',
  'draft',
] as const;
export type ListFilter = (typeof LIST_FILTERS)[number];

export const DUE_CHOICES = ['overdue', 'today', 'this-week'] as const;
export const PAGE_SIZES = [25, 50, 100] as const;

/** What the address of a worklist says. It holds codes, ids and days only: never anything that a person wrote. */
export interface WorklistState {
  readonly tab: Tab;
  readonly lists: Readonly<Record<ListFilter, readonly string[]>>;
  readonly due: string;
  readonly receivedFrom: string;
  readonly receivedTo: string;
  readonly sort: CaseSort;
  readonly size: number;
}

type RawQuery = Readonly<Record<string, unknown>>;

const MOST_VALUES = 60;
const LONGEST_VALUE = 100;

/** The state that an address stands for. What makes no sense in it is left out: an address can be made up. */
export function readState(query: RawQuery, fallback: Tab): WorklistState {
  const text = (name: string): string => textOf(query[name]);
  const tab = TABS.find((each) => each === text('tab')) ?? fallback;
  const day = (name: string): string => (isDay(text(name)) ? text(name) : dayOf(query, name));
  const size = Number(text('size'));
  return {
    tab,
    lists: listsOf((name) => valuesOf(query[name])),
    due: DUE_CHOICES.find((each) => each === text('due')) ?? '',
    receivedFrom: day('receivedFrom'),
    receivedTo: day('receivedTo'),
    sort: CASE_SORTS.find((each) => each === text('sort')) ?? defaultSort(tab),
    size: PAGE_SIZES.find((each) => each === size) ?? PAGE_SIZES[0],
  };
}

/** A value for each of the filters that take a list. */
export function listsOf<T>(of: (name: ListFilter) => T): Record<ListFilter, T> {
  return Object.fromEntries(LIST_FILTERS.map((name) => [name, of(name)])) as Record<ListFilter, T>;
}

/** The address of a state, without the place in the list. Saved views keep exactly this. */
export function stateQuery(state: WorklistState, changes: Partial<WorklistState> = {}): string {
  const { tab, lists, due, receivedFrom, receivedTo, sort, size } = { ...state, ...changes };
  const parameters = new URLSearchParams({ tab });
  for (const name of LIST_FILTERS) for (const value of lists[name]) parameters.append(name, value);
  if (due !== '') parameters.set('due', due);
  if (receivedFrom !== '') parameters.set('receivedFrom', receivedFrom);
  if (receivedTo !== '') parameters.set('receivedTo', receivedTo);
  if (sort !== defaultSort(tab)) parameters.set('sort', sort);
  if (size !== PAGE_SIZES[0]) parameters.set('size', String(size));
  return parameters.toString();
}

/** The same state with one chosen filter taken away. */
export function without(state: WorklistState, name: ListFilter, value: string): WorklistState {
  return { ...state, lists: { ...state.lists, [name]: state.lists[name].filter((each) => each !== value) } };
}

/** Whether anything is chosen beyond the tab. */
export function hasFilters({ lists, due, receivedFrom, receivedTo }: WorklistState): boolean {
  return LIST_FILTERS.some((name) => lists[name].length > 0) || due + receivedFrom + receivedTo !== '';
}

/** What the state means to the person `me` on a day. */
export function toFilter(state: WorklistState, me: string, today: string): CaseFilter {
  const { tab, lists } = state;
  const chosen = lists.assignee.map((each) => (each === 'me' ? me : each));
  const due = tab === 'overdue' && state.due === '' ? 'overdue' : state.due;
  return {
    ...OPEN_CASES,
    scope: tab === 'closed' ? 'closed' : 'open',
    offices: lists.office,
    status: lists.status,
    queues: lists.queue,
    assignees: chosen.length > 0 ? chosen : tab === 'mine' ? [me] : tab === 'unassigned' ? ['none'] : [],
    isAssigned: tab === 'team',
    categories: lists.category,
    kinds: lists.kind,
    priorities: lists.priority,
    risks: lists.risk,
    areas: lists.area,
    channels: lists.channel,
    draftStates: lists.draft,
    dueFrom: due === 'today' || due === 'this-week' ? today : null,
    dueBefore:
      due === 'overdue' ? today : due === 'today' ? addDays(today, 1) : due === 'this-week' ? weekEnds(today) : null,
    receivedFrom: state.receivedFrom || null,
    receivedTo: state.receivedTo || null,
  };
}

const CURSORS: Readonly<Record<string, CursorShape>> = {
  'next-deadline': ['day?', 'uuid'],
  received: ['instant', 'uuid'],
  priority: ['integer', 'uuid'],
  closed: ['instant?', 'uuid'],
};

/** The place that an address names, null on the first page. @throws InvalidRequest for a cursor of another order. */
export function readPlace(query: RawQuery, sort: CaseSort): CasePlace | null {
  const shape = CURSORS[sort.replace('-', (dash, at) => (at === 0 ? '' : dash))] ?? [];
  for (const side of ['after', 'before'] as const) {
    const at = decodeCursor(textOf(query[side]), shape) as CaseCursor | null;
    if (at) return { side, at };
  }
  return null;
}

export function defaultSort(tab: Tab): CaseSort {
  return tab === 'closed' ? '-closed' : 'next-deadline';
}

function weekEnds(today: string): string {
  return addDays(endOfWeek(today), 1);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function valuesOf(value: unknown): string[] {
  const all = (Array.isArray(value) ? value : [value]).filter(
    (each): each is string =>
      typeof each === 'string' && each !== '' && each.length <= LONGEST_VALUE && !each.includes('\0'),
  );
  return [...new Set(all)].slice(0, MOST_VALUES);
}

/** A day typed in three fields. */
function dayOf(query: RawQuery, name: string): string {
  const [year = '', month = '', day = ''] = ['year', 'month', 'day'].map((part) =>
    textOf(query[`${name}-${part}`]).trim(),
  );
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDay(text) ? text : '';
}
