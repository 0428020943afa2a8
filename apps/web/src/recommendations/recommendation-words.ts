import { isDay } from '@app/kernel';
import type { RecommendationStatus } from '@app/reviews';

/** Where a recommendation stands, in words, and the colour of its tag. */
const STATUS: Readonly<Record<RecommendationStatus, readonly [words: string, colour: string]>> = {
  'awaiting-response': ['Waiting for the response', 'govuk-tag--blue'],
  'awaiting-implementation': ['Accepted, to be implemented', 'govuk-tag--turquoise'],
  implemented: ['Implemented', 'govuk-tag--green'],
  'not-implemented': ['Not implemented', 'govuk-tag--orange'],
  rejected: ['Rejected', 'govuk-tag--grey'],
  withdrawn: ['Withdrawn', 'govuk-tag--grey'],
};

export const RESPONSE_WORDS: Readonly<Record<string, string>> = {
  accepted: 'Accepted',
  part: 'Accepted in part',
  rejected: 'Rejected',
};

export function statusTag(status: RecommendationStatus, isOverdue: boolean): { text: string; classes: string } {
  if (isOverdue) return { text: 'Response overdue', classes: 'govuk-tag--red postbag-tag' };
  const [text, colour] = STATUS[status];
  return { text, classes: `${colour} postbag-tag` };
}

export function statusInWords(status: RecommendationStatus): string {
  return STATUS[status][0];
}

/** `accepted` as "Accepted"; nothing where there is no response. */
export function responseInWords(response: string | null): string {
  return response === null ? '' : (RESPONSE_WORDS[response] ?? response);
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `2026-03-30` as "30 Mar 2026": short, for tables. */
export function shortDate(day: string | null): string {
  if (day === null || !isDay(day)) return '';
  const [year = '', month = '', date = ''] = day.split('-');
  return `${String(Number(date))} ${MONTHS[Number(month) - 1] ?? ''} ${year}`;
}

/** "1 day", "12 days". */
export function daysInWords(days: number): string {
  return days === 1 ? '1 day' : `${String(days)} days`;
}
