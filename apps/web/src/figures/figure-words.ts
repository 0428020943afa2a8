import type { Figure, FigureGroup } from '@app/timeliness';

const PAGE = '/staff/figures/cases';

/** A figure in words, with the links that open exactly the cases counted. */
export interface FigureCell {
  readonly value: string;
  readonly numerator: number;
  readonly denominator: number;
  readonly numeratorHref: string;
  readonly denominatorHref: string;
  /** A share of, or a measure over, other cases: both numbers say something. */
  readonly kind: 'cases' | 'share' | 'working-days';
  /** What the list holds, for who hears the link alone. */
  readonly what: string;
  /** For sorting; less than everything where there is nothing to measure. */
  readonly order: number;
}

type Counted = Pick<FigureGroup, 'value' | 'numerator' | 'denominator' | 'cases' | 'denominatorCases'>;

export function cellOf(figure: Figure, counted: Counted, group = ''): FigureCell {
  return {
    value: valueInWords(counted.value, figure.unit),
    numerator: counted.numerator,
    denominator: counted.denominator,
    numeratorHref: pageLink(counted.cases),
    denominatorHref: pageLink(counted.denominatorCases),
    kind: figure.unit,
    what: group === '' ? figure.name : `${figure.name}, ${group}`,
    order: counted.value ?? -1,
  };
}

export function valueInWords(value: number | null, unit: Figure['unit']): string {
  if (value === null) return 'None';
  if (unit === 'share') return `${String(Math.round(value * 1000) / 10)}%`;
  if (unit === 'cases') return value.toLocaleString('en-GB');
  return value === 1 ? '1 day' : `${value.toLocaleString('en-GB')} days`;
}

/** The page that lists what the programming interface lists under the link of a figure. */
export function pageLink(link: string): string {
  return `${PAGE}?${link.slice(link.indexOf('?') + 1)}`;
}
