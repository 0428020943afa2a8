import { FAULTS, type FaultKind, type Reconciliation } from './reconciliation';

/** Entries of faults in all: however many kinds there are, the screen must hold them. */
const LISTED = 10;
const LISTED_DAYS = 7;
const WIDTH = 79;

const FAULT_WORDS: Readonly<Record<FaultKind, string>> = {
  unaccounted: 'unaccounted for',
  ownerless: 'open without owner or queue',
  clockless: 'open without a clock',
  gaps: 'wrong in the numbering',
  duplicates: 'there more than once',
};

/** The certificate as plain text of one screen: first whether all is well, then what is wrong, then the account. */
export function renderCertificate(certificate: Reconciliation): string {
  return [
    ...verdict(certificate),
    '',
    ...faults(certificate),
    `Reconciliation of ${certificate.from} to ${certificate.to}, ${officesInWords(certificate.offices)}`,
    `Checked at ${certificate.checkedAt}`,
    '',
    ...account(certificate),
    '',
    ...byDay(certificate),
  ]
    .map((line) => (line.length > WIDTH ? `${line.slice(0, WIDTH - 1)}…` : line).trimEnd())
    .join('\n')
    .trimEnd();
}

function verdict({ ok, counts, received, pending }: Reconciliation): string[] {
  if (ok) {
    const waiting = pending > 0 ? `, ${String(pending)} being filed` : '';
    return [`OK: all ${String(received)} items received are accounted for${waiting}`];
  }
  const wrong = FAULTS.filter((fault) => counts[fault] > 0);
  return wrong.map((fault, index) => {
    const said = `${String(counts[fault])} ${FAULT_WORDS[fault]}`;
    return index === 0 ? `NOT OK: ${said}` : `        ${said}`;
  });
}

function faults(certificate: Reconciliation): string[] {
  const { unaccounted, ownerless, clockless, gaps, duplicates, counts } = certificate;
  const lines: Readonly<Record<FaultKind, string[]>> = {
    unaccounted: unaccounted.map((each) => `${each.reference ?? each.id}  ${each.why}`),
    ownerless: ownerless.map((each) => `${each.reference}  ${each.status}, received ${each.receivedOn}`),
    clockless: clockless.map((each) => `${each.reference}  ${each.status}, received ${each.receivedOn}`),
    gaps: gaps.map((each) => `${each.office} ${String(each.year)} number ${String(each.number)}  ${each.why}`),
    duplicates: duplicates.map((each) => `${each.office}  ${each.why}`),
  };
  const wrong = FAULTS.filter((fault) => counts[fault] > 0);
  return wrong.flatMap((fault) => {
    const shown = lines[fault].slice(0, Math.floor(LISTED / wrong.length));
    const more = counts[fault] - shown.length;
    const heading = `${FAULT_WORDS[fault].charAt(0).toUpperCase()}${FAULT_WORDS[fault].slice(1)}:`;
    return [heading, ...shown.map((line) => `  ${line}`), ...(more > 0 ? [`  and ${String(more)} more`] : []), ''];
  });
}

function account(certificate: Reconciliation): string[] {
  const { counts, seal } = certificate;
  const rows: [string, number][] = [
    ['Received (distinct items)', certificate.received],
    ...Object.entries(certificate.byOutcome)
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([outcome, number]): [string, number] => [`  ${outcome}`, number]),
    ['  being filed, under five minutes', certificate.pending],
    ['Received again (same bytes)', certificate.redelivered],
    ['Unaccounted for', counts.unaccounted],
    ['Open without owner or queue', counts.ownerless],
    ['Open without a clock', counts.clockless],
    ['Wrong in the numbering', counts.gaps],
    ['There more than once', counts.duplicates],
    ['Needs attention', certificate.needsAttention],
    ['Outgoing, not sent or uncertain', counts.unsent],
  ];
  const sealed = seal ? `${seal.day}, ${String(seal.events)} events, root ${seal.root.slice(0, 16)}` : 'not yet';
  return [...rows.map(([name, number]) => `${name.padEnd(36)}${String(number).padStart(9)}`), `Log sealed: ${sealed}`];
}

function byDay({ byDay: days }: Reconciliation): string[] {
  const shown = days.slice(-LISTED_DAYS);
  if (shown.length === 0) return [];
  const cells = (day: string, mailbox: string, ...numbers: (string | number)[]): string =>
    `${day.padEnd(11)}${fit(mailbox, 28).padEnd(29)}${numbers.map((number) => String(number).padStart(9)).join('')}`;
  const earlier = days.length - shown.length;
  return [
    cells('Day', 'Mailbox', 'received', 'again', 'filed', 'open'),
    ...shown.map((each) => {
      const open = each.pending + each.unaccounted;
      return cells(each.day, each.mailbox, each.received, each.redelivered, each.received - open, open);
    }),
    ...(earlier > 0 ? [`and ${String(earlier)} earlier`] : []),
  ];
}

function fit(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 1)}…` : text;
}

function officesInWords(offices: readonly string[] | null): string {
  return offices === null ? 'all offices' : offices.join(', ');
}
