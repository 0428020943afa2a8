import type { OutgoingKind, OutgoingStatus } from '@app/notifications';

const STATUS: Readonly<Record<OutgoingStatus, { readonly text: string; readonly classes: string }>> = {
  queued: { text: 'Waiting', classes: 'govuk-tag--blue' },
  sending: { text: 'Going out', classes: 'govuk-tag--blue' },
  sent: { text: 'Sent', classes: 'govuk-tag--green' },
  uncertain: { text: 'In doubt', classes: 'govuk-tag--orange' },
  failed: { text: 'Refused', classes: 'govuk-tag--red' },
  bounced: { text: 'Came back', classes: 'govuk-tag--red' },
  cancelled: { text: 'Taken back', classes: 'govuk-tag--grey' },
};

const KIND: Readonly<Record<OutgoingKind, string>> = {
  acknowledgement: 'Acknowledgement',
  reply: 'Reply',
  'holding-update': 'Holding update',
  forward: 'Letter to a destination',
  notice: 'Notice to the sender',
  'risk-alert': 'Risk alert to staff',
  'deadline-warning': 'Deadline warning to staff',
  digest: 'Daily mail to staff',
  'follow-link': 'Link to follow the case',
  letter: 'Letter as a file',
  'draft-link': 'Link to an application that was begun',
};

export function outgoingStatus(status: OutgoingStatus): { readonly text: string; readonly classes: string } {
  return STATUS[status];
}

export function kindInWords(kind: OutgoingKind): string {
  // Other contexts add kinds of their own; a page must not fail over one.
  return KIND[kind] ?? kind;
}

/** It has not begun to go out. */
export function isCancellable(status: OutgoingStatus): boolean {
  return status === 'queued';
}
