import type { FigureUnit } from './published-figure';

/**
 * A count as the public sees it. `small`: fewer than the smallest that is shown. `hidden`: left out so that another count
 * cannot be worked out. `range`: known from parts of which some are left out. `none`: there is nothing to measure.
 * `small-base`: measured over too few. `unpublished`: earlier quarters of the year are not published.
 */
export const MARKS = ['shown', 'small', 'hidden', 'range', 'none', 'small-base', 'unpublished'] as const;
export type Mark = (typeof MARKS)[number];

const WIDEST_RANGE = 0.2;

/** A number that is published, or what is said in its place: `from` and `to` are what it lies between, if that is said. */
export interface ShownNumber {
  readonly mark: Mark;
  readonly value: number | null;
  readonly from: number | null;
  readonly to: number | null;
}

/** A figure of one period as it is published. */
export interface ShownMeasure {
  readonly value: ShownNumber;
  /** Null of a plain count. */
  readonly base: ShownNumber | null;
}

export interface ShownGroup {
  readonly key: string;
  readonly title: string;
  readonly quarter: ShownMeasure;
  readonly yearToDate: ShownMeasure | null;
}

export interface ShownSplit {
  readonly key: string;
  readonly title: string;
  readonly groups: readonly ShownGroup[];
}

/** A figure as it is published, kept with the version for ever. */
export interface ShownFigure {
  readonly key: string;
  readonly theme: string;
  readonly title: string;
  readonly definition: string;
  readonly unit: FigureUnit;
  readonly isAtEnd: boolean;
  /** Of the data period, which need not be a quarter where the kind allows other periods. */
  readonly quarter: ShownMeasure;
  /** Null where a year to date makes no sense. */
  readonly yearToDate: ShownMeasure | null;
  readonly splits: readonly ShownSplit[];
}

export const exactly = (value: number): ShownNumber => ({ mark: 'shown', value, from: value, to: value });

export const leftOut = (
  mark: Exclude<Mark, 'shown' | 'range'>,
  from: number | null = null,
  to: number | null = null,
): ShownNumber => ({
  mark,
  value: null,
  from,
  to,
});

/** "43", "fewer than 5", "13 to 16", "not shown". */
export function numberInWords({ mark, value, from, to }: ShownNumber): string {
  if (mark === 'shown') return (value ?? 0).toLocaleString('en-GB', { maximumFractionDigits: 1 });
  if (mark === 'small' && to !== null) return `fewer than ${String(to + 1)}`;
  if (mark === 'range') return `${String(from)} to ${String(to)}`;
  if (mark === 'none') return 'none';
  if (mark === 'unpublished') return 'not available';
  return 'not shown';
}

/** The share from 0 to 1, where both its numbers are shown. */
export function shareOf({ value, base }: ShownMeasure): number | null {
  if (value.value === null || base === null || base.value === null || base.value === 0) return null;
  return value.value / base.value;
}

/** A figure in a few words: "95%", "31 days", "fewer than 5". */
export function measureInWords(measure: ShownMeasure, unit: FigureUnit): string {
  const { value } = measure;
  if (unit === 'number') return numberInWords(value);
  if (unit === 'share') {
    const share = shareOf(measure);
    if (share !== null) return `${(Math.round(share * 1000) / 10).toLocaleString('en-GB')}%`;
    if (measure.base?.value === 0) return 'none';
    const range = shareRange(measure);
    if (range !== null) return range;
    if (measure.base?.mark === 'unpublished' || value.mark === 'unpublished') return 'not available';
    return 'not shown';
  }
  if (value.value === null) return numberInWords(value);
  return value.value === 1 ? '1 day' : `${numberInWords(value)} days`;
}

/** Between which percentages a share lies, where what is said of its number leaves little room. */
function shareRange({ value, base }: ShownMeasure): string | null {
  if (value.from === null || value.to === null || base === null || base.value === null || base.value === 0) return null;
  if (value.mark === 'shown' || (value.to - value.from) / base.value > WIDEST_RANGE) return null;
  const [from, to] = [value.from, value.to].map((each) => Math.round((each / (base.value ?? 1)) * 1000) / 10);
  return `${String(from)}% to ${String(to)}%`;
}

/** What a measure was counted out of: "19 of 20", "16 to 19 of 20", "of 43 measured"; empty where there is nothing to say. */
export function basisInWords({ value, base }: ShownMeasure, unit: FigureUnit): string {
  if (base === null || unit === 'number') return '';
  if (base.value === 0 || base.mark === 'unpublished') return '';
  if (base.mark === 'hidden') return unit === 'share' && value.mark === 'small' ? numberInWords(value) : '';
  return unit === 'share' ? `${numberInWords(value)} of ${numberInWords(base)}` : `over ${numberInWords(base)}`;
}
