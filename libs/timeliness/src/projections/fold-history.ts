import type { CaseEventData, CaseEventType } from '@app/casework';
import type { JsonObject } from '@app/kernel';
import type { StoredEvent } from '@app/platform';
import { CASE_CHANGES, openedCase } from './case-changes';
import type { CaseTimeliness } from './case-timeliness';

/** What held of a case in one interval of recorded time; open at the end while it still holds. */
export interface HistoryRow {
  readonly recordedFrom: Date;
  readonly recordedTo: Date | null;
  /** Of the event that brought it. */
  readonly position: number;
  readonly state: CaseTimeliness;
}

type Fact = Pick<StoredEvent, 'type' | 'stream' | 'office' | 'data' | 'recordedAt' | 'position'>;

const OPENED = 'casework.case-opened' satisfies CaseEventType;
const CASE_ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The event types that the history is made of. */
export const HISTORY_EVENTS: readonly string[] = [OPENED, ...Object.keys(CASE_CHANGES)];

/** The case whose stream an event is on. */
export function caseIdOf({ stream }: { readonly stream: string }): string | null {
  return CASE_ID.exec(stream)?.[0] ?? null;
}

/**
 * Folds events, oldest first, onto the rows that hold now. Answers every row of the cases concerned that holds now or
 * ended on the way: however the events are cut into batches, the same history comes out.
 */
export function foldHistory(current: ReadonlyMap<string, HistoryRow>, events: readonly Fact[]): HistoryRow[] {
  const ended: HistoryRow[] = [];
  const open = new Map<string, HistoryRow>();
  for (const event of events) {
    const caseId = caseIdOf(event);
    if (caseId === null) continue;
    const before = open.get(caseId) ?? current.get(caseId);
    const after = next(before, event);
    if (!after) continue;
    open.set(caseId, after);
    // A state that held for no time cannot be asked for.
    if (before && before !== after && before.recordedFrom < after.recordedFrom) {
      ended.push({ ...before, recordedTo: after.recordedFrom });
    }
  }
  return [...ended, ...open.values()];
}

/** Undefined for an event of a case that was never opened: the reconciliation names it, the others go on. */
function next(before: HistoryRow | undefined, event: Fact): HistoryRow | undefined {
  const state = stateAfter(before?.state, event);
  if (!state) return before;
  if (before && JSON.stringify(state) === JSON.stringify(before.state)) return before;
  // Clocks of two processes may differ a little; within a case time never runs backwards.
  const recordedFrom = before && before.recordedFrom > event.recordedAt ? before.recordedFrom : event.recordedAt;
  return { recordedFrom, recordedTo: null, position: event.position ?? 0, state };
}

function stateAfter(before: CaseTimeliness | undefined, event: Fact): CaseTimeliness | undefined {
  if (event.type === OPENED) {
    return openedCase(event.office ?? '', event.data as unknown as CaseEventData[typeof OPENED]);
  }
  const change = CASE_CHANGES[event.type as CaseEventType] as
    ((before: CaseTimeliness, data: JsonObject) => Partial<CaseTimeliness>) | undefined;
  return before && change ? { ...before, ...change(before, event.data) } : undefined;
}
