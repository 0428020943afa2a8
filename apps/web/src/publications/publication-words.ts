import { periodInWords, publicationKind, shortDay, type VersionState } from '@app/publication';

/** A state as staff read it; a colour besides, never alone. */
export const STATE_WORDS: Readonly<Record<VersionState, { readonly text: string; readonly colour: string }>> = {
  draft: { text: 'Draft', colour: 'grey' },
  'to-check': { text: 'Waiting for a check', colour: 'yellow' },
  checked: { text: 'Checked, ready to publish', colour: 'blue' },
  published: { text: 'Published', colour: 'green' },
  superseded: { text: 'Superseded', colour: 'grey' },
  withdrawn: { text: 'Withdrawn', colour: 'red' },
};

export const EVENT_WORDS: Readonly<Record<string, string>> = {
  'publication.started': 'Started',
  'publication.figures-taken': 'Figures counted',
  'publication.narratives-written': 'Text or bulletins changed',
  'publication.submitted': 'Sent to be checked',
  'publication.checked': 'Checked',
  'publication.sent-back': 'Sent back',
  'publication.published': 'Published',
  'publication.superseded': 'Superseded',
  'publication.correction-started': 'Correction begun',
  'publication.withdrawn': 'Withdrawn',
};

export function titleOf(kind: string): string {
  return publicationKind(kind)?.title ?? kind;
}

export function titleWithPeriod({
  kind,
  from,
  to,
}: {
  readonly kind: string;
  readonly from: string;
  readonly to: string;
}): string {
  return `${titleOf(kind)}, ${periodInWords({ from, to })}`;
}

/** "due by 31 January 2027", "overdue since 31 January 2027". */
export function dueInWords(dueOn: string, today: string): string {
  return dueOn < today ? `overdue since ${shortDay(dueOn)}` : `due by ${shortDay(dueOn)}`;
}
