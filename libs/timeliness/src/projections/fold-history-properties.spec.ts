import type { DeadlineFact } from '@app/casework';
import fc from 'fast-check';
import { aDeadline, anOpening, aTriage, CaseLog, type CaseFact } from '../testing/case-events';
import { foldHistory, type HistoryRow } from './fold-history';
import { toHistoryRecord, toHistoryRow, type HistoryRecord } from './history-record';

const CASES = [1, 2, 3].map((n) => `00000000-0000-4000-8000-00000000000${String(n)}`);
const day = fc.integer({ min: 1, max: 28 }).map((n) => `2026-03-${String(n).padStart(2, '0')}`);
const queue = fc.constantFrom('triage', 'caseworkers', 'finance');
const deadlines: fc.Arbitrary<DeadlineFact[]> = fc.oneof(
  fc.constant<DeadlineFact[]>([]),
  fc.option(day).map((dueOn) => [aDeadline('reply', dueOn)]),
  fc.tuple(day, day).map(([a, b]) => [aDeadline('acknowledge', a), aDeadline('reply', b)]),
);

type Write = (log: CaseLog, caseId: string, at: string) => void;

/** Anything may follow anything: the fold must not depend on the rules of the case. */
const write: fc.Arbitrary<Write> = fc.oneof(
  fc.boolean().map(
    (byPerson): Write =>
      (log, id, at) =>
        log.add(id, at, 'casework.case-triaged', aTriage({ byPerson })),
  ),
  queue.map(
    (to): Write =>
      (log, id, at) =>
        log.add(id, at, 'casework.case-routed', { queue: to }),
  ),
  queue.map(
    (assignee): Write =>
      (log, id, at) =>
        log.add(id, at, 'casework.case-allocated', { assignee }),
  ),
  fc.tuple(day, deadlines).map(
    ([from, set]): Write =>
      (log, id, at) =>
        log.pause(id, at, from, set),
  ),
  fc.tuple(day, deadlines).map(
    ([on, set]): Write =>
      (log, id, at) =>
        log.add(id, at, 'casework.case-resumed', { on, deadlines: set }),
  ),
  day.map(
    (on): Write =>
      (log, id, at) =>
        log.add(id, at, 'casework.reply-sent', { on, channel: 'email', outgoingMessageId: null }),
  ),
  day.map(
    (on): Write =>
      (log, id, at) =>
        log.add(id, at, 'casework.case-closed', { reason: 'answered', on }),
  ),
  fc.tuple(day, deadlines).map(
    ([on, set]): Write =>
      (log, id, at) =>
        log.add(id, at, 'casework.case-reopened', { on, because: 'new-message', deadlines: set }),
  ),
  fc.constant<Write>((log, id, at) => log.add(id, at, 'casework.case-quarantined', { score: 5 })),
  deadlines.map(
    (set): Write =>
      (log, id, at) =>
        log.add(id, at, 'casework.case-released', { deadlines: set }),
  ),
  fc.constant<Write>((log, id, at) =>
    log.add(id, at, 'casework.deadline-warned', { clock: 'reply', dueOn: '2026-03-09' }),
  ),
);

/** Several cases, interleaved; seconds repeat and sometimes run backwards. */
const logs = fc
  .array(fc.tuple(fc.constantFrom(...CASES), write, fc.integer({ min: -1, max: 2 })), { maxLength: 40 })
  .map((steps) => {
    const log = new CaseLog();
    const opened = new Set<string>();
    let seconds = 0;
    for (const [caseId, add, later] of steps) {
      seconds = Math.max(0, seconds + later);
      const at = new Date(Date.UTC(2026, 2, 2) + seconds * 1000).toISOString();
      if (!opened.has(caseId)) log.add(caseId, at, 'casework.case-opened', anOpening(caseId));
      opened.add(caseId);
      add(log, caseId, at);
    }
    return log.facts;
  });

/** The table as the projection leaves it, through the same text form. */
class Table {
  readonly records: HistoryRecord[] = [];

  apply(events: readonly CaseFact[]): void {
    const touched = new Set(events.map((event) => event.stream.slice('case-'.length)));
    const current = new Map<string, HistoryRow>();
    for (const record of [...this.records]) {
      if (record.recorded_to !== null || !touched.has(record.case_id)) continue;
      this.records.splice(this.records.indexOf(record), 1);
      current.set(record.case_id, toHistoryRow(record));
    }
    const rows = foldHistory(current, events).map(toHistoryRecord);
    this.records.push(...(JSON.parse(JSON.stringify(rows)) as HistoryRecord[]));
  }

  sorted(): HistoryRecord[] {
    return [...this.records].sort((a, b) => a.case_id.localeCompare(b.case_id) || a.position - b.position);
  }
}

describe('folding the events of cases', () => {
  it('gives the same rows however the events are cut into batches', () => {
    fc.assert(
      fc.property(logs, fc.array(fc.nat(60), { maxLength: 8 }), (facts, cuts) => {
        const whole = new Table();
        whole.apply(facts);
        const inBatches = new Table();
        const edges = [0, ...cuts.map((cut) => Math.min(cut, facts.length)), facts.length].sort((a, b) => a - b);
        edges.forEach((edge, index) => inBatches.apply(facts.slice(edges[index - 1] ?? 0, edge)));
        expect(inBatches.sorted()).toEqual(whole.sorted());
      }),
      { numRuns: 300 },
    );
  });

  it('covers the time since each opening without a gap or an overlap', () => {
    fc.assert(
      fc.property(logs, (facts) => {
        const table = new Table();
        table.apply(facts);
        for (const caseId of new Set(facts.map((fact) => fact.stream.slice('case-'.length)))) {
          const rows = table.sorted().filter((row) => row.case_id === caseId);
          rows.forEach((row, index) => {
            expect(row.recorded_to).toBe(rows[index + 1]?.recorded_from ?? null);
            if (row.recorded_to !== null) expect(row.recorded_from < row.recorded_to).toBe(true);
          });
        }
      }),
    );
  });
});
