import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { can } from '@app/access';
import {
  GetCase,
  GetCaseSurroundings,
  ListCaseChoices,
  ListCaseDeadlines,
  ListCaseEvents,
  ListCaseMessages,
  type CaseAlertView,
  type CaseChoice,
  type CaseDetail,
  type CaseSurroundings,
  type DeadlineView,
} from '@app/casework';
import { Clock, londonDate } from '@app/kernel';
import { Calendars } from '@app/offices';
import { currentCaller } from '@app/platform';
import { clockInWords, clockName, type ClockInWords } from './clock-in-words';
import { inWords, statusColour, statusInWords } from './case-words';
import { shownMessage, type ShownMessage } from './messages';
import { PeopleNames } from './people-names';
import { peopleIn, timelineOf, type TimelineEntry } from './timeline';

export const MESSAGES_SHOWN = 20;
const EVENTS_SHOWN = 150;

export interface ShownDeadline {
  readonly name: string;
  readonly clock: ClockInWords;
  readonly steps: readonly string[];
  readonly about: string;
  readonly isRunning: boolean;
}

/** An alert with each reason once, and every phrase that led to it. */
export interface ShownAlert extends CaseAlertView {
  readonly why: readonly { readonly reason: string; readonly found: string }[];
}

/** Everything that the page of a case shows. */
export interface CasePageModel {
  readonly case: CaseDetail;
  readonly around: CaseSurroundings;
  readonly status: { readonly text: string; readonly classes: string };
  readonly badge: string | null;
  readonly headline: ClockInWords | null;
  readonly deadlines: readonly ShownDeadline[];
  readonly owner: string;
  readonly isMine: boolean;
  readonly restrictedTo: string;
  readonly openAlerts: readonly ShownAlert[];
  readonly pastAlerts: CaseSurroundings['alerts'];
  readonly messages: readonly ShownMessage[];
  readonly hasOlderMessages: boolean;
  readonly timeline: readonly TimelineEntry[];
  readonly hasOlderEvents: boolean;
  readonly may: Readonly<Record<string, boolean>>;
  readonly named: Readonly<Record<string, string>>;
  readonly names: Readonly<Record<string, string>>;
}

const APPROVALS = ['approve', 'send-back'];

/** Gathers the page of a case from the queries of casework. Reading is recorded by them. */
@Injectable()
export class CasePageModels {
  constructor(
    private readonly queries: QueryBus,
    private readonly calendars: Calendars,
    private readonly people: PeopleNames,
    private readonly clock: Clock,
  ) {}

  /** @throws CaseNotFound */
  async of(reference: string, olderThan: readonly [string, string] | null): Promise<CasePageModel> {
    const detail = await this.queries.execute(new GetCase(reference));
    const around = await this.queries.execute(new GetCaseSurroundings(reference));
    const choices = await this.queries.execute(new ListCaseChoices(detail.office));
    const page = await this.queries.execute(new ListCaseMessages(reference, MESSAGES_SHOWN, olderThan, true));
    const from = Math.max(0, detail.version - EVENTS_SHOWN);
    const events = await this.queries.execute(new ListCaseEvents(reference, from, EVENTS_SHOWN + 50));
    const deadlines = await this.queries.execute(new ListCaseDeadlines(reference));
    const people = await this.people.of(
      distinct([
        ...peopleIn(events),
        ...detail.notes.map(({ author }) => author),
        ...[detail.assignee, detail.draft?.draftedBy, around.draft?.submittedBy, around.draft?.approvedBy],
        ...around.alerts.map(({ confirmedBy }) => confirmedBy),
        ...(detail.restriction?.people ?? []),
      ]),
    );
    const queues = byKey(choices.queues);
    const categories = byKey(choices.categories);
    const destinations = byKey(choices.destinations);
    const caller = currentCaller();
    const shown = await this.deadlines(deadlines);
    return {
      case: detail,
      around,
      status: { text: statusInWords(detail.status), classes: statusColour(detail.status) },
      badge: detail.priority === 'urgent' ? 'Urgent' : null,
      headline: shown.find(({ isRunning }) => isRunning)?.clock ?? null,
      deadlines: shown,
      owner: detail.assignee === null ? 'Nobody yet' : (people.get(detail.assignee) ?? detail.assignee),
      isMine: detail.assignee === caller.actor.id,
      restrictedTo: list((detail.restriction?.people ?? []).map((id) => people.get(id) ?? id)),
      openAlerts: around.alerts.filter(({ confirmedAt }) => confirmedAt === null).map(shownAlert),
      pastAlerts: around.alerts.filter(({ confirmedAt }) => confirmedAt !== null),
      messages: page.items.map((message) => shownMessage(message)),
      hasOlderMessages: page.next !== null,
      timeline: timelineOf(events, { people, queues, categories, destinations }),
      hasOlderEvents: from > 0,
      may: allowed(detail, caller.role, caller.actor.id),
      named: {
        queue: detail.queue === null ? 'None' : (queues.get(detail.queue) ?? inWords(detail.queue)),
        category: detail.category === null ? 'Not sorted yet' : (categories.get(detail.category) ?? detail.category),
        area: detail.area === null ? 'Not known' : (byKey(choices.areas).get(detail.area) ?? inWords(detail.area)),
        channel: inWords(detail.channel),
        kind: inWords(detail.kind),
        priority: inWords(detail.priority),
        forwardedTo:
          detail.forwardedTo === null ? '' : (destinations.get(detail.forwardedTo) ?? inWords(detail.forwardedTo)),
        capacity: inWords(detail.correspondent?.capacity ?? ''),
        preferredChannel: inWords(detail.correspondent?.preferredChannel ?? ''),
        closeReason: inWords(detail.closeReason),
      },
      names: Object.fromEntries(people),
    };
  }

  private async deadlines(views: readonly DeadlineView[]): Promise<ShownDeadline[]> {
    const calendar = await this.calendars.current();
    const today = londonDate(this.clock.now());
    return views
      .map((view) => ({
        view,
        isRunning: view.metOn === null && (view.status === 'open' || view.status === 'missed'),
      }))
      .sort((a, b) => Number(b.isRunning) - Number(a.isRunning) || order(a.view) - order(b.view))
      .map(({ view, isRunning }) => ({
        name: clockName(view.clock),
        clock: clockInWords(view, today, calendar),
        steps: view.steps,
        about: [
          `Bank-holiday calendar version ${String(view.calendarVersion)}`,
          ...(view.source ? [view.source] : []),
        ].join('. '),
        isRunning,
      }));
  }
}

function shownAlert(alert: CaseAlertView): ShownAlert {
  const phrases = new Map<string, string[]>();
  for (const { reason = 'Flagged by the risk screen', phrase = '' } of alert.reasons) {
    phrases.set(reason, [...(phrases.get(reason) ?? []), `“${phrase}”`]);
  }
  return { ...alert, why: [...phrases].map(([reason, found]) => ({ reason, found: found.join(', ') })) };
}

/** The nearest first; a clock without a day (paused) last. */
function order({ dueOn }: DeadlineView): number {
  return dueOn === null ? Number.MAX_SAFE_INTEGER : Date.parse(dueOn);
}

/** What this person may do with the case now: what its state allows and their role permits. */
export function allowed(detail: CaseDetail, role: string, actor: string): Record<string, boolean> {
  const may: Record<string, boolean> = {};
  for (const action of detail.allowedActions) {
    may[camel(action)] = can(role, APPROVALS.includes(action) ? 'case:approve' : 'case:write');
  }
  const state = detail.draft?.state ?? null;
  return {
    ...may,
    take: may.take === true && detail.assignee === null,
    takeOver: may.take === true && may.allocate === true && detail.assignee !== null && detail.assignee !== actor,
    submit: may.submit === true && state === 'draft',
    approve: may.approve === true && state !== null && state !== 'approved',
    sendBack: may.sendBack === true && (state === 'submitted' || state === 'approved'),
    sendReply: may.send === true && state === 'approved',
    // An answer by post or in writing is drafted; one that was given in conversation is only recorded.
    recordAnswer: may.send === true,
  };
}

function camel(action: string): string {
  return action.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** "A, B and C". */
function list(names: readonly string[]): string {
  return new Intl.ListFormat('en-GB').format([...names].sort((a, b) => a.localeCompare(b, 'en-GB')));
}

function byKey(choices: readonly CaseChoice[]): Map<string, string> {
  return new Map(choices.map(({ key, name }) => [key, name]));
}

function distinct(ids: readonly (string | null | undefined)[]): string[] {
  return [...new Set(ids.filter((id) => typeof id === 'string'))];
}
