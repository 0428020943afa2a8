import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { can } from '@app/access';
import { ListWorklist, WORKLIST_COUNTED_TO, type CaseSort, type WorklistItem, type WorklistPage } from '@app/casework';
import { encodeCursor } from '@app/http';
import { Clock, dayInWords, londonDate, type HolidayCalendar } from '@app/kernel';
import { Calendars } from '@app/offices';
import { currentCaller } from '@app/platform';
import { SavedViews } from '@app/worklist';
import { dueInWords, shortDay } from './due-in-words';
import { officeInWords, WorklistChoices, type Choice } from './worklist-choices';
import {
  hasFilters,
  LIST_FILTERS,
  PAGE_SIZES,
  readPlace,
  readState,
  stateQuery,
  TABS,
  toFilter,
  without,
  type ListFilter,
  type Tab,
  type WorklistState,
} from './worklist-query';
import { casesInWords, inWords, statusColour } from './words';

const TAB_NAMES: Readonly<Record<Tab, string>> = {
  mine: 'Mine',
  team: 'My team’s',
  unassigned: 'Unassigned',
  overdue: 'Overdue',
  open: 'All open',
  closed: 'Closed',
};
const FILTER_NAMES: Readonly<Record<ListFilter, string>> = {
  office: 'Office',
  status: 'Status',
  queue: 'Queue',
  assignee: 'Assigned to',
  category: 'Category',
  kind: 'Kind',
  priority: 'Priority',
  risk: 'Risk',
  area: 'Area',
  channel: 'How it came in',
  draft: 'Reply',
};
const DUE_NAMES: Readonly<Record<string, string>> = {
  overdue: 'Overdue',
  today: 'Due today',
  'this-week': 'Due this week',
};
const SORTED_BY = [
  ['received', 'Received'],
  ['priority', 'Priority'],
  ['next-deadline', 'Deadline'],
] as const;

export type PageModel = { readonly pageTitle: string; readonly [key: string]: unknown };

/** The worklist as its template shows it. */
@Injectable()
export class WorklistPages {
  constructor(
    private readonly queries: QueryBus,
    private readonly choices: WorklistChoices,
    private readonly views: SavedViews,
    private readonly calendars: Calendars,
    private readonly clock: Clock,
  ) {}

  /** The worklist that an address names. */
  async model(query: Readonly<Record<string, unknown>>): Promise<PageModel> {
    const caller = currentCaller();
    const today = londonDate(this.clock.now());
    const state = readState(query, can(caller.role, 'case:write') ? 'mine' : 'open');
    const place = readPlace(query, state.sort);
    const page = await this.queries.execute(
      new ListWorklist(toFilter(state, caller.actor.id, today), state.sort, state.size, place),
    );
    const choices = await this.choices.all();
    const people = await this.choices.colleagues();
    const assignees = [{ value: 'me', text: 'Me' }, { value: 'none', text: 'Nobody' }, ...people];
    const options = { ...choices, assignee: assignees };
    const views = await this.views.list();
    return {
      pageTitle: `Cases: ${TAB_NAMES[state.tab].toLowerCase()}`,
      isWide: true,
      state,
      back: stateQuery(state),
      tabs: this.tabs(state),
      groups: groupsOf(state, options, caller.offices.length > 1),
      dueOptions: Object.entries(DUE_NAMES).map(([value, text]) => ({ value, text })),
      chosen: chosenOf(state, options),
      hasFilters: hasFilters(state),
      clearHref: `/staff/cases?tab=${state.tab}`,
      headers: headersOf(state),
      rows: await this.rows(page.items, choices, today),
      hasOffices: caller.offices.length > 1,
      ...pagesOf(state, page),
      sizes: PAGE_SIZES.map((size) => ({ size, href: hrefOf(state, { size }), isCurrent: size === state.size })),
      views: views.map((view) => ({
        ...view,
        href: `/staff/cases?${view.query}`,
        isCurrent: view.query === stateQuery(state),
      })),
      shareOffices: choices.office,
      canShare: mayShareViews(caller.role),
    };
  }

  /** Everything that a list shows, on all its pages, up to `most`. */
  async references(query: Readonly<Record<string, unknown>>, most: number): Promise<readonly string[]> {
    const state = readState(query, 'mine');
    const filter = toFilter(state, currentCaller().actor.id, londonDate(this.clock.now()));
    const page = await this.queries.execute(new ListWorklist(filter, state.sort, most, null, false));
    return page.items.map(({ reference }) => reference);
  }

  /** Lines of cases in words, for this list and others. */
  async rows(
    items: readonly WorklistItem[],
    choices: Record<ListFilter, readonly Choice[]>,
    today: string,
  ): Promise<readonly Record<string, unknown>[]> {
    const calendar = await this.calendars.current();
    const nameOf = await this.choices.names(items.map(({ assignee }) => assignee));
    const textOf = (name: ListFilter, value: string | null): string =>
      value === null ? '' : (choices[name].find((each) => each.value === value)?.text ?? inWords(value));
    return items.map((item) => ({
      ...item,
      href: `/staff/cases/${item.reference}`,
      categoryInWords: textOf('category', item.category),
      queueInWords: textOf('queue', item.queue),
      assigneeInWords: nameOf(item.assignee),
      officeInWords: officeInWords(item.office),
      statusInWords: inWords(item.status),
      statusColour: statusColour(item.status),
      priorityInWords: inWords(item.priority),
      channelInWords: inWords(item.channel),
      receivedInWords: shortDay(item.receivedOn, today),
      due: dueOf(item, today, calendar),
    }));
  }

  /** My next few, as the home page shows them. */
  async next(limit: number): Promise<readonly Record<string, unknown>[]> {
    const today = londonDate(this.clock.now());
    const me = currentCaller().actor.id;
    const state = readState({ tab: 'mine' }, 'mine');
    const page = await this.queries.execute(
      new ListWorklist(toFilter(state, me, today), state.sort, limit, null, false),
    );
    return this.rows(page.items, await this.choices.all(), today);
  }

  private tabs(state: WorklistState): readonly object[] {
    const sort = (tab: Tab): CaseSort => (tab === 'closed' ? '-closed' : 'next-deadline');
    return TABS.map((tab) => ({
      text: TAB_NAMES[tab],
      href: hrefOf(state, { tab, sort: sort(tab) }),
      active: tab === state.tab,
    }));
  }
}

/** Managers share views with their office. */
export function mayShareViews(role: string): boolean {
  return can(role, 'case:write') && can(role, 'access-record:read');
}

function dueOf(item: WorklistItem, today: string, calendar: HolidayCalendar): object {
  if (item.closedOn !== null) return { words: 'closed', day: shortDay(item.closedOn, today), state: 'none' };
  if (item.nextDeadline === null && item.status === 'paused') return { words: 'paused', day: '', state: 'none' };
  return dueInWords(item.nextDeadline, today, calendar);
}

function hrefOf(state: WorklistState, changes: Partial<WorklistState>): string {
  return `/staff/cases?${stateQuery(state, changes)}`;
}

function groupsOf(
  state: WorklistState,
  options: Record<ListFilter, readonly Choice[]>,
  hasOffices: boolean,
): readonly object[] {
  return LIST_FILTERS.filter((name) => name !== 'office' || hasOffices)
    .map((name) => ({
      name,
      legend: FILTER_NAMES[name],
      items: options[name].map((choice) => ({ ...choice, checked: state.lists[name].includes(choice.value) })),
    }))
    .filter(({ items }) => items.length > 0);
}

/** The chosen filters, each with the address of the list without it. */
function chosenOf(state: WorklistState, options: Record<ListFilter, readonly Choice[]>): readonly object[] {
  const lists = LIST_FILTERS.flatMap((name) =>
    state.lists[name].map((value) => ({
      text: `${FILTER_NAMES[name]}: ${options[name].find((each) => each.value === value)?.text ?? inWords(value)}`,
      href: hrefOf(without(state, name, value), {}),
    })),
  );
  const single = [
    state.due === '' ? null : { text: `Deadline: ${DUE_NAMES[state.due] ?? ''}`, href: hrefOf(state, { due: '' }) },
    state.receivedFrom === ''
      ? null
      : { text: `Received from ${dayInWords(state.receivedFrom)}`, href: hrefOf(state, { receivedFrom: '' }) },
    state.receivedTo === ''
      ? null
      : { text: `Received until ${dayInWords(state.receivedTo)}`, href: hrefOf(state, { receivedTo: '' }) },
  ];
  return [...lists, ...single.filter((each) => each !== null)];
}

/** The columns that a list can be ordered by: a link turns the order round. */
function headersOf(state: WorklistState): Record<string, object> {
  const sorts =
    state.tab === 'closed'
      ? ([
          ['received', 'Received'],
          ['closed', 'Closed'],
        ] as const)
      : SORTED_BY;
  return Object.fromEntries(
    sorts.map(([sort, text]) => {
      const isUp = state.sort === sort;
      const isDown = state.sort === `-${sort}`;
      const href = hrefOf(state, { sort: isUp ? `-${sort}` : sort });
      return [sort, { text, href, ariaSort: isUp ? 'ascending' : isDown ? 'descending' : 'none' }];
    }),
  );
}

function pagesOf(state: WorklistState, { items, total, previous, next }: WorklistPage): object {
  const to = (side: 'after' | 'before', cursor: WorklistPage['next']): string | null =>
    cursor && `${hrefOf(state, {})}&${side}=${encodeCursor(cursor)}`;
  return {
    total: casesInWords(total ?? items.length, WORKLIST_COUNTED_TO),
    totalNumber: total ?? items.length,
    previousHref: to('before', previous),
    nextHref: to('after', next),
  };
}
