import type { RecordedFact } from '../scrutiny-record';

export interface ChiefConstableStep {
  readonly what: string;
  readonly on: string;
  readonly code: string | null;
  readonly reasonsId: string | null;
}

export interface ChiefConstableState {
  readonly caseId: string;
  readonly startedOn: string;
  readonly updateDays: number;
  /** Whom the scheme of delegation gives it to, and the text that says where. */
  readonly delegatedTo: string;
  readonly delegationId: string | null;
  readonly conduct: string | null;
  readonly recording: string | null;
  readonly referral: {
    readonly decision: string;
    readonly sentOn: string | null;
    readonly criteria: Readonly<Record<string, string>>;
  } | null;
  readonly route: string | null;
  /** The days on which the complainant was told how it stands. */
  readonly updates: readonly string[];
  /** For each update, the day by which it was due. */
  readonly updatesDue: readonly string[];
  readonly updateDueOn: string | null;
  readonly outcome: string | null;
  readonly outcomeOn: string | null;
  readonly reviewRightsOn: string | null;
  /** What was decided, oldest first. */
  readonly steps: readonly ChiefConstableStep[];
}

const PREFIX = 'scrutiny.chief-constable-complaint-';

export function foldChiefConstableComplaint(
  state: ChiefConstableState | null,
  { type, data }: RecordedFact,
): ChiefConstableState {
  const text = (name: string): string | null => (typeof data[name] === 'string' ? data[name] : null);
  const what = type.startsWith(PREFIX) ? type.slice(PREFIX.length) : type;
  if (what === 'opened') {
    return {
      caseId: text('caseId') ?? '',
      startedOn: text('startedOn') ?? '',
      updateDays: Number(data.updateDays),
      delegatedTo: text('delegatedTo') ?? '',
      delegationId: text('delegationId'),
      ...{ conduct: null, recording: null, referral: null, route: null, updates: [], updatesDue: [] },
      updateDueOn: text('updateDueOn'),
      ...{ outcome: null, outcomeOn: null, reviewRightsOn: null, steps: [] },
    };
  }
  if (state === null) throw new Error(`${type} before the complaint was opened`);
  const on = text('on') ?? '';
  const code = text('conduct') ?? text('decision') ?? text('route') ?? text('outcome');
  const next = { ...state, steps: [...state.steps, { what, on, code, reasonsId: text('reasonsId') }] };
  switch (what) {
    case 'assessed':
      return {
        ...next,
        conduct: text('conduct'),
        updateDueOn: text('conduct') === 'personal' ? next.updateDueOn : null,
      };
    case 'recording-decided':
      return { ...next, recording: text('decision') };
    case 'referral-tested': {
      const criteria = data.criteria as Readonly<Record<string, string>>;
      return { ...next, referral: { decision: text('decision') ?? '', sentOn: text('sentOn'), criteria } };
    }
    case 'route-chosen':
      return { ...next, route: text('route') };
    case 'update-given':
      return {
        ...next,
        updates: [...next.updates, on],
        updatesDue: [...next.updatesDue, text('dueOn') ?? ''],
        updateDueOn: text('nextDueOn'),
      };
    case 'outcome-recorded':
      return {
        ...next,
        outcome: text('outcome'),
        outcomeOn: on,
        reviewRightsOn: text('reviewRightsOn'),
        updateDueOn: null,
      };
    default:
      return next;
  }
}
