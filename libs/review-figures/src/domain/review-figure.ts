import type { HolidayCalendar } from '@app/kernel';
import { average, median, share } from './measures';
import type { ReviewFacts } from './review-facts';

/** What a value is measured in. */
export type ReviewFigureUnit =
  'reviews' | 'allegations' | 'recommendations' | 'learning-points' | 'share' | 'calendar-days' | 'working-days';

/** How the value is made of what is counted. */
export type ReviewFigureMeasure = 'count' | 'share' | 'average' | 'median' | 'longest';

/** For which days it is counted, and what surrounds the reviews. */
export interface ReviewFrame {
  readonly from: string;
  readonly to: string;
  /** The London day of the instant at which it is looked: what is due on it can still be done in time. */
  readonly asOfDay: string;
  /** The day at whose end reviews are open: the last of the period, but not after `asOfDay`. */
  readonly openDay: string;
  readonly calendar: HolidayCalendar;
  /** By when an application for another body should be sent on (R1.42), in force when it came. */
  readonly forwardBy: (review: ReviewFacts) => string;
}

/** One thing counted: the review itself, or something of it. */
export interface Counted {
  readonly review: ReviewFacts;
  /** The day that puts it into a period. */
  readonly on: string;
  /** What is measured of it; 0 where it is only counted. */
  readonly days: number;
}

export interface Selection {
  readonly counted: readonly Counted[];
  readonly outOf: readonly Counted[];
}

/** A figure as it is published: its stable key, what it is called and, in plain words, what it counts. */
export interface ReviewFigureDefinition {
  readonly key: string;
  readonly section: string;
  readonly title: string;
  readonly definition: string;
  readonly unit: ReviewFigureUnit;
  readonly measure: ReviewFigureMeasure;
  /** How things stood at the end of the period: months do not add up. */
  readonly isAtEnd: boolean;
  readonly select: (reviews: readonly ReviewFacts[], frame: ReviewFrame) => Selection;
}

/** Names of what an office may have configured. */
export interface NamedKey {
  readonly key: string;
  readonly name: string;
}

/** Kinds of things that have a figure each. */
export interface FigureChoices {
  readonly invalidReasons: readonly NamedKey[];
  readonly recommendationTypes: readonly NamedKey[];
  readonly learningThemes: readonly NamedKey[];
}

export function valueOf({ measure }: Pick<ReviewFigureDefinition, 'measure'>, selection: Selection): number | null {
  const { counted, outOf } = selection;
  const days = counted.map((each) => each.days);
  switch (measure) {
    case 'count':
      return counted.length;
    case 'share':
      return share(counted.length, outOf.length);
    case 'average':
      return average(days);
    case 'median':
      return median(days);
    case 'longest':
      return days.length === 0 ? null : Math.max(...days);
  }
}

/** Whether a day lies in the period; null never does. */
export function isWithin(day: string | null, { from, to }: Pick<ReviewFrame, 'from' | 'to'>): day is string {
  return day !== null && day >= from && day <= to;
}

/** The reviews for which there is such a day in the period. */
export function onDay(
  reviews: readonly ReviewFacts[],
  frame: ReviewFrame,
  dayOf: (review: ReviewFacts) => string | null,
): Counted[] {
  return reviews.flatMap((review) => {
    const on = dayOf(review);
    return isWithin(on, frame) ? [{ review, on, days: 0 }] : [];
  });
}

/** The same is counted and looked at. */
export function all(counted: readonly Counted[]): Selection {
  return { counted, outOf: counted };
}

export function part(outOf: readonly Counted[], isCounted: (each: Counted) => boolean): Selection {
  return { counted: outOf.filter(isCounted), outOf };
}
