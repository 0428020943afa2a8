import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { People } from '@app/access';
import { parseReference } from '@app/kernel';
import { UnitOfWork, currentCaller } from '@app/platform';
import { REVIEWER_ROLES, declarationOf } from '../../domain/review-rules';
import { Review } from '../../domain/review';
import { ReviewNotFound } from '../../domain/review.errors';
import type { ReviewState } from '../../domain/review-state';
import { ReviewTools } from '../review-tools';

/** Why somebody must not review (domain rules 1.11): they declared a connection, or worked on the complaint before. */
export type ReviewerBlock = 'declared' | 'touched';

export interface Reviewer {
  readonly id: string;
  readonly name: string;
  /** The newest declaration; null where there is none. */
  readonly independent: boolean | null;
  readonly blocked: ReviewerBlock | null;
}

/** Who may review for the office of a review, and the caller, each with what stands against it. @throws ReviewNotFound */
export class ListReviewers extends Query<readonly Reviewer[]> {
  constructor(readonly reference: string) {
    super();
  }
}

@QueryHandler(ListReviewers)
export class ListReviewersHandler implements IQueryHandler<ListReviewers> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly people: People,
    private readonly tools: ReviewTools,
  ) {}

  execute({ reference }: ListReviewers): Promise<readonly Reviewer[]> {
    return this.unitOfWork.run(async (manager) => {
      const { offices, system, actor } = currentCaller();
      const [row]: { state: ReviewState }[] = await manager.query(
        `SELECT state FROM review WHERE reference = $1 AND ($2 OR office = ANY($3))`,
        [parseReference(reference)?.reference ?? '', system, offices],
      );
      if (!row) throw new ReviewNotFound();
      const { state } = row;
      const mayReview = (await this.people.forOffices([state.office])).filter(({ role }) =>
        REVIEWER_ROLES.includes(role),
      );
      const ids = [...new Set([...mayReview.map(({ id }) => id), actor.id])];
      const names = await this.people.names(ids);
      const reviewers: Reviewer[] = [];
      for (const id of ids) reviewers.push(await this.reviewer(state, id, names.get(id) ?? id));
      return reviewers;
    });
  }

  private async reviewer(state: ReviewState, id: string, name: string): Promise<Reviewer> {
    const independent = declarationOf(state.declarations, id)?.independent ?? null;
    const touched = await this.tools.hasTouched(Review.restore(state), id);
    return { id, name, independent, blocked: independent === false ? 'declared' : touched ? 'touched' : null };
  }
}
