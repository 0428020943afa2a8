import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { can } from '@app/access';
import { GetCase, ListCaseDeadlines, type CaseDetail } from '@app/casework';
import { Clock, londonDate, type HolidayCalendar } from '@app/kernel';
import { Calendars } from '@app/offices';
import { currentCaller } from '@app/platform';
import { GetReview, ListReviewers, type ReviewClockView, type Reviewer, type ReviewView } from '@app/reviews';
import { clockInWords, type ClockInWords } from '../case/clock-in-words';
import { PeopleNames } from '../case/people-names';
import { officeInWords } from '../worklist/worklist-choices';
import { actionsOf, type ReviewActions } from './review-actions';
import { JUDICIAL_REVIEW_STEPS } from './deciding-forms';
import { findingsOf, type FindingsModel } from './findings-model';
import { nextStepOf, type NextStepContext } from './next-step';
import { reviewPath } from './review-path';
import { stepsOf, type ReviewStep } from './review-steps';
import {
  blockInWords,
  daysInWords,
  HANDLING_WORDS,
  OUTCOME_WORDS,
  PARTY_WORDS,
  PAUSE_WORDS,
  stageTag,
  validityInWords,
  type TagWords,
} from './review-words';

export interface ShownClock {
  readonly name: string;
  readonly clock: ClockInWords;
  readonly steps: readonly string[];
  readonly about: string;
}

/** Everything that the pages of a review show. */
export interface ReviewPageModel {
  readonly view: ReviewView;
  readonly case: CaseDetail;
  readonly path: string;
  readonly applicant: string;
  readonly office: string;
  readonly tag: TagWords;
  readonly isPaused: boolean;
  readonly owner: string;
  readonly isMine: boolean;
  readonly clocks: readonly ShownClock[];
  readonly headline: ClockInWords | null;
  readonly elapsed: Readonly<Record<'gross' | 'paused' | 'net', string>> & { readonly fromPapers: string | null };
  readonly steps: readonly ReviewStep[];
  readonly next: {
    readonly text: string;
    readonly label: string;
    readonly href: string | null;
    readonly isAtOnce: boolean;
  };
  readonly may: ReviewActions;
  readonly mayWork: boolean;
  readonly blocked: string | null;
  readonly untold: readonly string[];
  readonly parties: readonly (ReviewView['parties'][number] & { readonly roleInWords: string })[];
  readonly pauses: readonly {
    readonly because: string;
    readonly from: string;
    readonly to: string | null;
    readonly reason: string | null;
  }[];
  readonly declarations: readonly {
    readonly name: string;
    readonly independent: boolean;
    readonly on: string;
    readonly reason: string | null;
  }[];
  readonly judicialReview: readonly { readonly step: string; readonly on: string; readonly reason: string | null }[];
  readonly findings: FindingsModel;
  readonly names: Readonly<Record<string, string>>;
  readonly words: Readonly<Record<string, string | null>>;
  readonly today: string;
}

const CLOCK_NAMES: Readonly<Record<string, string>> = { papers: 'Papers', decide: 'Decision' };

/** Gathers the pages of one review. Reading is recorded by the queries. */
@Injectable()
export class ReviewPages {
  constructor(
    private readonly queries: QueryBus,
    private readonly people: PeopleNames,
    private readonly calendars: Calendars,
    private readonly clock: Clock,
  ) {}

  /** @throws ReviewNotFound */
  async of(reference: string): Promise<ReviewPageModel> {
    const view = await this.queries.execute(new GetReview(reference));
    const detail = await this.queries.execute(new GetCase(reference));
    const reviewers = await this.queries.execute(new ListReviewers(reference));
    const calendar = await this.calendars.current();
    const { actor, role } = currentCaller();
    const today = londonDate(this.clock.now());
    const { state } = view;
    const names = await this.people.of(peopleOf(view));
    const clocks = [
      ...view.clocks.map((each) => shownClock(each, today, calendar)),
      ...(await this.acknowledgement(reference, today, calendar)),
    ];
    const self = reviewers.find(({ id }) => id === actor.id);
    const may = actionsOf(view, role);
    const path = reviewPath(state, '');
    const openRecommendations = view.openRecommendations;
    return {
      view,
      case: detail,
      path,
      applicant: nameOfApplicant(detail),
      office: officeInWords(state.office),
      tag: stageTag(state.stage),
      isPaused: view.allowedActions.includes('resume'),
      owner: state.reviewer === null ? 'Nobody' : (names.get(state.reviewer) ?? state.reviewer),
      isMine: state.reviewer === actor.id,
      clocks,
      headline: clocks.find(({ clock }) => clock.state !== 'done')?.clock ?? null,
      elapsed: {
        gross: daysInWords(view.elapsed.gross),
        paused: daysInWords(view.elapsed.paused),
        net: daysInWords(view.elapsed.net),
        fromPapers: view.elapsed.fromPapers === null ? null : daysInWords(view.elapsed.fromPapers),
      },
      steps: stepsOf(state, {
        acknowledgedOn: detail.acknowledgedAt === null ? null : londonDate(new Date(detail.acknowledgedAt)),
        openRecommendations,
      }),
      next: this.next(view, may, {
        today,
        me: actor.id,
        openRecommendations,
        isBlocked: (self?.blocked ?? null) !== null,
        mayCheck: can(role, 'review:check'),
      }),
      may,
      mayWork: can(role, 'review:write'),
      blocked: blockedSelf(self),
      untold: untoldOf(view),
      parties: view.parties.map((party) => ({ ...party, roleInWords: PARTY_WORDS[party.role] ?? party.role })),
      pauses: state.pauses.map(({ because, from, to, textId }) => ({
        because: PAUSE_WORDS[because],
        from,
        to,
        reason: textId === null ? null : (view.texts[textId] ?? null),
      })),
      declarations: state.declarations.map(({ person, independent, on, textId }) => ({
        name: names.get(person) ?? person,
        independent,
        on,
        reason: textId === null ? null : (view.texts[textId] ?? null),
      })),
      judicialReview: state.judicialReview.map(({ step, on, textId }) => ({
        step: JUDICIAL_REVIEW_STEPS[step] ?? step,
        on,
        reason: textId === null ? null : (view.texts[textId] ?? null),
      })),
      findings: findingsOf(view),
      names: Object.fromEntries(names),
      words: {
        handling: HANDLING_WORDS[state.particulars.handling ?? ''] ?? null,
        validity: state.validity === null ? null : validityInWords(state.validity),
        outcome: state.outcome === null ? null : OUTCOME_WORDS[state.outcome],
        force: state.particulars.force === null ? null : officeInWords(state.particulars.force),
      },
      today,
    };
  }

  private next(view: ReviewView, may: ReviewActions, context: NextStepContext): ReviewPageModel['next'] {
    const { text, action, label } = nextStepOf(view, context);
    const path = reviewPath(view.state, '');
    const none = { text, label: '', href: null, isAtOnce: false };
    if (action === null) return none;
    if (action === 'eligibility' || action === 'letters' || action === 'recommendations') {
      return { text, label, href: `${path}/${action}`, isAtOnce: false };
    }
    const own = may.all.find((each) => each.action === action);
    return own === undefined ? none : { text, label, href: own.href, isAtOnce: own.isAtOnce };
  }

  /** The clock of the case that says when the applicant must have heard that we have it. */
  private async acknowledgement(reference: string, today: string, calendar: HolidayCalendar): Promise<ShownClock[]> {
    const deadlines = await this.queries.execute(new ListCaseDeadlines(reference));
    return deadlines
      .filter(({ clock }) => clock === 'acknowledge')
      .map((view) => ({
        name: 'Acknowledgement',
        clock: clockInWords(view, today, calendar),
        steps: view.steps,
        about: `Bank-holiday calendar version ${String(view.calendarVersion)}`,
      }));
  }
}

function shownClock(view: ReviewClockView, today: string, calendar: HolidayCalendar): ShownClock {
  const name = CLOCK_NAMES[view.name] ?? view.name;
  const status = view.metOn === null ? 'open' : 'met';
  return {
    name,
    clock: clockInWords({ clock: name, dueOn: view.dueOn, status, metOn: view.metOn }, today, calendar),
    steps: view.steps,
    about: `Bank-holiday calendar version ${String(view.calendarVersion)}`,
  };
}

function peopleOf({ state }: ReviewView): string[] {
  const { reviewer, declarations, qualityCheck, decidedBy, timeExtended } = state;
  const ids = [
    reviewer,
    ...declarations.map(({ person }) => person),
    qualityCheck?.submittedBy,
    qualityCheck?.checkedBy,
    decidedBy,
    timeExtended?.by,
  ];
  return [...new Set(ids.filter((id) => typeof id === 'string'))];
}

function nameOfApplicant({ correspondent: person }: CaseDetail): string {
  return person?.name ?? person?.organisation ?? person?.email ?? 'Applicant not known';
}

/** R1.50: who must still be told that a review was asked for. */
function untoldOf({ state, parties }: ReviewView): string[] {
  const waiting = parties.filter(({ notifiedOn }) => notifiedOn === null).map(({ name }) => name);
  return [...(state.authorityNotifiedOn === null ? ['The force, as appropriate authority'] : []), ...waiting];
}

function blockedSelf(self: Reviewer | undefined): string | null {
  return self?.blocked ? blockInWords(self.blocked, true) : null;
}
