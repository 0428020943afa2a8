import { dayInWords } from '@app/kernel';
import { HANDLING_NOT_KNOWN, type ReviewBreakdown, type ReviewFigure, type ReviewNumbers } from '@app/review-figures';
import { officeInWords } from '../../worklist/worklist-choices';
import type { FigureCell } from '../figure-words';

const PAGE = '/staff/figures/reviews/cases';

/** A figure in words, with the links that open exactly the reviews counted. */
export function reviewCell(figure: ReviewFigure, counted: ReviewNumbers, group = ''): FigureCell {
  const { unit, measure, title } = figure;
  return {
    value: reviewValue(counted.value, unit),
    numerator: counted.numerator,
    denominator: counted.denominator,
    numeratorHref: reviewLink(counted.cases),
    denominatorHref: reviewLink(counted.denominatorCases),
    kind: measure === 'count' ? 'cases' : measure === 'share' ? 'share' : 'working-days',
    what: group === '' ? title : `${title}, ${group}`,
    order: counted.value ?? -1,
  };
}

export function reviewValue(value: number | null, unit: ReviewFigure['unit']): string {
  if (value === null) return 'None';
  if (unit === 'share') return `${String(Math.round(value * 1000) / 10)}%`;
  const isDays = unit === 'calendar-days' || unit === 'working-days';
  if (!isDays) return value.toLocaleString('en-GB');
  return value === 1 ? '1 day' : `${value.toLocaleString('en-GB')} days`;
}

/** The page that lists what the programming interface lists under the link of a figure. */
export function reviewLink(link: string): string {
  return `${PAGE}?${link.slice(link.indexOf('?') + 1)}`;
}

export function groupInWords(group: string, by: ReviewBreakdown): string {
  if (by === 'office') return officeInWords(group);
  if (by === 'month') return monthInWords(group);
  if (group === HANDLING_NOT_KNOWN) return 'Not known yet';
  return group === 'investigation' ? 'Investigated' : 'Otherwise than by investigation';
}

/** "Nov 2026" of `2026-11`. */
export function monthInWords(month: string): string {
  const [, , name = '', year = ''] = dayInWords(`${month}-01`).split(' ');
  return `${name.slice(0, 3)} ${year}`;
}
