import { dayInWords } from '@app/kernel';

/** A number, what it counts and where it opens. */
export interface DigestCount {
  readonly text: string;
  readonly count: number;
  readonly href: string;
}

/** A case in one's own list: nothing about whoever wrote. */
export interface DigestCase {
  readonly reference: string;
  readonly respondBy: string;
}

export interface DigestContent {
  readonly today: string;
  readonly counts: readonly DigestCount[];
  /** One's own cases that are due; null in a manager's letter. */
  readonly cases: readonly DigestCase[] | null;
  readonly moreCases: boolean;
  readonly publicUrl: string;
}

/** The daily letter: counts and references only, so that a mailbox never holds what the public wrote. */
export function digestLetter(content: DigestContent): { readonly subject: string; readonly body: string } {
  const { today, counts, cases, moreCases, publicUrl } = content;
  const lines = counts.map(({ text, count, href }) => `${text}: ${String(count)}\n  ${publicUrl}${href}`);
  const own =
    cases === null
      ? []
      : [
          cases.length === 0
            ? 'None of your cases is overdue or falls due in the next seven days.'
            : 'Your cases that are overdue or fall due in the next seven days:',
          ...cases.map(
            ({ reference, respondBy }) =>
              `${reference}, ${respondBy < today ? 'overdue since' : 'due'} ${dayInWords(respondBy)}\n  ${publicUrl}/staff/cases/${reference}`,
          ),
          ...(moreCases ? [`and more: ${publicUrl}/staff/cases?tab=mine`] : []),
        ];
  return {
    subject: `What is due: ${dayInWords(today)}`,
    body: [
      `${dayInWords(today)}`,
      ...lines,
      ...own,
      `You get this on working days. To stop it or start it again:\n  ${publicUrl}/staff/figures/digest`,
    ].join('\n\n'),
  };
}
