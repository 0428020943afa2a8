import type { FigureFrame } from '../application/counted-cases';
import { FIGURES, type Breakdown, type FigureKey } from '../domain/figures';

interface FigureConditions {
  readonly counted: string;
  readonly outOf: string;
}

const OFFICES = '$2::text[]';
const FROM = '$3::date';
const TO = '$4::date';
const AS_OF_DAY = '$5::date';
const OPEN_DAY = '$6::date';
const WITHIN_5 = '$7::date';
const WITHIN_10 = '$8::date';
const WITHIN_20 = '$9::date';

/** The values of $1 to $9: every statement over the history takes the same. */
export function frameParameters({ asOf, offices, from, to, asOfDay, openDay, ageStarts }: FigureFrame): unknown[] {
  return [asOf, offices, from, to, asOfDay, openDay, ...ageStarts];
}

/** The rows that held at the instant, one per case that counts. */
export const HELD_ROWS = `
  coalesce(h.recorded_to, 'infinity'::timestamptz) > $1::timestamptz AND h.recorded_from <= $1::timestamptz
  AND h.office = ANY (${OFFICES}) AND h.counted
  -- Gives every parameter its type, also where a figure does not need it.
  AND ROW(${FROM}, ${TO}, ${AS_OF_DAY}, ${OPEN_DAY}, ${WITHIN_5}, ${WITHIN_10}, ${WITHIN_20}) IS NOT NULL`;

const RECEIVED = `h.received_on BETWEEN ${FROM} AND ${TO}`;
const CLOSED = `h.closed_on BETWEEN ${FROM} AND ${TO}`;
const OPEN = `h.waiting_since <= ${OPEN_DAY} AND (h.closed_on IS NULL OR h.closed_on > ${OPEN_DAY})`;

/** Answered in the period: what the working days to answer are measured on. */
export const ANSWERED = `h.answered_on BETWEEN ${FROM} AND ${TO}`;

function ofOpen(condition: string): FigureConditions {
  return { counted: `${OPEN} AND ${condition}`, outOf: OPEN };
}

function inTime(due: string, done: string): FigureConditions {
  // Closed without being done: nobody needed it. Not done and not past its day: neither a hit nor a miss.
  const outOf = `h.${due} BETWEEN ${FROM} AND ${TO}
    AND (h.${done} IS NOT NULL OR (h.closed_on IS NULL AND h.${due} < ${AS_OF_DAY}))`;
  return { counted: `${outOf} AND h.${done} <= h.${due}`, outOf };
}

function all(condition: string): FigureConditions {
  return { counted: condition, outOf: condition };
}

/** Which cases each figure counts, and out of which. */
export const FIGURE_CONDITIONS: Readonly<Record<FigureKey, FigureConditions>> = {
  received: all(RECEIVED),
  'acknowledged-in-time': inTime('acknowledge_by', 'acknowledged_on'),
  'answered-in-time': inTime('respond_by', 'answered_on'),
  open: all(OPEN),
  'open-0-5': ofOpen(`h.waiting_since >= ${WITHIN_5}`),
  'open-6-10': ofOpen(`h.waiting_since >= ${WITHIN_10} AND h.waiting_since < ${WITHIN_5}`),
  'open-11-20': ofOpen(`h.waiting_since >= ${WITHIN_20} AND h.waiting_since < ${WITHIN_10}`),
  'open-over-20': ofOpen(`h.waiting_since < ${WITHIN_20}`),
  overdue: ofOpen(`h.respond_by < ${OPEN_DAY} AND (h.answered_on IS NULL OR h.answered_on > ${OPEN_DAY})`),
  'median-working-days': all(ANSWERED),
  'median-working-days-net': all(ANSWERED),
  'p90-working-days': all(ANSWERED),
  'p90-working-days-net': all(ANSWERED),
  unassigned: ofOpen('h.assignee IS NULL'),
  closed: all(CLOSED),
  'received-per-week': all(RECEIVED),
  'closed-per-week': all(CLOSED),
};

const BREAKDOWN_COLUMNS: Readonly<Record<Breakdown, string>> = {
  office: 'h.office',
  channel: 'h.channel',
  category: 'h.category',
  queue: 'h.queue',
  person: 'h.assignee',
  priority: 'h.priority',
  risk: 'h.risk_level',
};

/** The text by which cases are grouped; weeks by their Monday. */
export function groupOf(by: Breakdown | 'week' | null, figure: FigureKey | undefined): string {
  if (by === null) return 'NULL::text';
  if (by !== 'week') return BREAKDOWN_COLUMNS[by];
  const definition = figure === undefined ? undefined : FIGURES[figure];
  const isClosed = definition !== undefined && 'weekOf' in definition && definition.weekOf === 'closed';
  const day = isClosed ? 'h.closed_on' : 'h.received_on';
  return `(${day} - (extract(isodow FROM ${day})::int - 1))::text`;
}

/** A case that is restricted to others counts like any other, but is not named to those who may not know of it. */
export const SHOWN_REFERENCE = `CASE WHEN h.case_id = ANY ((SELECT hidden_cases())::uuid[]) THEN NULL ELSE h.reference END`;
