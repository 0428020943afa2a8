import type { ReviewCounts } from '@app/reviews';
import type { FigureGroup } from '../home/home-figures';
import { NO_FILTER, queueHref, type QueueState } from './queue-query';

/** What waits in complaint reviews, for the home page of those who work on them. Each figure opens its reviews. */
export function reviewFigures(counts: ReviewCounts): FigureGroup {
  const figure = (
    text: string,
    count: number,
    changes: Partial<QueueState>,
    pressing = false,
  ): FigureGroup['figures'][number] => ({
    text,
    count,
    shown: count.toLocaleString('en-GB'),
    href: queueHref(NO_FILTER, changes),
    isPressing: pressing && count > 0,
  });
  return {
    title: 'Complaint reviews',
    figures: [
      figure('My open reviews', counts.mine, { reviewer: 'me' }),
      figure('Decision overdue', counts.decideOverdue, { late: 'decide' }, true),
      figure('Papers overdue', counts.papersOverdue, { late: 'papers' }, true),
      figure('To check for others', counts.toCheck, { stage: 'check', reviewer: 'others' }),
      figure('Responses overdue', counts.responsesOverdue, { late: 'response' }, true),
    ],
  };
}
