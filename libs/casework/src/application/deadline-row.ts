import type { DeadlinePolicy, Pause } from '@app/kernel';
import type { CaseDeadline } from '../domain/case-deadlines';
import type { ClockName } from '../domain/case.events';
import type { CaseState } from '../domain/case-state';

/** A row of `deadline` as SQL gives it, days as text. */
export interface DeadlineRow {
  id: string;
  clock: ClockName;
  policy: DeadlinePolicy;
  from_day: string;
  pauses: Pause[];
  extension: { to: string } | null;
  calendar_version: number;
  due_on: string | null;
  moved_from: string | null;
  moved_because: string | null;
  status: CaseDeadline['status'];
  met_on: string | null;
  created_at: Date;
}

export function toDeadline(row: DeadlineRow): CaseDeadline {
  return {
    id: row.id,
    clock: row.clock,
    policy: row.policy,
    fromDay: row.from_day,
    pauses: row.pauses,
    extendedTo: row.extension?.to ?? null,
    calendarVersion: row.calendar_version,
    dueOn: row.due_on,
    movedFrom: row.moved_from,
    movedBecause: row.moved_because,
    status: row.status,
    metOn: row.met_on,
    createdAt: row.created_at,
  };
}

export function toDeadlineRow(deadline: CaseDeadline, { id, office }: CaseState): Record<string, unknown> {
  return {
    id: deadline.id,
    case_id: id,
    office,
    clock: deadline.clock,
    policy: deadline.policy,
    from_day: deadline.fromDay,
    pauses: deadline.pauses,
    extension: deadline.extendedTo === null ? null : { to: deadline.extendedTo },
    calendar_version: deadline.calendarVersion,
    due_on: deadline.dueOn,
    moved_from: deadline.movedFrom,
    moved_because: deadline.movedBecause,
    status: deadline.status,
    met_on: deadline.metOn,
    created_at: deadline.createdAt,
  };
}
