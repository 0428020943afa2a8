import type { CaseEventData, CaseEventType, ClockName, DeadlineFact } from '@app/casework';
import type { CaseTimeliness } from './case-timeliness';

type Changes = Partial<CaseTimeliness>;
type Change<T extends CaseEventType> = (before: CaseTimeliness, data: CaseEventData[T]) => Changes;

const NOT_YET_ALLOCATED = ['received', 'triaged', 'reopened'];
const NOT_YET_BEGUN = [...NOT_YET_ALLOCATED, 'allocated'];

const RISK_LEVELS = ['none', 'medium', 'high', 'critical'];

/** What each event of a case changes for its timeliness. Types that are not here change nothing. */
export const CASE_CHANGES: { readonly [T in CaseEventType]?: Change<T> } = {
  'casework.message-filed': (before, { riskLevel }) => raised(before, riskLevel),
  'casework.case-triaged': (before, { category, kind, priority, queue, byPerson }) => ({
    category,
    kind,
    priority,
    status: ['received', 'reopened'].includes(before.status) ? 'triaged' : before.status,
    // A proposal of the rules moves nothing by itself: the routing that follows does.
    ...(byPerson ? { queue } : {}),
  }),
  'casework.case-routed': (_, { queue }) => ({ queue }),
  'casework.case-allocated': ({ status }, { assignee }) => ({
    assignee,
    status: NOT_YET_ALLOCATED.includes(status) ? 'allocated' : status,
  }),
  'casework.case-taken': ({ status }, { assignee }) => ({
    assignee,
    status: NOT_YET_BEGUN.includes(status) ? 'in-progress' : status,
  }),
  'casework.case-transferred': (_, { queue }) => ({ queue, assignee: null }),
  'casework.conflict-declared': ({ assignee }, { person }) => (assignee === person ? { assignee: null } : {}),
  'casework.case-forwarded': () => ({ status: 'forwarded' }),
  'casework.case-paused': (before, { from, deadlines }) => ({
    status: 'paused',
    statusBeforePause: before.status,
    pauses: [...before.pauses, { from, to: null }],
    ...running(before, deadlines),
  }),
  'casework.case-resumed': (before, { on, deadlines }) => ({
    status: before.statusBeforePause ?? 'in-progress',
    ...endPause(before, on),
    ...running(before, deadlines),
  }),
  'casework.deadlines-set': (before, { deadlines }) => running(before, deadlines),
  'casework.deadline-extended': (_, { clock, to }) => moved(clock, to),
  'casework.deadline-moved': (_, { clock, to }) => moved(clock, to),
  'casework.acknowledged': ({ acknowledgedOn }, { on }) => ({ acknowledgedOn: acknowledgedOn ?? on }),
  'casework.reply-drafted': ({ assignee }, { by }) => ({ status: 'drafted', assignee: assignee ?? by }),
  'casework.reply-sent-back': () => ({ status: 'drafted' }),
  'casework.reply-approved': () => ({ status: 'approved' }),
  'casework.reply-sent': (before, { on }) => ({
    status: 'sent',
    // A further letter on an answered case does not make its answer later.
    answeredOn: before.answeredOn ?? on,
    acknowledgedOn: before.acknowledgedOn ?? on,
    ...endPause(before, on),
  }),
  'casework.reply-recalled': (before, { answered, acknowledged }) => ({
    status: 'approved',
    answeredOn: answered ? before.answeredOn : null,
    acknowledgedOn: acknowledged ? before.acknowledgedOn : null,
  }),
  'casework.case-closed': (before, { on }) => ({ status: 'closed', closedOn: on, ...endPause(before, on) }),
  'casework.case-joined': (before, { on }) => ({
    status: 'closed',
    closedOn: before.closedOn ?? on,
    // Counted once, as the case in which it goes on.
    counted: false,
    ...endPause(before, on),
  }),
  'casework.case-absorbed': (before, { riskLevel, deadlines }) => ({
    ...raised(before, riskLevel),
    ...running(before, deadlines),
  }),
  'casework.case-reopened': (before, { on, deadlines }) => ({
    status: 'reopened',
    queue: before.queue ?? 'triage',
    waitingSince: on,
    answeredOn: null,
    closedOn: null,
    // Whoever waits for an answer is counted, whatever the case began as.
    counted: before.counted || deadlines.length > 0,
    ...running({ ...before, answeredOn: null }, deadlines),
  }),
  'casework.case-quarantined': (before) => ({
    status: 'quarantined',
    queue: 'quarantine',
    counted: false,
    ...running(before, []),
  }),
  'casework.case-released': (before, { deadlines }) => ({
    status: 'received',
    queue: 'triage',
    counted: true,
    ...running(before, deadlines),
  }),
};

/** The state with which a case begins. */
export function openedCase(office: string, data: CaseEventData['casework.case-opened']): CaseTimeliness {
  const { caseId, reference, kind, channel, priority, riskLevel, receivedOn, acknowledgedOn, counted } = data;
  return {
    caseId,
    office,
    reference,
    kind,
    channel,
    category: null,
    // Every case begins in triage.
    queue: 'triage',
    assignee: null,
    priority,
    riskLevel,
    status: 'received',
    statusBeforePause: null,
    receivedOn,
    waitingSince: receivedOn,
    acknowledgeBy: dueOn(data.deadlines, 'acknowledge'),
    acknowledgedOn,
    respondBy: dueOn(data.deadlines, 'reply'),
    answeredOn: null,
    closedOn: null,
    counted,
    pauses: [],
  };
}

function raised(before: CaseTimeliness, riskLevel: string): Changes {
  return RISK_LEVELS.indexOf(riskLevel) > RISK_LEVELS.indexOf(before.riskLevel)
    ? { riskLevel, priority: 'urgent' }
    : {};
}

/** An event lists the clocks that run after it: one that is not listed was stopped, unless it is done. */
function running(
  before: Pick<CaseTimeliness, 'acknowledgeBy' | 'acknowledgedOn' | 'respondBy' | 'answeredOn'>,
  deadlines: readonly DeadlineFact[],
): Changes {
  return {
    acknowledgeBy: before.acknowledgedOn === null ? dueOn(deadlines, 'acknowledge') : before.acknowledgeBy,
    respondBy: before.answeredOn === null ? dueOn(deadlines, 'reply') : before.respondBy,
  };
}

function dueOn(deadlines: readonly DeadlineFact[], clock: ClockName): string | null {
  return deadlines.find((deadline) => deadline.clock === clock)?.dueOn ?? null;
}

function moved(clock: ClockName, to: string): Changes {
  if (clock === 'acknowledge') return { acknowledgeBy: to };
  return clock === 'reply' ? { respondBy: to } : {};
}

function endPause({ pauses }: CaseTimeliness, on: string): Changes {
  return {
    statusBeforePause: null,
    pauses: pauses.map((pause) => (pause.to === null ? { ...pause, to: on } : pause)),
  };
}
