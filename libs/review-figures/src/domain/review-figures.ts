import { applicationFigures } from './application-figures';
import { decisionFigures, timeFigures } from './decision-figures';
import { openFigures, paperFigures } from './open-figures';
import { recommendationFigures } from './recommendation-figures';
import { isCounted, type ReviewFacts } from './review-facts';
import type { FigureChoices, ReviewFigureDefinition, ReviewFrame, Selection } from './review-figure';

/** By what figures of reviews can be broken down. */
export const REVIEW_BREAKDOWNS = ['handling', 'office', 'month'] as const;
export type ReviewBreakdown = (typeof REVIEW_BREAKDOWNS)[number];

/** How the complaint was handled, where nobody has recorded it yet. */
export const HANDLING_NOT_KNOWN = 'not-known';

/** Every figure there is, in the order in which it is shown. */
export function reviewFigures(choices: FigureChoices): readonly ReviewFigureDefinition[] {
  return [
    ...applicationFigures(choices),
    ...decisionFigures(),
    ...timeFigures(),
    ...openFigures(),
    ...paperFigures(),
    ...recommendationFigures(choices),
  ];
}

/** What a figure counts, in a group of it or in all. */
export function select(
  figure: ReviewFigureDefinition,
  reviews: readonly ReviewFacts[],
  frame: ReviewFrame,
  group?: { readonly by: ReviewBreakdown; readonly value: string },
): Selection {
  const kept = reviews.filter(isCounted);
  if (!group) return figure.select(kept, frame);
  if (group.by !== 'month')
    return figure.select(
      kept.filter((review) => keyOf(review, group.by) === group.value),
      frame,
    );
  const { counted, outOf } = figure.select(kept, frame);
  const isIn = (each: Selection['counted'][number]): boolean => groupOf(each, 'month') === group.value;
  return { counted: counted.filter(isIn), outOf: outOf.filter(isIn) };
}

export function groupOf({ review, on }: Selection['counted'][number], by: ReviewBreakdown): string {
  return by === 'month' ? on.slice(0, 7) : keyOf(review, by);
}

function keyOf({ office, handling }: ReviewFacts, by: ReviewBreakdown): string {
  return by === 'office' ? office : (handling ?? HANDLING_NOT_KNOWN);
}
