import type { DueCount, DueReport } from '@app/timeliness';
import { shortDay } from '../worklist/due-in-words';
import type { NameOf } from './group-names';

export interface LateCell {
  readonly label: string;
  readonly cases: number;
  readonly href: string;
}

export interface LateRow {
  readonly name: string;
  readonly cells: readonly LateCell[];
}

type Key = 'queue' | 'person';

/** Asks for exactly the cases of one number. An empty queue or person stands for those without. */
function href(report: DueReport, offices: readonly string[], parts: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(parts);
  for (const office of offices) query.append('office', office);
  query.set('asOf', report.asOf);
  return `/staff/figures/late/cases?${query.toString()}`;
}

/** One row for each queue or person with something due, whoever has most overdue first; nobody before all. */
export function lateRows(
  report: DueReport,
  offices: readonly string[],
  by: Key,
  nameOf: NameOf,
  only: (count: DueCount) => boolean = () => true,
  fixed: Readonly<Record<string, string>> = {},
): readonly LateRow[] {
  const counts = report.counts.filter(only);
  const values = [...new Set(counts.map((count) => count[by]))];
  return values
    .map((value) => {
      const own = counts.filter((count) => count[by] === value);
      const cells = cellsOf(report, own, (parts) => href(report, offices, { ...fixed, [by]: value ?? '', ...parts }));
      return { value, name: nameOf(value), cells };
    })
    .sort((a, b) => {
      if ((a.value === null) !== (b.value === null)) return a.value === null ? -1 : 1;
      return (b.cells[0]?.cases ?? 0) - (a.cells[0]?.cases ?? 0) || a.name.localeCompare(b.name, 'en-GB');
    })
    .map(({ name, cells }) => ({ name, cells }));
}

/** All of them together. */
export function lateTotal(report: DueReport, offices: readonly string[]): LateRow {
  return {
    name: 'All together',
    cells: cellsOf(report, report.counts, (parts) => href(report, offices, parts)),
  };
}

function cellsOf(
  report: DueReport,
  counts: readonly DueCount[],
  hrefOf: (parts: Readonly<Record<string, string>>) => string,
): LateCell[] {
  const sum = (some: readonly DueCount[]): number => some.reduce((total, { cases }) => total + cases, 0);
  const columns = ['overdue', ...report.days];
  return [
    ...columns.map((due) => ({
      label: dueLabel(due, report.today),
      cases: sum(counts.filter((count) => count.due === due)),
      href: hrefOf({ due }),
    })),
    { label: 'In all', cases: sum(counts), href: hrefOf({}) },
  ];
}

/** "Overdue", "Today, Tue 24 November". */
export function dueLabel(due: string, today: string): string {
  if (due === 'overdue') return 'Overdue';
  const day = shortDay(due, today);
  return due === today ? `Today, ${day}` : day;
}
