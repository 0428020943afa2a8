/** What a message is for. Stored in rows, events and Message-IDs: never renamed. */
export const OUTGOING_KINDS = [
  'acknowledgement',
  'reply',
  'holding-update',
  'forward',
  'notice',
  'risk-alert',
  'deadline-warning',
  'digest',
  'follow-link',
  'letter',
  'draft-link',
] as const;
export type OutgoingKind = (typeof OUTGOING_KINDS)[number];

/** Kinds that the correspondent's thread shows; the others go to staff and are not part of the correspondence. */
const IN_THREAD: ReadonlySet<OutgoingKind> = new Set([
  'acknowledgement',
  'reply',
  'holding-update',
  'forward',
  'notice',
  'letter',
]);

export function belongsToThread(kind: OutgoingKind): boolean {
  return IN_THREAD.has(kind);
}

export const OUTGOING_STATUSES = ['queued', 'sending', 'sent', 'uncertain', 'failed', 'bounced', 'cancelled'] as const;
export type OutgoingStatus = (typeof OUTGOING_STATUSES)[number];

/**
 * Which status may follow which. Only a person leads out of `uncertain`, except where proof turns up: the worker that
 * had sent it comes back with the outcome, or a bounce shows that it did leave.
 */
const NEXT: Readonly<Record<OutgoingStatus, readonly OutgoingStatus[]>> = {
  // Bounced straight from queued: asked for again after a doubt, and then the first copy came back.
  queued: ['sending', 'sent', 'cancelled', 'bounced'],
  sending: ['sent', 'queued', 'failed', 'uncertain', 'bounced'],
  sent: ['bounced'],
  uncertain: ['sent', 'queued', 'failed', 'bounced'],
  failed: ['sending', 'sent', 'queued'],
  bounced: [],
  cancelled: [],
};

export function mayBecome(from: OutgoingStatus, to: OutgoingStatus): boolean {
  return NEXT[from].includes(to);
}

/** The statuses from which `to` can be reached. */
export function statusesBefore(to: OutgoingStatus): OutgoingStatus[] {
  return OUTGOING_STATUSES.filter((status) => mayBecome(status, to));
}
