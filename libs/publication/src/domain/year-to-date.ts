import { isMeasure, type FigureUnit, type PublishedFigure } from './published-figure';
import {
  exactly,
  leftOut,
  type ShownFigure,
  type ShownGroup,
  type ShownMeasure,
  type ShownNumber,
} from './shown-figure';
import { disclose, type SmallNumberRule } from './disclose';

/** The figures of the quarters of a year that came before, as they are published; null: of a quarter that is not. */
export type EarlierQuarters = readonly (readonly ShownFigure[] | null)[];

/**
 * The figures of a quarter with the year to date beside them. Counts of the year are added up from what is published of
 * each quarter and from nothing else: so the year to date less the earlier quarters tells no more than the quarters do.
 * Averages and medians are counted anew over the year, and left out where one of a quarter is.
 */
export function withYearToDate(
  figures: readonly PublishedFigure[],
  ofYear: readonly PublishedFigure[],
  earlier: EarlierQuarters,
  rule: SmallNumberRule,
): readonly ShownFigure[] {
  const year = new Map(disclose(ofYear, rule).map((figure) => [figure.key, figure]));
  return disclose(figures, rule).map((figure): ShownFigure => {
    const before = earlier.map((quarter) => quarter?.find(({ key }) => key === figure.key) ?? null);
    const recounted = year.get(figure.key);
    const { unit } = figure;
    const isKept = !figure.isAtEnd;
    return {
      ...figure,
      yearToDate: isKept
        ? yearOf([...before.map((each) => each?.quarter ?? null), figure.quarter], unit, rule, recounted?.quarter)
        : null,
      splits: figure.splits.map((split) => ({
        ...split,
        groups: split.groups.map((group): ShownGroup => {
          const parts = before.map((each) => (each === null ? null : groupOf(each, split.key, group.key, unit)));
          const anew = recounted?.splits
            .find(({ key }) => key === split.key)
            ?.groups.find(({ key }) => key === group.key)?.quarter;
          return { ...group, yearToDate: isKept ? yearOf([...parts, group.quarter], unit, rule, anew) : null };
        }),
      })),
    };
  });
}

/** Of a group that an earlier quarter had none of: nought, as far as that quarter shows the split at all. */
function groupOf(figure: ShownFigure, split: string, group: string, unit: FigureUnit): ShownMeasure | null {
  const found = figure.splits.find(({ key }) => key === split);
  if (!found) return null;
  const nothing = exactly(0);
  const none: ShownMeasure =
    unit === 'number'
      ? { value: nothing, base: null }
      : { value: isMeasure(unit) ? leftOut('none') : nothing, base: nothing };
  return found.groups.find(({ key }) => key === group)?.quarter ?? none;
}

function yearOf(
  quarters: readonly (ShownMeasure | null)[],
  unit: FigureUnit,
  rule: SmallNumberRule,
  recounted: ShownMeasure | undefined,
): ShownMeasure {
  const all = quarters.flatMap((each) => each ?? []);
  if (all.length < quarters.length) {
    return { value: leftOut('unpublished'), base: unit === 'number' ? null : leftOut('unpublished') };
  }
  const base = unit === 'number' ? null : added(all.map((each) => each.base ?? exactly(0)));
  if (isMeasure(unit)) {
    const isSafe = all.every(({ value }) => value.mark === 'shown' || value.mark === 'none');
    const value = isSafe && recounted?.value.mark === 'shown' && base?.value !== null ? recounted.value : null;
    return { value: value ?? leftOut(base?.value === 0 ? 'none' : 'small-base'), base };
  }
  const value = added(all.map((each) => each.value));
  if (base?.value !== undefined && base.value !== null && base.value > 0 && base.value < rule.smallestBase) {
    return { value: leftOut('small-base'), base };
  }
  return { value, base };
}

/** The sum of what is published, as exact as that is. */
function added(numbers: readonly ShownNumber[]): ShownNumber {
  let [from, to] = [0, 0];
  for (const each of numbers) {
    if (each.mark === 'none') continue;
    if (each.from === null || each.to === null) return leftOut('hidden');
    from += each.from;
    to += each.to;
  }
  return from === to ? exactly(from) : { mark: 'range', value: null, from, to };
}
