import { createHash, randomUUID } from 'node:crypto';

/** Who wrote, as given. */
export interface CorrespondentDetails {
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly postcode: string | null;
  readonly organisation: string | null;
  readonly capacity: string | null;
  /** How they wish to be answered, and what helps them: kept with the person, never sent on. */
  readonly preferredChannel?: string | null;
  readonly adjustments?: string | null;
}

/** Digits of a UK number in international form, so that 01632 960123 and +44 1632 960123 are one. */
export function phoneKey(phone: string): string | null {
  const digits = phone.replace(/\(0\)/g, '').replace(/[^\d+]/g, '');
  const key = digits.replace(/^00/, '+').replace(/^0/, '+44');
  return key.length >= 8 ? key : null;
}

// PostgreSQL indexes at most 2,704 bytes of a key; a character has up to four.
const LONGEST_KEY = 500;

/** What makes two letters come from one correspondent: the address, else the telephone with the name. */
export function matchKey(details: CorrespondentDetails): string | null {
  const key = fullKey(details);
  if (key === null || key.length <= LONGEST_KEY) return key;
  return `sha256:${createHash('sha256').update(key).digest('hex')}`;
}

function fullKey(details: CorrespondentDetails): string | null {
  const name = details.name?.normalize('NFKC').trim().toLowerCase().replace(/\s+/g, ' ') ?? '';
  if (details.email) return `email:${details.email.trim().toLowerCase()}`;
  const phone = details.phone === null ? null : phoneKey(details.phone);
  if (phone !== null) return `phone:${phone}:${name}`;
  const postcode = details.postcode?.replace(/\s/g, '').toUpperCase() ?? '';
  return name !== '' && postcode !== '' ? `name:${name}:${postcode}` : null;
}

/** A row of `correspondent` for each distinct sender of a batch, and which row each sender got (null: nothing is known). */
export interface CorrespondentRows {
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly keys: readonly (string | null)[];
  readonly unmatchedIds: readonly (string | null)[];
}

export function correspondentRows(office: string, all: readonly CorrespondentDetails[]): CorrespondentRows {
  const keys = all.map((details) => matchKey(details));
  const byKey = new Map<string, Record<string, unknown>>();
  const unmatched: Record<string, unknown>[] = [];
  const unmatchedIds: (string | null)[] = all.map(() => null);
  all.forEach((details, index) => {
    const key = keys[index] ?? null;
    if (key === null && !details.name && !details.organisation) return;
    const row = toRow(office, key, details);
    if (key === null) {
      unmatched.push(row);
      unmatchedIds[index] = row.id;
    } else if (!byKey.has(key)) byKey.set(key, row);
  });
  // One order for all writers, so that two batches with the same people wait instead of dead-locking.
  const matched = [...byKey.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  return { rows: [...matched, ...unmatched], keys, unmatchedIds };
}

function toRow(
  office: string,
  key: string | null,
  details: CorrespondentDetails,
): Record<string, unknown> & { id: string } {
  const { name, email, phone, postcode, organisation, capacity, preferredChannel, adjustments } = details;
  return {
    id: randomUUID(),
    office,
    match_key: key,
    name,
    email,
    phone,
    postcode,
    organisation,
    capacity: capacity ?? 'member-of-public',
    preferred_channel: preferredChannel ?? null,
    adjustments: adjustments ?? null,
  };
}
