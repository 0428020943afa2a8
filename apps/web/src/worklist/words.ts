/** Codes of lists as people of the office read them. */
const WORDS: Readonly<Record<string, string>> = {
  triaged: 'Sorted',
  drafted: 'Reply drafted',
  approved: 'Reply approved',
  sent: 'Answered',
  forwarded: 'Passed on',
  quarantined: 'Held as spam',
  'no-reply-needed': 'No reply needed',
  email: 'Email',
  phone: 'Telephone',
  mp: 'Member of Parliament',
  'member-of-public': 'Member of the public',
  foi: 'Freedom of information',
  eir: 'Environmental information',
  sar: 'Subject access',
  'dp-complaint': 'Data protection complaint',
  'self-harm': 'Self-harm',
};

const STATUS_COLOURS: Readonly<Record<string, string>> = {
  received: 'govuk-tag--blue',
  triaged: 'govuk-tag--blue',
  allocated: 'govuk-tag--teal',
  'in-progress': 'govuk-tag--teal',
  drafted: 'govuk-tag--purple',
  approved: 'govuk-tag--purple',
  sent: 'govuk-tag--green',
  paused: 'govuk-tag--yellow',
  forwarded: 'govuk-tag--orange',
  reopened: 'govuk-tag--orange',
  quarantined: 'govuk-tag--red',
};

/** `in-progress` as "In progress". */
export function inWords(code: string): string {
  const words = WORDS[code] ?? code.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function statusColour(status: string): string {
  return STATUS_COLOURS[status] ?? 'govuk-tag--grey';
}

/** "1 case", "12 cases", "more than 1,000 cases". */
export function casesInWords(total: number, most = Number.POSITIVE_INFINITY): string {
  if (total > most) return `more than ${most.toLocaleString('en-GB')} cases`;
  return total === 1 ? '1 case' : `${total.toLocaleString('en-GB')} cases`;
}
