/** What a column of the old list can mean. */
export interface ImportField {
  readonly key: string;
  readonly name: string;
  readonly isRequired: boolean;
  readonly hint: string | null;
  /** Headers by which it is recognised, in small letters. */
  readonly alsoCalled: readonly string[];
}

const field = (key: string, name: string, alsoCalled: readonly string[], hint: string | null = null): ImportField => ({
  ...{ key, name, alsoCalled, hint },
  isRequired: ['oldReference', 'receivedOn', 'applicantName', 'stage'].includes(key),
});

export const IMPORT_FIELDS: readonly ImportField[] = [
  field('oldReference', 'Your reference', [
    'reference',
    'ref',
    'our reference',
    'our ref',
    'office reference',
    'old reference',
    'review reference',
    'case',
    'case number',
    'review number',
  ]),
  field('receivedOn', 'Received', ['date received', 'received on', 'review received']),
  field('applicantName', 'Applicant', ['name', 'applicant name', 'complainant', 'complainant name']),
  field('applicantEmail', 'Email of the applicant', ['email', 'e-mail', 'email address']),
  field('applicantPhone', 'Telephone of the applicant', ['telephone', 'phone', 'telephone number']),
  field('applicantPostcode', 'Postcode of the applicant', ['postcode', 'post code']),
  field('subject', 'Subject', ['summary', 'title']),
  field('grounds', 'Grounds', ['reason for review', 'grounds for review', 'details']),
  field('forceReference', 'Reference of the force', ['force reference', 'force ref', 'psd reference', 'co reference']),
  field('complaintMadeOn', 'Complaint made', ['complaint date', 'complaint made on', 'date of complaint']),
  field('schedule3', 'Recorded under Schedule 3', ['schedule 3', 'recorded'], 'Yes or no'),
  field('handling', 'Handling', ['handling type', 'how handled'], 'Investigation, or otherwise'),
  field('finalised', 'Force has finished', ['finalised', 'finalised by force'], 'Yes or no'),
  field('letterDatedOn', 'Outcome letter dated', ['outcome letter', 'date of outcome letter', 'outcome date']),
  field('rightsNotifiedOn', 'Review-rights information provided', ['review rights', 'rights notified', 'rights given']),
  field('acknowledgedOn', 'Acknowledged', ['date acknowledged', 'acknowledged on']),
  field(
    'timeExtendedOn',
    'Time extended',
    ['extension granted', 'time extended on'],
    'The day, where it was out of time',
  ),
  field('validOn', 'Found valid', ['valid', 'date valid', 'validity decided', 'valid on']),
  field('forceNotifiedOn', 'Force notified', ['force notified on', 'authority notified', 'psd notified']),
  field(
    'stage',
    'Stage',
    ['status', 'stage reached'],
    'Received, valid, papers requested, papers received or in review',
  ),
  field('reviewer', 'Reviewer', ['allocated to', 'owner', 'case officer', 'assigned to']),
  field('papersRequestedOn', 'Papers requested', ['papers requested on', 'file requested', 'bundle requested']),
  field('papersReceivedOn', 'Papers received', ['papers received on', 'file received', 'bundle received']),
  field(
    'pauses',
    'Pauses',
    ['paused', 'on hold', 'stop clock'],
    'For example 2026-03-02 to 2026-03-16 waiting on force',
  ),
];

/** Which header each field is read from; a field that is not named is not in the sheet. */
export type ImportMapping = Readonly<Record<string, string>>;

/** The saved mapping where its headers are there, else what the headers are called. */
export function guessMapping(headers: readonly string[], saved: ImportMapping): ImportMapping {
  const guessed: Record<string, string> = {};
  const taken = new Set<string>();
  const take = (key: string, header: string | undefined): void => {
    if (header === undefined || taken.has(header) || guessed[key] !== undefined) return;
    guessed[key] = header;
    taken.add(header);
  };
  for (const { key } of IMPORT_FIELDS)
    take(
      key,
      headers.find((header) => header === saved[key]),
    );
  for (const { key, name, alsoCalled } of IMPORT_FIELDS) {
    const names = [name.toLowerCase(), key.toLowerCase(), ...alsoCalled];
    take(
      key,
      headers.find((header) => !taken.has(header) && names.includes(plain(header))),
    );
  }
  return guessed;
}

function plain(header: string): string {
  return header
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, ' ')
    .trim();
}
