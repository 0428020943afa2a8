import type { ScrutinyDue } from '@app/scrutiny';
import type { Figure, FigureGroup } from '../home/home-figures';

/** What of the oversight of the force is late or comes up, for the home page. */
export function scrutinyFiguresOf(due: ScrutinyDue): FigureGroup {
  const figure = (text: string, count: number, href: string, isLate: boolean): Figure => ({
    ...{ text, count, shown: count.toLocaleString('en-GB'), href: `/staff/scrutiny/${href}` },
    isPressing: isLate && count > 0,
  });
  return {
    title: 'Oversight of the force',
    figures: [
      figure('12-month notices overdue', due.noticesOverdue, 'notices', true),
      figure('Updates overdue', due.updatesOverdue, 'chief-constable', true),
      figure('Updates due in seven days', due.updatesDue, 'chief-constable', false),
    ],
  };
}
