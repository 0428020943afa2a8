/** Codes of the casework context as people of the office read them. */

const STATUS: Readonly<Record<string, string>> = {
  received: 'Received',
  triaged: 'Sorted',
  allocated: 'Allocated',
  'in-progress': 'In progress',
  drafted: 'Reply drafted',
  approved: 'Reply approved',
  sent: 'Answered',
  closed: 'Closed',
  paused: 'Paused',
  forwarded: 'Passed on',
  reopened: 'Reopened',
  'no-reply-needed': 'No reply needed',
  quarantined: 'Held as spam',
};

const STATUS_COLOUR: Readonly<Record<string, string>> = {
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

const OTHER: Readonly<Record<string, string>> = {
  email: 'E-mail',
  'web-form': 'Web form',
  phone: 'Telephone',
  letter: 'Letter',
  'in-person': 'In person',
  'social-media': 'Social media',
  event: 'Event',
  post: 'Post',
  'member-of-public': 'Member of the public',
  mp: 'Member of Parliament',
  foi: 'Freedom of information',
  eir: 'Environmental information',
  sar: 'Subject access',
};

export function statusInWords(status: string): string {
  return STATUS[status] ?? inWords(status);
}

export function statusColour(status: string): string {
  return STATUS_COLOUR[status] ?? 'govuk-tag--grey';
}

/** `member-of-public` as "Member of the public"; what is not known here with its first letter large. */
export function inWords(code: string | null): string {
  if (code === null || code === '') return '';
  const words = OTHER[code] ?? code.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The same within a sentence. */
export function withinSentence(code: string | null): string {
  const words = inWords(code);
  return words.charAt(0).toLowerCase() + words.slice(1);
}

/** `1536000` as "1.5 MB". */
export function sizeInWords(bytes: number): string {
  if (bytes < 1000) return `${String(bytes)} bytes`;
  if (bytes < 1_000_000) return `${String(Math.round(bytes / 1000))} KB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

const FILE_KINDS: readonly (readonly [RegExp, string])[] = [
  [/^image\//, 'Picture'],
  [/^audio\//, 'Sound'],
  [/^video\//, 'Film'],
  [/pdf/, 'PDF'],
  [/wordprocessing|msword|opendocument\.text|rtf/, 'Document'],
  [/spreadsheet|ms-excel|csv/, 'Spreadsheet'],
  [/zip|compressed|x-7z|x-rar/, 'Archive'],
  [/^message\//, 'Mail'],
  [/^text\//, 'Text'],
];

export function fileKind(contentType: string): string {
  return FILE_KINDS.find(([pattern]) => pattern.test(contentType))?.[1] ?? 'File';
}
