/** How a figure is measured. A share is published as a percentage of its base. */
export const FIGURE_UNITS = [
  'number',
  'share',
  'average-calendar-days',
  'median-calendar-days',
  'average-working-days',
  'median-working-days',
  'longest-calendar-days',
] as const;
export type FigureUnit = (typeof FIGURE_UNITS)[number];

/** Numbers of a period as they were counted. */
export interface FigureNumbers {
  /** The count; of a share, its numerator; of an average or a median, the days. Null where there was nothing to measure. */
  readonly value: number | null;
  /** Of a share, its denominator; of an average or a median, how many were measured; null of a count. */
  readonly base: number | null;
  /** The page that lists exactly what was counted, for staff. */
  readonly caseLink: string | null;
}

export interface FigureGroup extends FigureNumbers {
  readonly key: string;
  readonly title: string;
}

/** The same figure by something: the groups are all there are, and none is in two of them. */
export interface FigureSplit {
  readonly key: string;
  /** As in "By how the complaint was handled". */
  readonly title: string;
  readonly groups: readonly FigureGroup[];
}

/** A figure with its definition, as a source counts it for publication. */
export interface PublishedFigure extends FigureNumbers {
  /** Stable: the same figure of another quarter has the same key. */
  readonly key: string;
  /** The heading that it stands under, such as "Complaint reviews". */
  readonly theme: string;
  readonly title: string;
  readonly definition: string;
  readonly unit: FigureUnit;
  readonly splitBy: readonly FigureSplit[];
  /** How things stood on the last day: quarters do not add up to a year. */
  readonly isAtEnd?: boolean;
  /**
   * Where the same number is also published, so that it is left out in both places or in none: `completed`, or
   * `completed/outcome/upheld` for a group of a split.
   */
  readonly valueIs?: string;
  readonly baseIs?: string;
}

export function isMeasure(unit: FigureUnit): boolean {
  return unit !== 'number' && unit !== 'share';
}
