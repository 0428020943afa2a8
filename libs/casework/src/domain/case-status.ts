export const CASE_STATUSES = [
  'received',
  'triaged',
  'allocated',
  'in-progress',
  'drafted',
  'approved',
  'sent',
  'closed',
  'paused',
  'forwarded',
  'reopened',
  'no-reply-needed',
  'quarantined',
] as const;
export type CaseStatus = (typeof CASE_STATUSES)[number];

/** What people can do with a case: the actions of the API, by name. */
export const CASE_ACTIONS = [
  'triage',
  'allocate',
  'take',
  'transfer',
  'forward',
  'pause',
  'resume',
  'extend',
  'draft',
  'submit',
  'approve',
  'send-back',
  'send',
  'hold-update',
  'close',
  'reopen',
  'link',
  'note',
  'mark-spam',
  'release',
  'confirm-risk',
  'confirm-sender',
  'restrict',
  'unrestrict',
  'declare-conflict',
] as const;
export type CaseAction = (typeof CASE_ACTIONS)[number];

const ALWAYS: readonly CaseAction[] = [
  'note',
  'link',
  'confirm-risk',
  'confirm-sender',
  'restrict',
  'unrestrict',
  'declare-conflict',
];
const WORKING: readonly CaseAction[] = [
  'triage',
  'allocate',
  'take',
  'transfer',
  'forward',
  'pause',
  'extend',
  'draft',
  'send',
  'hold-update',
  'close',
  'mark-spam',
];

/** The one table of allowed actions: rules check it, and what is shown to people is read from it. */
const ALLOWED: Readonly<Record<CaseStatus, readonly CaseAction[]>> = {
  received: [...ALWAYS, ...WORKING],
  triaged: [...ALWAYS, ...WORKING],
  allocated: [...ALWAYS, ...WORKING],
  'in-progress': [...ALWAYS, ...WORKING],
  drafted: [...ALWAYS, ...WORKING, 'submit', 'approve', 'send-back'],
  approved: [...ALWAYS, ...WORKING, 'send-back'],
  sent: [...ALWAYS, 'draft', 'send', 'forward', 'close', 'reopen', 'allocate', 'take', 'transfer'],
  forwarded: [...ALWAYS, ...WORKING],
  reopened: [...ALWAYS, ...WORKING],
  paused: [...ALWAYS, 'resume', 'close', 'allocate', 'transfer', 'send', 'hold-update'],
  closed: [...ALWAYS, 'reopen'],
  'no-reply-needed': [...ALWAYS, 'reopen'],
  quarantined: [...ALWAYS, 'release', 'close'],
};

const ENDED: readonly CaseStatus[] = ['closed', 'no-reply-needed'];

export function allowedActions(status: CaseStatus): readonly CaseAction[] {
  return ALLOWED[status];
}

/** No more work is expected on it. */
export function isEnded(status: CaseStatus): boolean {
  return ENDED.includes(status);
}
