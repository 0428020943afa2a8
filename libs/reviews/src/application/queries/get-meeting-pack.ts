import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { daysBetween } from '@app/kernel';
import { UnitOfWork, currentCaller } from '@app/platform';
import { elapsedDays } from '../../domain/elapsed-days';
import type { LearningState } from '../../domain/learning';
import { responseDueOn, type RecommendationState } from '../../domain/recommendation-state';
import { ReviewNotFound } from '../../domain/review.errors';
import type { ReviewState } from '../../domain/review-state';
import { RecommendationSettings } from '../recommendations/recommendation-settings';
import { ReviewSettings } from '../review-settings';

/** A recommendation in the pack: no words, which may name people. */
export interface PackRecommendation {
  readonly reference: string;
  readonly forceReference: string | null;
  readonly typeName: string;
  readonly madeOn: string;
  readonly dueOn: string;
  readonly response: string | null;
  readonly respondedOn: string | null;
  readonly implementedOn: string | null;
  readonly daysOverdue: number;
}

export interface PackCount {
  readonly name: string;
  readonly count: number;
}

export interface PackOpenReview {
  readonly reference: string;
  readonly forceReference: string | null;
  readonly receivedOn: string;
  readonly stage: string;
  readonly papersRequestedOn: string | null;
  readonly papersReceivedOn: string | null;
  readonly days: number;
  readonly daysNet: number;
}

/** What the office and the force talk about each quarter (R1.85). */
export interface MeetingPack {
  readonly office: string;
  readonly from: string;
  readonly to: string;
  /** The last day of the quarter, or today while it runs: what is overdue is overdue on that day. */
  readonly asOf: string;
  readonly made: readonly PackRecommendation[];
  readonly answered: readonly PackRecommendation[];
  readonly overdue: readonly PackRecommendation[];
  readonly implemented: readonly PackRecommendation[];
  /** Accepted, and not done yet on that day. */
  readonly awaitingImplementation: readonly PackRecommendation[];
  readonly learning: readonly (PackCount & { readonly answered: number })[];
  readonly observations: readonly {
    readonly reference: string;
    readonly forceReference: string | null;
    readonly count: number;
  }[];
  readonly decided: number;
  readonly upheld: number;
  readonly upheldByCategory: readonly PackCount[];
  readonly openLongest: readonly PackOpenReview[];
  readonly open: number;
}

/** The pack for the quarterly meeting with the force of an office. It names no applicant. */
export class GetMeetingPack extends Query<MeetingPack> {
  constructor(
    readonly office: string,
    readonly from: string,
    readonly to: string,
  ) {
    super();
  }
}

const LONGEST_SHOWN = 10;

type Made = { readonly state: RecommendationState; readonly reference: string; readonly forceReference: string | null };

@QueryHandler(GetMeetingPack)
export class GetMeetingPackHandler implements IQueryHandler<GetMeetingPack> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly settings: ReviewSettings,
    private readonly own: RecommendationSettings,
  ) {}

  /** @throws ReviewNotFound for an office that the caller has nothing to do with. */
  execute({ office, from, to }: GetMeetingPack): Promise<MeetingPack> {
    const { offices, system } = currentCaller();
    if (!system && !offices.includes(office)) throw new ReviewNotFound();
    return this.unitOfWork.run(async (manager) => {
      const today = this.settings.today();
      const asOf = to < today ? to : today;
      const all: Made[] = await manager.query(
        `SELECT m.state, r.reference, r.state -> 'particulars' ->> 'forceReference' AS "forceReference"
           FROM review_recommendation m JOIN review r ON r.case_id = m.case_id
          WHERE m.office = $1 AND m.made_on <= $2 ORDER BY m.made_on, m.id`,
        [office, to],
      );
      const learnt: { state: LearningState }[] = await manager.query(
        `SELECT state FROM review_learning WHERE office = $1 AND suggested_on BETWEEN $2 AND $3`,
        [office, from, to],
      );
      const decided: { state: ReviewState }[] = await manager.query(
        `SELECT state FROM review WHERE office = $1 AND decided_on BETWEEN $2 AND $3 ORDER BY decided_on, reference`,
        [office, from, to],
      );
      const received: { state: ReviewState }[] = await manager.query(
        `SELECT state FROM review WHERE office = $1 AND stage <> 'returned' AND received_on <= $2
            AND (decided_on IS NULL OR decided_on > $2) ORDER BY received_on, reference`,
        [office, asOf],
      );
      const open = received.filter(({ state }) => isOpenOn(state, asOf));
      const types = new Map((await this.own.types(office)).map(({ key, name }) => [key, name]));
      const lines = (chosen: (state: RecommendationState) => boolean): PackRecommendation[] =>
        all.filter(({ state }) => chosen(state)).map((each) => lineOf(each, types, asOf));
      const within = (day: string | null | undefined): boolean =>
        day !== null && day !== undefined && day >= from && day <= to;
      return {
        ...{ office, from, to, asOf },
        made: lines(({ madeOn }) => within(madeOn)),
        answered: lines(({ response }) => within(response?.on)),
        overdue: lines((state) => isWaitingOn(state, asOf) && responseDueOn(state.clock) < asOf),
        implemented: lines(({ implemented }) => within(implemented?.on)),
        awaitingImplementation: lines((state) => isToBeDoneOn(state, asOf)),
        learning: await this.learning(
          office,
          learnt.map(({ state }) => state),
        ),
        observations: decided
          .filter(({ state }) => state.observationTextIds.length > 0)
          .map(({ state }) => ({ ...referencesOf(state), count: state.observationTextIds.length })),
        decided: decided.length,
        upheld: decided.filter(({ state }) => state.outcome === 'upheld').length,
        upheldByCategory: await this.upheld(
          office,
          decided.map(({ state }) => state),
        ),
        open: open.length,
        openLongest: open.slice(0, LONGEST_SHOWN).map(({ state }) => openOf(state, asOf)),
      };
    });
  }

  private async learning(office: string, all: readonly LearningState[]): Promise<MeetingPack['learning']> {
    const names = new Map((await this.own.themes(office)).map(({ key, name }) => [key, name]));
    const themes = [...new Set(all.map(({ theme }) => theme))];
    return byCount(
      themes.map((theme) => {
        const own = all.filter((each) => each.theme === theme);
        const answered = own.filter(({ feedback }) => feedback.length > 0).length;
        return { name: names.get(theme) ?? theme, count: own.length, answered };
      }),
    );
  }

  /** Allegations whose outcome was not reasonable and proportionate, in reviews that were upheld. */
  private async upheld(office: string, decided: readonly ReviewState[]): Promise<PackCount[]> {
    const names = new Map((await this.settings.allegationCategories(office)).map(({ key, name }) => [key, name]));
    const counts = new Map<string, number>();
    for (const { outcome, allegations } of decided) {
      if (outcome !== 'upheld') continue;
      for (const { category, finding } of allegations) {
        if (finding === 'not-reasonable-and-proportionate') counts.set(category, (counts.get(category) ?? 0) + 1);
      }
    }
    return byCount([...counts].map(([category, count]) => ({ name: names.get(category) ?? category, count })));
  }
}

function byCount<T extends PackCount>(all: readonly T[]): T[] {
  return [...all].sort((a, b) => b.count - a.count || a.name.localeCompare(b.name));
}

function isWaitingOn({ response, withdrawn, madeOn }: RecommendationState, day: string): boolean {
  const isAnswered = response !== null && response.on <= day;
  return madeOn <= day && !isAnswered && !(withdrawn !== null && withdrawn.on <= day);
}

/** Whether it was undecided at the end of a day, and had not ended otherwise. */
function isOpenOn(
  { decidedOn, withdrawn, forwardedOn, validity, validityDecidedOn }: ReviewState,
  day: string,
): boolean {
  const refusedOn = validity === null || validity === 'valid' ? null : validityDecidedOn;
  const ends = [decidedOn, withdrawn?.on ?? null, forwardedOn, refusedOn];
  return ends.every((end) => end === null || end > day);
}

function isToBeDoneOn(state: RecommendationState, day: string): boolean {
  const { response, withdrawn, implemented, notImplemented } = state;
  if (response === null || response.on > day || response.response === 'rejected') return false;
  return ![withdrawn, implemented, notImplemented].some((end) => end !== null && end.on <= day);
}

function lineOf(
  { state, reference, forceReference }: Made,
  types: ReadonlyMap<string, string>,
  asOf: string,
): PackRecommendation {
  const { type, madeOn, response, implemented, clock } = state;
  const dueOn = responseDueOn(clock);
  const until = response === null || response.on > asOf ? asOf : response.on;
  return {
    ...{ reference, forceReference, madeOn, dueOn },
    typeName: types.get(type) ?? type,
    response: response?.response ?? null,
    respondedOn: response?.on ?? null,
    implementedOn: implemented?.on ?? null,
    daysOverdue: Math.max(0, daysBetween(dueOn, until)),
  };
}

function referencesOf({ reference, particulars }: ReviewState): { reference: string; forceReference: string | null } {
  return { reference, forceReference: particulars.forceReference };
}

function openOf(state: ReviewState, asOf: string): PackOpenReview {
  const { gross, net } = elapsedDays(state, asOf);
  const { receivedOn, stage, papersRequestedOn, papersReceivedOn } = state;
  return { ...referencesOf(state), receivedOn, stage, papersRequestedOn, papersReceivedOn, days: gross, daysNet: net };
}
