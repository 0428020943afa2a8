import type { OfficeWork } from '@app/casework';
import type { DuePublications } from '@app/publication';
import { officeInWords } from '../worklist/worklist-choices';

/** A figure that is a link to exactly what it counts. */
export interface Figure {
  readonly text: string;
  readonly count: number;
  /** With its thousands apart. */
  readonly shown: string;
  readonly href: string;
  /** Something is late or waits for a decision: said in words and weight, not by colour alone. */
  readonly isPressing: boolean;
}

export interface FigureGroup {
  readonly title: string;
  readonly figures: readonly Figure[];
}

type Counts = Omit<OfficeWork, 'office'>;

/** The work of all offices together. */
export function totalOf(offices: readonly OfficeWork[]): Counts {
  const sum = (name: keyof Counts): number => offices.reduce((total, each) => total + each[name], 0);
  return {
    open: sum('open'),
    mine: sum('mine'),
    mineOverdue: sum('mineOverdue'),
    mineDueToday: sum('mineDueToday'),
    mineDueThisWeek: sum('mineDueThisWeek'),
    overdue: sum('overdue'),
    dueToday: sum('dueToday'),
    dueThisWeek: sum('dueThisWeek'),
    unassigned: sum('unassigned'),
    toApprove: sum('toApprove'),
    quarantined: sum('quarantined'),
    riskAlerts: sum('riskAlerts'),
  };
}

const CASES = '/staff/cases?tab=';

/** The figures of the home page, those that the role has use for. */
export function groupsOf(
  work: Counts,
  { worksOnCases, canApprove }: { readonly worksOnCases: boolean; readonly canApprove: boolean },
  attention: number | null,
): FigureGroup[] {
  const figure = (text: string, count: number, href: string, pressing = false): Figure => ({
    text,
    count,
    shown: count.toLocaleString('en-GB'),
    href,
    isPressing: pressing && count > 0,
  });
  const own: FigureGroup = {
    title: 'My cases',
    figures: [
      figure('Overdue', work.mineOverdue, `${CASES}mine&due=overdue`, true),
      figure('Due today', work.mineDueToday, `${CASES}mine&due=today`, true),
      figure('Due this week', work.mineDueThisWeek, `${CASES}mine&due=this-week`),
      figure('All mine', work.mine, `${CASES}mine`),
    ],
  };
  const office: FigureGroup = {
    title: 'Everybody’s cases',
    figures: [
      figure('Overdue', work.overdue, `${CASES}overdue`, true),
      figure('Due today', work.dueToday, `${CASES}open&due=today`),
      figure('Due this week', work.dueThisWeek, `${CASES}open&due=this-week`),
      figure('Unassigned in my queues', work.unassigned, `${CASES}unassigned`),
      figure('All open', work.open, `${CASES}open`),
    ],
  };
  const decide: FigureGroup = {
    title: 'Waiting for a decision',
    figures: [
      figure('Risk alerts to confirm', work.riskAlerts, '/staff/risk-alerts', true),
      ...(canApprove ? [figure('Replies waiting for approval', work.toApprove, `${CASES}open&draft=submitted`)] : []),
      figure('Held as spam', work.quarantined, `${CASES}open&status=quarantined`),
      ...(attention === null ? [] : [figure('Needs attention', attention, '/staff/needs-attention', true)]),
    ],
  };
  return worksOnCases ? [own, decide, office] : [office, decide];
}

/** What is to be published or checked; nothing where nothing is. */
export function publicationGroups({ due, overdue, toCheck }: DuePublications): readonly FigureGroup[] {
  const figure = (text: string, count: number, isPressing: boolean): Figure => ({
    text,
    count,
    shown: count.toLocaleString('en-GB'),
    href: '/staff/publications',
    isPressing: isPressing && count > 0,
  });
  if (due === 0 && toCheck === 0) return [];
  return [
    {
      title: 'Publications',
      figures: [
        figure('Bulletins overdue on our page', overdue, true),
        figure('Bulletins to publish', due, false),
        figure('Waiting for a check', toCheck, false),
      ],
    },
  ];
}

/** For people of several offices: the same figures, an office a line. */
export function officeRowsOf(offices: readonly OfficeWork[]): readonly object[] {
  return offices.map(({ office, open, overdue, dueToday, dueThisWeek, unassigned, riskAlerts, toApprove }) => {
    const of = (tab: string, more = ''): string => `${CASES}${tab}&office=${office}${more}`;
    return {
      name: officeInWords(office),
      figures: [
        { text: 'Overdue', count: overdue, href: of('overdue') },
        { text: 'Due today', count: dueToday, href: of('open', '&due=today') },
        { text: 'Due this week', count: dueThisWeek, href: of('open', '&due=this-week') },
        { text: 'Unassigned', count: unassigned, href: of('unassigned') },
        { text: 'To approve', count: toApprove, href: of('open', '&draft=submitted') },
        { text: 'Risk alerts', count: riskAlerts, href: `/staff/risk-alerts?office=${office}` },
        { text: 'All open', count: open, href: of('open') },
      ],
    };
  });
}
