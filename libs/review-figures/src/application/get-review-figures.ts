import { IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '@app/platform';
import { valueOf, type ReviewFigureDefinition, type Selection } from '../domain/review-figure';
import { groupOf, reviewFigures, select, type ReviewBreakdown } from '../domain/review-figures';
import { ReviewFigureFrames, type FramedReviews } from './review-figure-frames';
import type { ReviewFigureRequest } from './review-figure-request';

/** A number with the links that list exactly what it counts. */
export interface ReviewNumbers {
  /** A count, a share from 0 to 1, or days; null where there is nothing to measure. */
  readonly value: number | null;
  /** How many were counted, or measured. */
  readonly numerator: number;
  readonly denominator: number;
  readonly cases: string;
  readonly denominatorCases: string;
}

export interface ReviewFigureGroup extends ReviewNumbers {
  readonly group: string;
}

export interface ReviewFigure
  extends
    ReviewNumbers,
    Pick<ReviewFigureDefinition, 'key' | 'section' | 'title' | 'definition' | 'unit' | 'measure' | 'isAtEnd'> {
  /** Empty without a breakdown, and of what stood at the end of a period for months. */
  readonly groups: readonly ReviewFigureGroup[];
}

export interface ReviewFigureReport {
  readonly from: string;
  readonly to: string;
  readonly asOf: string;
  readonly by: ReviewBreakdown | null;
  /** The holiday calendar that working days were counted with. */
  readonly calendarVersion: number;
  readonly figures: readonly ReviewFigure[];
}

const PATH = '/api/v1/metrics/reviews/cases';

/** The figures of reviews of a period, as they were recorded at one instant. */
export class GetReviewFigures extends Query<ReviewFigureReport> {
  constructor(readonly request: ReviewFigureRequest) {
    super();
  }
}

@QueryHandler(GetReviewFigures)
export class GetReviewFiguresHandler implements IQueryHandler<GetReviewFigures> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly frames: ReviewFigureFrames,
  ) {}

  execute({ request }: GetReviewFigures): Promise<ReviewFigureReport> {
    return this.unitOfWork.run(async () => {
      const framed = await this.frames.framed(request);
      const { frame, asOf } = framed;
      const by = request.by ?? null;
      const definitions = reviewFigures(await this.frames.choices());
      return {
        from: frame.from,
        to: frame.to,
        asOf: asOf.toISOString(),
        by,
        calendarVersion: frame.calendar.version,
        figures: definitions.map((definition) => figureOf(definition, framed, by)),
      };
    });
  }
}

function figureOf(definition: ReviewFigureDefinition, framed: FramedReviews, by: ReviewBreakdown | null): ReviewFigure {
  const { key, section, title, definition: words, unit, measure, isAtEnd } = definition;
  const selection = select(definition, framed.reviews, framed.frame);
  const about = { key, section, title, definition: words, unit, measure, isAtEnd };
  const isSplit = by !== null && !(by === 'month' && isAtEnd);
  return {
    ...about,
    ...numbersOf(definition, selection, framed, null),
    groups: isSplit ? groupsOf(definition, selection, framed, by) : [],
  };
}

function groupsOf(
  definition: ReviewFigureDefinition,
  { outOf }: Selection,
  framed: FramedReviews,
  by: ReviewBreakdown,
): ReviewFigureGroup[] {
  const groups = [...new Set(outOf.map((each) => groupOf(each, by)))].sort();
  return groups.map((group) => {
    // Counted anew: the oldest of a group need not be the oldest of all.
    const selection = select(definition, framed.reviews, framed.frame, { by, value: group });
    return { group, ...numbersOf(definition, selection, framed, { by, group }) };
  });
}

function numbersOf(
  definition: ReviewFigureDefinition,
  selection: Selection,
  { frame, offices, asOf }: FramedReviews,
  of: { readonly by: string; readonly group: string } | null,
): ReviewNumbers {
  const link = (part: 'numerator' | 'denominator'): string => {
    const query = new URLSearchParams({ figure: definition.key, part, from: frame.from, to: frame.to });
    for (const office of offices) query.append('office', office);
    if (of) {
      query.append('by', of.by);
      query.append('group', of.group);
    }
    query.append('asOf', asOf.toISOString());
    return `${PATH}?${query.toString()}`;
  };
  return {
    value: valueOf(definition, selection),
    numerator: selection.counted.length,
    denominator: selection.outOf.length,
    cases: link('numerator'),
    denominatorCases: link('denominator'),
  };
}
