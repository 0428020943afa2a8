import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { AccessRecords } from '@app/access';
import { DomainError, parseReference } from '@app/kernel';
import { UnitOfWork, currentCaller } from '@app/platform';
import { elapsedDays } from '../../domain/elapsed-days';
import { Review } from '../../domain/review';
import { ReviewNotFound } from '../../domain/review.errors';
import type { ReviewState } from '../../domain/review-state';
import { Assessments, type AssessedParticulars } from '../assessments';
import type { TestNote } from '../review-act';
import { ReviewSettings } from '../review-settings';
import type { PaperView, PartyView, ReviewClockView, ReviewView } from './review-view';

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** One review, for its page and the API. The reading is recorded. @throws ReviewNotFound */
export class GetReview extends Query<ReviewView> {
  constructor(readonly reference: string) {
    super();
  }
}

@QueryHandler(GetReview)
export class GetReviewHandler implements IQueryHandler<GetReview> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly records: AccessRecords,
    private readonly assessments: Assessments,
    private readonly settings: ReviewSettings,
  ) {}

  execute({ reference }: GetReview): Promise<ReviewView> {
    return this.unitOfWork.run(async (manager) => {
      const { offices, system } = currentCaller();
      const [row]: { state: ReviewState }[] = await manager.query(
        `SELECT state FROM review WHERE reference = $1 AND ($2 OR office = ANY($3))`,
        [parseReference(reference)?.reference ?? '', system, offices],
      );
      if (!row) throw new ReviewNotFound();
      const { state } = row;
      await this.records.record('case-read', [{ office: state.office, caseId: state.id }]);
      return this.viewOf(state);
    });
  }

  private async viewOf(state: ReviewState): Promise<ReviewView> {
    const review = Review.restore(state);
    const { office } = state;
    const texts = await this.textsOf(state);
    const assessed = await this.assessed(state);
    const categories = await this.settings.allegationCategories(office);
    const words = (id: string | null): string | null => (id === null ? null : (texts[id] ?? null));
    const test = words(state.testTextId);
    return {
      state,
      version: state.version,
      grounds: words(state.groundsTextId),
      eligibility: assessed instanceof DomainError ? null : assessed.eligibility,
      contradictions: assessed instanceof DomainError ? assessed.errors : [],
      unknown: assessed instanceof DomainError ? [] : assessed.unknown,
      clocks: await this.clocksOf(state),
      parties: await this.partiesOf(state),
      papers: await this.papersOf(state),
      allegations: state.allegations.map(({ id, category, textId, finding, findingTextId, evidence }) => ({
        id,
        category: categories.find(({ key }) => key === category)?.name ?? category,
        text: words(textId) ?? '',
        finding,
        reasons: words(findingTextId),
        evidence,
      })),
      allegationCategories: categories,
      test: test === null ? null : (JSON.parse(test) as TestNote),
      observations: state.observationTextIds.map((id) => words(id) ?? ''),
      elapsed: elapsedDays(state, this.settings.today()),
      openRecommendations: await this.openRecommendations(state),
      delegation: await this.settings.delegation(office),
      texts,
      allowedActions: review.allowed(),
    };
  }

  private async assessed({ particulars, receivedOn, office }: ReviewState): Promise<AssessedParticulars | DomainError> {
    try {
      return await this.assessments.assess(particulars, receivedOn, office);
    } catch (error) {
      if (error instanceof DomainError) return error;
      throw error;
    }
  }

  private async clocksOf({ clocks }: ReviewState): Promise<ReviewClockView[]> {
    const today = this.settings.today();
    return Promise.all(
      clocks.map(async ({ name, policy, fromDay, pauses, dueOn, metOn, calendarVersion }) => ({
        name,
        fromDay,
        dueOn,
        metOn,
        isLate: dueOn !== null && (metOn ?? today) > dueOn,
        rule: policy.rule,
        calendarVersion,
        steps: (await this.settings.explain(policy, fromDay, pauses)).steps,
      })),
    );
  }

  private async partiesOf({ id, parties }: ReviewState): Promise<PartyView[]> {
    const rows: Omit<PartyView, 'notifiedOn'>[] = await this.unitOfWork.manager.query(
      `SELECT id, role, name, email, address FROM review_party WHERE case_id = $1 ORDER BY role, name, id`,
      [id],
    );
    return rows.map((row) => ({ ...row, notifiedOn: parties.find((each) => each.id === row.id)?.notifiedOn ?? null }));
  }

  private async papersOf({ office, papers, particulars }: ReviewState): Promise<PaperView[]> {
    const all = await this.settings.papers(office, null);
    const listed = await this.settings.papers(office, particulars.handling);
    const wanted = all.filter(
      ({ key }) => listed.some((each) => each.key === key) || papers.some((p) => p.paper === key),
    );
    return wanted.map(({ key, name }) => {
      const known = papers.find(({ paper }) => paper === key);
      return { paper: key, name, requestedOn: known?.requestedOn ?? null, receivedOn: known?.receivedOn ?? null };
    });
  }

  private async openRecommendations({ id }: ReviewState): Promise<number> {
    const [row]: { open: number }[] = await this.unitOfWork.manager.query(
      `SELECT count(*)::int AS open FROM review_recommendation WHERE case_id = $1 AND settled_on IS NULL`,
      [id],
    );
    return row?.open ?? 0;
  }

  /** Only what the review names: other words of the case have readers of their own. */
  private async textsOf(state: ReviewState): Promise<Record<string, string>> {
    const rows: { id: string; text: string }[] = await this.unitOfWork.manager.query(
      `SELECT id, text FROM private_text WHERE case_id = $1 AND id = ANY($2::uuid[])`,
      [state.id, JSON.stringify(state).match(UUID) ?? []],
    );
    return Object.fromEntries(rows.map(({ id, text }) => [id, text]));
  }
}
