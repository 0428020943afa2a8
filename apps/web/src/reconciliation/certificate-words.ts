import type { DayAccount, Reconciliation } from '@app/assurance';

const OUTCOMES: Readonly<Record<string, string>> = {
  'case-opened': 'opened a case',
  'filed-on-case': 'filed on a case',
  'bounce-filed': 'returned mail, filed',
  'automatic-reply-filed': 'automatic replies, filed',
  quarantined: 'held as spam',
  unreadable: 'unreadable, opened as a case for a person to look at',
};

/** What the chief executive reads first. */
export interface CertificateWords {
  readonly sentence: string;
  readonly verdict: string;
  readonly outcomes: readonly { readonly words: string; readonly count: number }[];
  readonly faults: readonly string[];
}

/** "Received 143, accounted for 143. Nothing is missing." */
export function certificateInWords(certificate: Reconciliation): CertificateWords {
  const { received, pending, counts, byOutcome, ok, byDay } = certificate;
  const accounted = received - pending - byDay.reduce((sum, day) => sum + day.unaccounted, 0);
  const parts = [`Received ${number(received)}, accounted for ${number(accounted)}`];
  if (pending > 0)
    parts.push(
      `${number(pending)} came in within the last five minutes and ${pending === 1 ? 'is' : 'are'} being filed`,
    );
  const faults = faultsInWords(counts);
  return {
    sentence: `${parts.join('; ')}.`,
    verdict: ok
      ? 'Nothing is missing.'
      : counts.unaccounted > 0
        ? 'Something is missing.'
        : 'Something needs putting right.',
    outcomes: Object.entries(byOutcome).map(([outcome, count]) => ({
      words: OUTCOMES[outcome] ?? outcome.replaceAll('-', ' '),
      count,
    })),
    faults,
  };
}

function faultsInWords(counts: Reconciliation['counts']): string[] {
  const said = (count: number, one: string, many: string): string[] =>
    count === 0 ? [] : [`${number(count)} ${count === 1 ? one : many}`];
  return [
    ...said(counts.unaccounted, 'item is not accounted for', 'items are not accounted for'),
    ...said(counts.ownerless, 'open case belongs to nobody', 'open cases belong to nobody'),
    ...said(counts.clockless, 'open case has no clock', 'open cases have no clock'),
    ...said(counts.gaps, 'fault in the numbering', 'faults in the numbering'),
    ...said(counts.duplicates, 'thing is there twice', 'things are there twice'),
    ...said(counts.unsent, 'message did not go out or may not have', 'messages did not go out or may not have'),
  ];
}

const WAYS_IN: Readonly<Record<string, string>> = {
  'web-form': 'Contact form',
  api: 'Written down or sent by another system',
};

/** The mailbox, or the way in that has none. */
export function wayIn(mailbox: string): string {
  return WAYS_IN[mailbox] ?? mailbox;
}

/** The accounted items of one line of the table. */
export function accountedOf({ received, pending, unaccounted }: DayAccount): number {
  return received - pending - unaccounted;
}

function number(count: number): string {
  return count.toLocaleString('en-GB');
}
