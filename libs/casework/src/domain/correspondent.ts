import type { Capacity } from './triage/configuration';

export const CAPACITIES: readonly Capacity[] = [
  'member-of-public',
  'mp',
  'councillor',
  'parish-council',
  'victim',
  'officer',
  'media',
  'organisation',
];
export const REPLY_CHANNELS = ['email', 'phone', 'letter'] as const;

/** What is known of a correspondent and may be corrected. */
export interface CorrespondentRecord {
  readonly name: string | null;
  readonly organisation: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly postcode: string | null;
  readonly capacity: string;
  readonly preferredChannel: string | null;
  readonly adjustments: string | null;
  readonly safeContactNote: string | null;
  readonly contactRestriction: string | null;
}

export const CORRESPONDENT_FIELDS = [
  'name',
  'organisation',
  'email',
  'phone',
  'postcode',
  'capacity',
  'preferredChannel',
  'adjustments',
  'safeContactNote',
  'contactRestriction',
] as const satisfies readonly (keyof CorrespondentRecord)[];

const LONGEST: Readonly<Record<(typeof CORRESPONDENT_FIELDS)[number], number>> = {
  name: 200,
  organisation: 200,
  email: 254,
  phone: 40,
  postcode: 12,
  capacity: 40,
  preferredChannel: 20,
  adjustments: 2000,
  safeContactNote: 2000,
  contactRestriction: 2000,
};

/** What is wrong with a record, field by field, in words for the person who typed it. */
export function checkCorrespondent(record: CorrespondentRecord): { field: keyof CorrespondentRecord; text: string }[] {
  const errors: { field: keyof CorrespondentRecord; text: string }[] = [];
  for (const field of CORRESPONDENT_FIELDS) {
    if ((record[field]?.length ?? 0) > LONGEST[field]) {
      errors.push({ field, text: `Must be ${String(LONGEST[field])} characters or fewer` });
    }
  }
  if (record.email !== null && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(record.email)) {
    errors.push({ field: 'email', text: 'Enter an email address like name@post.example' });
  }
  if (!(CAPACITIES as readonly string[]).includes(record.capacity)) {
    errors.push({ field: 'capacity', text: 'Choose in which capacity they write' });
  }
  if (record.preferredChannel !== null && !(REPLY_CHANNELS as readonly string[]).includes(record.preferredChannel)) {
    errors.push({ field: 'preferredChannel', text: 'Choose how they want to be answered' });
  }
  if ([record.name, record.organisation, record.email, record.phone].every((value) => value === null)) {
    errors.push({ field: 'name', text: 'Enter a name, an organisation, an email address or a telephone number' });
  }
  return errors;
}
