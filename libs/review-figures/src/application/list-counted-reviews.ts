import { IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '@app/platform';
import type { Counted } from '../domain/review-figure';
import { reviewFigures, select, type ReviewBreakdown } from '../domain/review-figures';
import { ReviewFactsStore } from './review-facts-store';
import { ReviewFigureFrames } from './review-figure-frames';
import { InvalidReviewFigureRequest, type ReviewFigureRequest } from './review-figure-request';

export interface CountedReviewsRequest extends ReviewFigureRequest {
  readonly figure: string;
  readonly part: 'numerator' | 'denominator';
  /** Only with `by`. */
  readonly group?: string | undefined;
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

/** A review behind a figure, as it was then. */
export interface CountedReview {
  /** Null for a case that is restricted to others. */
  readonly reference: string | null;
  readonly office: string;
  readonly receivedOn: string;
  readonly handling: string | null;
  readonly stage: string;
  readonly validity: string | null;
  readonly outcome: string | null;
  readonly decidedOn: string | null;
  /** How often it was counted: of recommendations or allegations, one review may hold several. */
  readonly times: number;
  /** What was measured of it; null where it was only counted. */
  readonly days: number | null;
}

export interface CountedReviewsPage {
  readonly title: string;
  readonly definition: string;
  readonly items: readonly CountedReview[];
  /** What the figure shows: the sum of `times` over all pages. */
  readonly total: number;
  readonly nextCursor: string | null;
}

const LONGEST_PAGE = 200;

/** Exactly the reviews that a figure counted, page by page. */
export class ListCountedReviews extends Query<CountedReviewsPage> {
  constructor(readonly request: CountedReviewsRequest) {
    super();
  }
}

@QueryHandler(ListCountedReviews)
export class ListCountedReviewsHandler implements IQueryHandler<ListCountedReviews> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly frames: ReviewFigureFrames,
    private readonly store: ReviewFactsStore,
  ) {}

  execute({ request }: ListCountedReviews): Promise<CountedReviewsPage> {
    const limit = Math.min(Math.max(1, Math.trunc(request.limit ?? 50)), LONGEST_PAGE);
    const start = startOf(request.cursor);
    return this.unitOfWork.run(async () => {
      const { reviews, frame } = await this.frames.framed(request);
      const figure = reviewFigures(await this.frames.choices()).find(({ key }) => key === request.figure);
      if (!figure) {
        throw new InvalidReviewFigureRequest([
          { pointer: '/figure', message: 'Must be the key of a figure of reviews' },
        ]);
      }
      const selection = select(figure, reviews, frame, groupOf(request));
      const things = request.part === 'numerator' ? selection.counted : selection.outOf;
      const all = byReview(things);
      const page = all.slice(start, start + limit);
      const hidden = await this.store.hidden(page.map(([first]) => first.review.caseId));
      const isMeasured = !['count', 'share'].includes(figure.measure);
      return {
        title: figure.title,
        definition: figure.definition,
        items: page.map((each) => lineOf(each, hidden, isMeasured)),
        total: things.length,
        nextCursor: start + limit < all.length ? String(start + limit) : null,
      };
    });
  }
}

type OfOneReview = readonly [Counted, ...Counted[]];

/** In the order of receipt. */
function byReview(things: readonly Counted[]): OfOneReview[] {
  const found = new Map<string, [Counted, ...Counted[]]>();
  for (const each of things) {
    const known = found.get(each.review.caseId);
    if (known) known.push(each);
    else found.set(each.review.caseId, [each]);
  }
  return [...found.values()];
}

function lineOf(things: OfOneReview, hidden: ReadonlySet<string>, isMeasured: boolean): CountedReview {
  const [{ review, days }] = things;
  const { caseId, reference, office, receivedOn, handling, stage, validity, outcome, decidedOn } = review;
  return {
    reference: hidden.has(caseId) ? null : reference,
    ...{ office, receivedOn, handling, stage, validity, outcome, decidedOn },
    times: things.length,
    days: isMeasured ? days : null,
  };
}

function groupOf({ by, group }: CountedReviewsRequest): { by: ReviewBreakdown; value: string } | undefined {
  return by === undefined || group === undefined ? undefined : { by, value: group };
}

function startOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  if (!/^\d{1,7}$/.test(cursor)) {
    throw new InvalidReviewFigureRequest([{ pointer: '/cursor', message: 'Must be a cursor that a list gave' }]);
  }
  return Number(cursor);
}
