import { type DeadlinePolicy, type HolidayCalendar } from '@app/kernel';
import type { Then, WorkedCase } from '@app/casework';
import type { PastLog } from '@app/platform';
import {
  assessParticulars,
  columnsOf,
  emptyOpening,
  Learning,
  learningStream,
  Recommendation,
  RECOMMENDATION_COLUMNS,
  recommendationColumnsOf,
  recommendationStream,
  Review,
  REVIEW_COLUMNS,
  reviewStream,
  type Assessment,
  type DayCounter,
  type KeptWords,
  type Particulars,
  type RecommendationType,
  type ReviewState,
} from '@app/reviews';

/** Tables of reviews that others point to, after those of cases. */
export const REVIEW_PARENT_TABLES = ['review'] as const;

/** What every review of the history counts with. */
export interface ReviewTimes {
  readonly calendar: HolidayCalendar;
  readonly counter: DayCounter;
  readonly policyOf: (standard: string, office: string) => DeadlinePolicy;
  readonly papersOf: (handling: string) => readonly string[];
  readonly allegationCategories: readonly string[];
  readonly recommendationTypes: readonly RecommendationType[];
  readonly learningThemes: readonly string[];
}

/** A review while its history is written: each act is the aggregate's own, recorded at the instant given. */
export class PastReview {
  readonly #recommendations = new Map<string, Recommendation>();
  readonly #rows: [string, Record<string, unknown>][] = [];

  private constructor(
    private readonly log: PastLog,
    private readonly worked: WorkedCase,
    private readonly review: Review,
    readonly times: ReviewTimes,
  ) {}

  /** As when a case has been sorted as an application. */
  static open(log: PastLog, worked: WorkedCase, times: ReviewTimes, then: Then): PastReview {
    const { id, office, reference, receivedOn } = worked.state;
    const opened = Review.open(emptyOpening({ id, office, reference, receivedOn }), then.at);
    const past = new PastReview(log, worked, opened, times);
    past.record(then);
    return past;
  }

  get state(): ReviewState {
    return this.review.snapshot();
  }

  get assessment(): Assessment {
    return this.assess(this.state.particulars);
  }

  assess(particulars: Particulars): Assessment {
    const { receivedOn, office } = this.state;
    return assessParticulars(particulars, receivedOn, office, this.times.calendar).assessment;
  }

  may(action: Parameters<typeof has>[1]): boolean {
    return has(this.review, action);
  }

  policy(standard: string): DeadlinePolicy {
    return this.times.policyOf(standard, this.state.office);
  }

  keep(text: string): KeptWords {
    const { reasonId, reasonCommitment } = this.worked.keep(text);
    return { textId: reasonId, textCommitment: reasonCommitment };
  }

  /** Does something to the aggregate and records it. */
  act(then: Then, change: (review: Review) => void): void {
    change(this.review);
    this.record(then);
  }

  addParty(role: 'interested-person' | 'person-complained-against', name: string, then: Then): string {
    const id = this.log.newId();
    const { id: caseId, office } = this.state;
    this.#rows.push(['review_party', { id, case_id: caseId, office, role, name, email: null, address: null }]);
    this.act(then, (review) => review.addParty(id, role, then.at));
    return id;
  }

  /** Recommendations that wait for the force. */
  openParts(): number {
    return [...this.#recommendations.values()].filter((each) => each.snapshot().settledOn === null).length;
  }

  /** Recommends something to the force. Returns the id. */
  recommend(typeKey: string, allegation: string | null, text: string, then: Then): string {
    const id = this.log.newId();
    const type = this.times.recommendationTypes.find(({ key }) => key === typeKey);
    if (!type) throw new Error(`No type of recommendation is called ${typeKey}`);
    const making = { id, type, allegation, by: then.by.actor.id, policy: this.policy('recommendation-response') };
    const words = this.keep(text);
    const made = Recommendation.make(this.state, { ...making, words }, this.times.counter, then.at);
    this.#recommendations.set(id, made);
    this.recordPart(recommendationStream(id), made, then);
    return id;
  }

  /** What becomes of a recommendation. */
  actOnRecommendation(id: string, then: Then, change: (made: Recommendation) => void): void {
    const made = this.#recommendations.get(id);
    if (!made) throw new Error('There is no such recommendation');
    change(made);
    this.recordPart(recommendationStream(id), made, then);
  }

  suggestLearning(theme: string, text: string, then: Then): void {
    const id = this.log.newId();
    const words = this.keep(text);
    const learning = Learning.suggest(this.state, { id, theme, by: then.by.actor.id, words }, then.at);
    this.recordPart(learningStream(id), learning, then);
    const state = learning.snapshot();
    const { caseId, office, suggestedOn, textId, version } = state;
    const row = { id, case_id: caseId, office, theme, suggested_on: suggestedOn, text_id: textId, version, state };
    this.#rows.push(['review_learning', row]);
  }

  /** Adds all rows. Nothing happens to it any more. */
  write(): void {
    const { state } = this;
    this.log.rows.add('review', {
      case_id: state.id,
      office: state.office,
      reference: state.reference,
      received_on: state.receivedOn,
      ...named(REVIEW_COLUMNS, columnsOf(state), state),
    });
    for (const made of this.#recommendations.values()) {
      const { id, caseId, office, force, type, madeOn } = made.snapshot();
      this.log.rows.add('review_recommendation', {
        ...{ id, case_id: caseId, office, force, type, made_on: madeOn },
        ...named(RECOMMENDATION_COLUMNS, recommendationColumnsOf(made.snapshot()), made.snapshot()),
      });
    }
    for (const [table, row] of this.#rows) this.log.rows.add(table, row);
  }

  private recordPart(stream: string, part: Recommendation | Learning, { by }: Then): void {
    this.log.append({ stream, office: this.state.office, events: part.releaseEvents(), caller: by });
  }

  private record({ by }: Then): void {
    const { office, id } = this.state;
    this.log.append({ stream: reviewStream(id), office, events: this.review.releaseEvents(), caller: by });
  }
}

/** The state as an object: rows of the past are written as JSON. */
function named(columns: readonly string[], values: readonly unknown[], state: object): Record<string, unknown> {
  return Object.fromEntries(columns.map((column, at) => [column, column === 'state' ? state : values[at]]));
}

function has(review: Review, action: ReturnType<Review['allowed']>[number]): boolean {
  return review.allowed().includes(action);
}
