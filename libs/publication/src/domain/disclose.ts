import { isMeasure, type FigureNumbers, type FigureUnit, type PublishedFigure } from './published-figure';
import { exactly, leftOut, type ShownFigure, type ShownMeasure, type ShownNumber } from './shown-figure';
import { suppress, type Disclosure, type Sum } from './suppression';

/** From which counts on, and from how many measured on, figures are published. A dated setting. */
export interface SmallNumberRule {
  readonly smallestCount: number;
  readonly smallestBase: number;
}

/** Not printed: what a percentage leaves of its base. */
const REST = '#rest';

interface Places {
  readonly value: string | null;
  readonly rest: string | null;
  readonly base: string | null;
}
type Disclosures = ReadonlyMap<string, Disclosure>;
type Quarterly = Omit<ShownFigure, 'yearToDate' | 'splits'> & {
  readonly splits: readonly {
    readonly key: string;
    readonly title: string;
    readonly groups: readonly { readonly key: string; readonly title: string; readonly quarter: ShownMeasure }[];
  }[];
};

/** Figures of one period as they may be published: what is small is left out, and nothing gives it away. */
export function disclose(figures: readonly PublishedFigure[], rule: SmallNumberRule): readonly Quarterly[] {
  const counts = new Map<string, number>();
  const sums: Sum[] = [];
  for (const figure of figures) addFigure(figure, counts, sums);
  const found = suppress(counts, sums, rule.smallestCount, (place) => !place.endsWith(REST));
  return figures.map((figure) => ({
    key: figure.key,
    theme: figure.theme,
    title: figure.title,
    definition: figure.definition,
    unit: figure.unit,
    isAtEnd: figure.isAtEnd ?? false,
    quarter: shown(figure, figure.unit, placesOf(figure), found, rule),
    splits: figure.splitBy.map(({ key, title, groups }) => ({
      key,
      title,
      groups: groups.map((group) => ({
        key: group.key,
        title: group.title,
        quarter: shown(group, figure.unit, placesOfGroup(figure, key, group.key), found, rule),
      })),
    })),
  }));
}

/** The counts of a figure and the sums that every reader can make of them. */
function addFigure(figure: PublishedFigure, counts: Map<string, number>, sums: Sum[]): void {
  const add = (places: Places, { value, base }: FigureNumbers): void => {
    if (places.value !== null) counts.set(places.value, value ?? 0);
    if (places.base !== null) counts.set(places.base, base ?? 0);
    if (places.value === null || places.base === null || places.rest === null) return;
    // What a percentage leaves of its base can be worked out, so it is a count like any other.
    counts.set(places.rest, (base ?? 0) - (value ?? 0));
    sums.push({ whole: places.base, parts: [places.value, places.rest] });
  };
  const own = placesOf(figure);
  add(own, figure);
  for (const { key, groups } of figure.splitBy) {
    const places = groups.map((group) => {
      const of = placesOfGroup(figure, key, group.key);
      add(of, group);
      return of;
    });
    for (const part of ['value', 'rest', 'base'] as const) {
      const whole = own[part];
      const parts = places.flatMap((each) => each[part] ?? []);
      if (whole !== null && parts.length > 0) sums.push({ whole, parts });
    }
  }
}

function placesOf({ key, unit, valueIs, baseIs }: PublishedFigure): Places {
  return {
    value: isMeasure(unit) ? null : (valueIs ?? key),
    rest: unit === 'share' ? `${key}${REST}` : null,
    base: unit === 'number' ? null : (baseIs ?? `${key}#base`),
  };
}

function placesOfGroup({ key, unit }: PublishedFigure, split: string, group: string): Places {
  const place = `${key}/${split}/${group}`;
  return {
    value: isMeasure(unit) ? null : place,
    rest: unit === 'share' ? `${place}${REST}` : null,
    base: unit === 'number' ? null : `${place}#base`,
  };
}

function shown(
  { value, base }: FigureNumbers,
  unit: FigureUnit,
  places: Places,
  found: Disclosures,
  { smallestCount, smallestBase }: SmallNumberRule,
): ShownMeasure {
  const count = (place: string | null, number: number | null): ShownNumber => {
    const disclosure = place === null ? 'shown' : (found.get(place) ?? 'shown');
    if (disclosure === 'shown') return exactly(number ?? 0);
    return disclosure === 'small' ? leftOut('small', 1, smallestCount - 1) : leftOut('hidden');
  };
  if (unit === 'number') return { value: value === null ? leftOut('none') : count(places.value, value), base: null };
  const shownBase = count(places.base, base);
  if (isMeasure(unit)) {
    if (value === null || base === null || base === 0) return { value: leftOut('none'), base: exactly(0) };
    const isSafe = shownBase.mark === 'shown' && base >= smallestBase;
    return { value: isSafe ? exactly(value) : leftOut('small-base'), base: shownBase };
  }
  const shownValue = count(places.value, value);
  const restIsSmall = places.rest !== null && found.get(places.rest) === 'small';
  if (shownValue.mark === 'hidden' && restIsSmall && shownBase.value !== null) {
    // All but fewer than five of them: no more than is said of what is left.
    const [from, to] = [shownBase.value - smallestCount + 1, shownBase.value - 1];
    return { value: { mark: 'range', value: null, from, to }, base: shownBase };
  }
  if (shownValue.mark === 'shown' && shownBase.mark === 'shown' && (base ?? 0) > 0 && (base ?? 0) < smallestBase) {
    return { value: leftOut('small-base'), base: shownBase };
  }
  return { value: shownValue, base: shownBase };
}
