import { Injectable } from '@nestjs/common';
import { EventStore, StreamChangedMeanwhile, UnitOfWork, currentCaller } from '@app/platform';
import { clockOf } from '../domain/review-clock';
import { Review } from '../domain/review';
import { ReviewNotFound } from '../domain/review.errors';
import type { ReviewState } from '../domain/review-state';

/** The columns that repeat parts of the state, in the order of `columnsOf`. */
export const REVIEW_COLUMNS = [
  'version',
  'stage',
  'reviewer',
  'handling',
  'validity',
  'outcome',
  'papers_due_on',
  'decide_by',
  'paused_since',
  'papers_requested_on',
  'papers_received_on',
  'decided_on',
  'issued_on',
  'closed_on',
  'state',
] as const;

export function reviewStream(caseId: string): string {
  return `review-${caseId}`;
}

/** The values of `REVIEW_COLUMNS`. */
export function columnsOf(state: ReviewState): unknown[] {
  const running = (name: 'papers' | 'decide'): string | null => {
    const clock = clockOf(state.clocks, name);
    return clock !== null && clock.metOn === null ? clock.dueOn : null;
  };
  return [
    state.version,
    state.stage,
    state.reviewer,
    state.particulars.handling,
    state.validity,
    state.outcome,
    running('papers'),
    running('decide'),
    state.pauses.find(({ to }) => to === null)?.from ?? null,
    state.papersRequestedOn,
    state.papersReceivedOn,
    state.decidedOn,
    state.issuedOn,
    state.closedOn,
    JSON.stringify(state),
  ];
}

/** Loads and saves reviews: state and events in one transaction, with an optimistic version. */
@Injectable()
export class ReviewRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: EventStore,
  ) {}

  /** Locked until the transaction ends. @throws ReviewNotFound */
  async loadByReference(reference: string): Promise<Review> {
    const { offices, system } = currentCaller();
    // The case first, as everywhere: an act may change both, and a consumer that holds the case asks for the review.
    await this.unitOfWork.manager.query(
      `SELECT 1 FROM case_file WHERE reference = $1 AND ($2 OR office = ANY($3)) FOR UPDATE`,
      [reference, system, offices],
    );
    const found = await this.find('reference = $1 AND ($2 OR office = ANY($3))', [reference, system, offices]);
    if (!found) throw new ReviewNotFound();
    return found;
  }

  /** Locked until the transaction ends; null where the case is no review. */
  findByCase(caseId: string): Promise<Review | null> {
    return this.find('case_id = $1', [caseId]);
  }

  /** Whether the case is a review, or came in on the form for reviews. */
  async concerns(caseId: string): Promise<boolean> {
    const [row]: { concerns: boolean }[] = await this.unitOfWork.manager.query(
      `SELECT EXISTS (SELECT FROM review WHERE case_id = $1)
           OR EXISTS (SELECT FROM review_application WHERE case_id = $1) AS concerns`,
      [caseId],
    );
    return row?.concerns ?? false;
  }

  async add(review: Review): Promise<void> {
    const state = review.snapshot();
    const columns = ['case_id', 'office', 'reference', 'received_on', ...REVIEW_COLUMNS];
    const values = [state.id, state.office, state.reference, state.receivedOn, ...columnsOf(state)];
    await this.unitOfWork.manager.query(
      `INSERT INTO review (${columns.join(', ')}) VALUES (${columns.map((_, at) => `$${String(at + 1)}`).join(', ')})`,
      values,
    );
    await this.append(review, state);
  }

  async save(review: Review): Promise<void> {
    const state = review.snapshot();
    if (state.version === review.version) return;
    const set = REVIEW_COLUMNS.map((column, at) => `${column} = $${String(at + 3)}`).join(', ');
    const changed: [unknown[], number] = await this.unitOfWork.manager.query(
      `UPDATE review SET ${set} WHERE case_id = $1 AND version = $2`,
      [state.id, review.version, ...columnsOf(state)],
    );
    if (changed[1] !== 1) throw new StreamChangedMeanwhile(reviewStream(state.id));
    await this.append(review, state);
  }

  private async append(review: Review, { id, office }: ReviewState): Promise<void> {
    const events = review.releaseEvents();
    await this.store.append([{ stream: reviewStream(id), office, expectedVersion: review.version, events }]);
  }

  private async find(where: string, values: unknown[]): Promise<Review | null> {
    const [row]: { state: ReviewState }[] = await this.unitOfWork.manager.query(
      `SELECT state FROM review WHERE ${where} FOR UPDATE`,
      values,
    );
    return row ? Review.restore(row.state) : null;
  }
}
