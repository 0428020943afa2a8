import type { CaseTimeliness } from './case-timeliness';
import type { HistoryRow } from './fold-history';

const STATE_COLUMNS = {
  caseId: 'case_id',
  office: 'office',
  reference: 'reference',
  kind: 'kind',
  channel: 'channel',
  category: 'category',
  queue: 'queue',
  assignee: 'assignee',
  priority: 'priority',
  riskLevel: 'risk_level',
  status: 'status',
  statusBeforePause: 'status_before_pause',
  receivedOn: 'received_on',
  waitingSince: 'waiting_since',
  acknowledgeBy: 'acknowledge_by',
  acknowledgedOn: 'acknowledged_on',
  respondBy: 'respond_by',
  answeredOn: 'answered_on',
  closedOn: 'closed_on',
  counted: 'counted',
  pauses: 'pauses',
} as const satisfies Record<keyof CaseTimeliness, string>;

type StateRecord = { [K in keyof CaseTimeliness as (typeof STATE_COLUMNS)[K]]: CaseTimeliness[K] };

/** A row of timeliness_history as JSON carries it. */
export interface HistoryRecord extends StateRecord {
  readonly recorded_from: string;
  readonly recorded_to: string | null;
  readonly position: number;
}

const STATE_KEYS = Object.keys(STATE_COLUMNS) as (keyof CaseTimeliness)[];

/** The columns of timeliness_history. */
export const HISTORY_COLUMNS: readonly (keyof HistoryRecord)[] = [
  'recorded_from',
  'recorded_to',
  'position',
  ...Object.values(STATE_COLUMNS),
];

/** To the table. */
export function toHistoryRecord({ recordedFrom, recordedTo, position, state }: HistoryRow): HistoryRecord {
  return {
    recorded_from: recordedFrom.toISOString(),
    recorded_to: recordedTo?.toISOString() ?? null,
    position,
    ...(Object.fromEntries(STATE_KEYS.map((key) => [STATE_COLUMNS[key], state[key]])) as unknown as StateRecord),
  };
}

/** From the table; every key in one order, so that equal states are equal as text. */
export function toHistoryRow(record: HistoryRecord): HistoryRow {
  const state = Object.fromEntries(
    STATE_KEYS.map((key) => [key, record[STATE_COLUMNS[key]]]),
  ) as unknown as CaseTimeliness;
  return {
    recordedFrom: new Date(record.recorded_from),
    recordedTo: record.recorded_to === null ? null : new Date(record.recorded_to),
    position: record.position,
    state: { ...state, pauses: state.pauses.map(({ from, to }) => ({ from, to })) },
  };
}
