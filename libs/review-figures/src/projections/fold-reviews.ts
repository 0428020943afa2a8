import type { CaseEventData, CaseEventType } from '@app/casework';
import type { JsonObject } from '@app/kernel';
import type { StoredEvent } from '@app/platform';
import type { ReviewEventData, ReviewEventType } from '@app/reviews';
import type { ReviewFacts } from '../domain/review-facts';
import { afterPart, FIRST_OF_A_PART, PART_EVENTS, textOf } from './recommendation-changes';
import { CASE_CHANGES, openedReview, REVIEW_CHANGES, startOf, type CaseStart } from './review-changes';

/** What held of a review in one interval of recorded time; open at the end while it still holds. */
export interface ReviewRow {
  readonly recordedFrom: Date;
  readonly recordedTo: Date | null;
  /** Of the event that brought it. */
  readonly position: number;
  readonly facts: ReviewFacts;
}

/** What is kept of a case in case it becomes a review, or of which case a recommendation is. */
export interface Known {
  readonly key: string;
  readonly caseId: string;
  readonly office: string;
  /** Null for a recommendation or a suggestion of learning. */
  readonly start: CaseStart | null;
}

type Fact = Pick<StoredEvent, 'type' | 'stream' | 'office' | 'data' | 'effectiveAt' | 'recordedAt' | 'position'>;

const CASE_OPENED = 'casework.case-opened' satisfies CaseEventType;
const OPENED = 'reviews.review-opened' satisfies ReviewEventType;
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The event types that the history is made of. */
export const FIGURE_EVENTS: readonly string[] = [
  CASE_OPENED,
  ...Object.keys(CASE_CHANGES),
  OPENED,
  ...Object.keys(REVIEW_CHANGES),
  ...PART_EVENTS,
];

/** The case, recommendation or suggestion whose stream an event is on. */
export function keyOf({ stream }: Pick<Fact, 'stream'>): string {
  return UUID.exec(stream)?.[0] ?? '';
}

export interface Folded {
  readonly rows: readonly ReviewRow[];
  /** Those that changed or are new. */
  readonly known: readonly Known[];
}

/**
 * Folds events, oldest first, onto what holds now. Answers every row of the reviews concerned that holds now or ended
 * on the way: however the events are cut into batches, the same history comes out.
 */
export function foldReviews(
  current: ReadonlyMap<string, ReviewRow>,
  known: ReadonlyMap<string, Known>,
  events: readonly Fact[],
): Folded {
  const fold = new Fold(current, known);
  for (const event of events) fold.add(event);
  return fold.result();
}

class Fold {
  readonly #ended: ReviewRow[] = [];
  readonly #open: Map<string, ReviewRow>;
  readonly #changed = new Map<string, Known>();

  constructor(
    current: ReadonlyMap<string, ReviewRow>,
    private readonly known: ReadonlyMap<string, Known>,
  ) {
    this.#open = new Map(current);
  }

  add(event: Fact): void {
    const key = keyOf(event);
    if (event.type === CASE_OPENED) {
      const start = startOf(event.data as unknown as CaseEventData[typeof CASE_OPENED]);
      this.#changed.set(key, { key, caseId: key, office: event.office ?? '', start });
    } else if (event.type.startsWith('casework.')) this.addOfCase(key, event);
    else if (PART_EVENTS.includes(event.type)) this.addOfPart(key, event);
    else this.addOfReview(key, event);
  }

  result(): Folded {
    return { rows: [...this.#ended, ...this.#open.values()], known: [...this.#changed.values()] };
  }

  private addOfCase(caseId: string, event: Fact): void {
    const start = this.startOf(caseId);
    const change = CASE_CHANGES[event.type as CaseEventType] as
      ((before: CaseStart, data: JsonObject) => Partial<CaseStart>) | undefined;
    if (!start || !change) return;
    const after = { ...start, ...change(start, event.data) };
    this.#changed.set(caseId, { key: caseId, caseId, office: event.office ?? '', start: after });
    const review = this.#open.get(caseId);
    if (review) this.next(event, { ...review.facts, ...after });
  }

  private addOfReview(caseId: string, event: Fact): void {
    if (event.type === OPENED) {
      const start = this.startOf(caseId);
      const data = event.data as unknown as ReviewEventData[typeof OPENED];
      if (start) this.next(event, openedReview(event.office ?? '', start, data));
      return;
    }
    const review = this.#open.get(caseId);
    const change = REVIEW_CHANGES[event.type as ReviewEventType] as
      ((before: ReviewFacts, data: JsonObject) => Partial<ReviewFacts>) | undefined;
    if (review && change) this.next(event, { ...review.facts, ...change(review.facts, event.data) });
  }

  private addOfPart(id: string, event: Fact): void {
    if (FIRST_OF_A_PART.includes(event.type)) {
      this.#changed.set(id, { key: id, caseId: textOf(event.data.caseId), office: event.office ?? '', start: null });
    }
    const caseId = (this.#changed.get(id) ?? this.known.get(id))?.caseId ?? '';
    const review = this.#open.get(caseId);
    if (review) this.next(event, afterPart(review.facts, id, event));
  }

  private startOf(caseId: string): CaseStart | null {
    return (this.#changed.get(caseId) ?? this.known.get(caseId))?.start ?? null;
  }

  private next({ recordedAt, position }: Fact, facts: ReviewFacts): void {
    const before = this.#open.get(facts.caseId);
    if (before && JSON.stringify(before.facts) === JSON.stringify(facts)) return;
    // Clocks of two processes may differ a little; within a review time never runs backwards.
    const recordedFrom = before && before.recordedFrom > recordedAt ? before.recordedFrom : recordedAt;
    // A state that held for no time cannot be asked for.
    if (before && before.recordedFrom < recordedFrom) this.#ended.push({ ...before, recordedTo: recordedFrom });
    this.#open.set(facts.caseId, { recordedFrom, recordedTo: null, position: position ?? 0, facts });
  }
}
