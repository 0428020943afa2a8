import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { People } from '@app/access';
import { Clock, londonDate, type HolidayCalendar } from '@app/kernel';
import { Calendars, Offices } from '@app/offices';
import { currentCaller } from '@app/platform';
import { CountReviews, isReviewEnded, ListReviews, type ReviewCounts, type ReviewLine } from '@app/reviews';
import { dueInWords, shortDay, type DueInWords } from '../worklist/due-in-words';
import { officeInWords, type Choice, WorklistChoices } from '../worklist/worklist-choices';
import {
  LATE_CHOICES,
  NO_FILTER,
  placeText,
  queueHref,
  readPlace,
  readQueue,
  toReviewFilter,
  type QueueState,
} from './queue-query';
import { OUTCOME_WORDS, STAGE_GROUPS, stageTag, validityInWords } from './review-words';

const PAGE = 50;

/** The queue of reviews over every office of the caller, as its template shows it. */
@Injectable()
export class ReviewQueuePages {
  constructor(
    private readonly queries: QueryBus,
    private readonly choices: WorklistChoices,
    private readonly people: People,
    private readonly offices: Offices,
    private readonly calendars: Calendars,
    private readonly clock: Clock,
  ) {}

  async model(query: Readonly<Record<string, unknown>>): Promise<{ pageTitle: string; [key: string]: unknown }> {
    const caller = currentCaller();
    const today = londonDate(this.clock.now());
    const state = readQueue(query);
    const place = readPlace(query.after);
    const page = await this.queries.execute(new ListReviews(toReviewFilter(state, caller.actor.id), PAGE, place));
    const counts = await this.queries.execute(new CountReviews());
    const calendar = await this.calendars.current();
    const nameOf = await this.choices.names(page.items.map(({ reviewer }) => reviewer));
    const options = await this.options(caller.offices);
    return {
      pageTitle: 'Reviews',
      isWide: true,
      state,
      counts: countsOf(state, counts),
      options,
      chosen: chosenOf(state, options),
      hasOffices: caller.offices.length > 1,
      rows: page.items.map((line) => rowOf(line, nameOf(line.reviewer), today, calendar)),
      total: page.total === 1 ? '1 review' : `${page.total.toLocaleString('en-GB')} reviews`,
      firstHref: place === null ? null : queueHref(state),
      nextHref: page.next === null ? null : queueHref(state, {}, placeText(page.next)),
    };
  }

  private async options(own: readonly string[]): Promise<Record<string, readonly Choice[]>> {
    const reviewers = (await this.people.forOffices(own)).filter(
      ({ role }) => role === 'review-manager' || role === 'manager',
    );
    const me = currentCaller().actor.id;
    return {
      office: (await this.offices.all())
        .filter(({ id }) => own.includes(id))
        .map(({ id }) => ({ value: id, text: officeInWords(id) })),
      stage: [
        ...Object.entries(STAGE_GROUPS).map(([value, { text }]) => ({ value, text })),
        { value: 'ended', text: 'Ended' },
      ],
      reviewer: [
        { value: 'me', text: 'Me' },
        { value: 'none', text: 'Nobody' },
        { value: 'others', text: 'Everybody but me' },
        ...reviewers.filter(({ id }) => id !== me).map(({ id, name }) => ({ value: id, text: name })),
      ],
      late: Object.entries(LATE_CHOICES).map(([value, text]) => ({ value, text })),
    };
  }
}

/** The figures above the list: each is a list. */
function countsOf(state: QueueState, counts: ReviewCounts): readonly object[] {
  const of = (text: string, count: number, changes: Partial<QueueState>, isPressing = false): object => {
    const href = queueHref(NO_FILTER, changes);
    return { text, count, href, isCurrent: href === queueHref(state), isPressing: isPressing && count > 0 };
  };
  return [
    of('All open', counts.open, {}),
    of('Mine', counts.mine, { reviewer: 'me' }),
    of('Nobody’s', counts.nobodys, { reviewer: 'none' }),
    of('Overdue', counts.overdue, { late: 'any' }, true),
    of('To check for others', counts.toCheck, { stage: 'check', reviewer: 'others' }),
    of('With open recommendations', counts.withOpenRecommendations, { recommendations: true }),
  ];
}

function chosenOf(state: QueueState, options: Record<string, readonly Choice[]>): readonly object[] {
  const named = (name: 'office' | 'stage' | 'reviewer' | 'late', title: string): object[] =>
    state[name] === ''
      ? []
      : [
          {
            text: `${title}: ${options[name]?.find(({ value }) => value === state[name])?.text ?? 'somebody'}`,
            href: queueHref(state, { [name]: '' }),
          },
        ];
  return [
    ...named('office', 'Office'),
    ...named('stage', 'Stage'),
    ...named('reviewer', 'Reviewer'),
    ...named('late', 'Overdue'),
    ...(state.recommendations
      ? [{ text: 'With open recommendations', href: queueHref(state, { recommendations: false }) }]
      : []),
  ];
}

function rowOf(line: ReviewLine, owner: string, today: string, calendar: HolidayCalendar): object {
  const { elapsed, stage } = line;
  return {
    ...line,
    href: `/staff/reviews/${line.reference}`,
    officeInWords: officeInWords(line.office),
    owner,
    tag: stageTag(stage),
    about: aboutOf(line, today),
    days:
      elapsed.gross === elapsed.net
        ? String(elapsed.gross)
        : `${String(elapsed.gross)} gross, ${String(elapsed.net)} net`,
    receivedInWords: shortDay(line.receivedOn, today),
    due: dueOf(line, today, calendar),
    dueWhat: dueWhat(line),
  };
}

/** What the tag of the stage does not say. */
function aboutOf({ validity, outcome, stage, openRecommendations, pausedSince }: ReviewLine, today: string): string {
  const parts = [
    pausedSince === null ? '' : `paused since ${shortDay(pausedSince, today)}`,
    stage === 'invalid' && validity !== null ? validityInWords(validity) : '',
    outcome === null ? '' : outcomeInWords(outcome),
    openRecommendations === 0
      ? ''
      : openRecommendations === 1
        ? '1 open recommendation'
        : `${String(openRecommendations)} open recommendations`,
  ].filter((part) => part !== '');
  const text = parts.join(', ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function outcomeInWords(outcome: string): string {
  return Object.hasOwn(OUTCOME_WORDS, outcome) ? OUTCOME_WORDS[outcome as keyof typeof OUTCOME_WORDS] : outcome;
}

function dueWhat({ nextDue, papersDueOn, stage, isAcknowledged, acknowledgeBy }: ReviewLine): string {
  if (isReviewEnded(stage)) return '';
  if (nextDue !== null) return nextDue === papersDueOn ? 'Papers' : 'Decision';
  return isAcknowledged || acknowledgeBy === null ? '' : 'Acknowledgement';
}

function dueOf(line: ReviewLine, today: string, calendar: HolidayCalendar): DueInWords {
  if (isReviewEnded(line.stage)) return { words: 'ended', day: '', state: 'none' };
  if (line.nextDue !== null) return dueInWords(line.nextDue, today, calendar);
  if (line.pausedSince !== null) return { words: 'paused', day: '', state: 'none' };
  // No clock of the review runs yet: the acknowledgement is what is owed.
  return line.isAcknowledged || line.acknowledgeBy === null
    ? { words: 'no deadline', day: '', state: 'none' }
    : dueInWords(line.acknowledgeBy, today, calendar);
}
