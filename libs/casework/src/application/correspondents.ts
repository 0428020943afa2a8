import { createHash, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@app/platform';

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

/** One record a correspondent of an office. Later letters fill in what was missing and never overwrite. */
@Injectable()
export class Correspondents {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** The ids, in order; null where nothing is known of the sender. One statement for the whole batch. */
  async resolve(office: string, all: readonly CorrespondentDetails[]): Promise<(string | null)[]> {
    const keys = all.map((details) => matchKey(details));
    const byKey = new Map<string, Record<string, unknown>>();
    const unmatched: Record<string, unknown>[] = [];
    const ids: (string | null)[] = all.map(() => null);
    all.forEach((details, index) => {
      const key = keys[index] ?? null;
      if (key === null && !details.name && !details.organisation) return;
      const { name, email, phone, postcode, organisation } = details;
      const row = {
        id: randomUUID(),
        office,
        match_key: key,
        name,
        email,
        phone,
        postcode,
        organisation,
        capacity: details.capacity ?? 'member-of-public',
        preferred_channel: details.preferredChannel ?? null,
        adjustments: details.adjustments ?? null,
      };
      if (key === null) {
        unmatched.push(row);
        ids[index] = row.id;
      } else if (!byKey.has(key)) byKey.set(key, row);
    });
    // One order for all writers, so that two batches with the same people wait instead of dead-locking.
    const rows = [
      ...[...byKey.values()].sort((a, b) => (String(a.match_key) < String(b.match_key) ? -1 : 1)),
      ...unmatched,
    ];
    if (rows.length === 0) return ids;
    const stored: { id: string; match_key: string | null }[] = await this.unitOfWork.manager.query(
      `INSERT INTO correspondent (id, office, match_key, name, email, phone, postcode, organisation, capacity,
                                  preferred_channel, adjustments)
       SELECT id, office, match_key, name, email, phone, postcode, organisation, capacity, preferred_channel, adjustments
         FROM json_populate_recordset(NULL::correspondent, $1)
       ON CONFLICT (office, match_key) WHERE match_key IS NOT NULL DO UPDATE SET
         name = coalesce(correspondent.name, excluded.name), phone = coalesce(correspondent.phone, excluded.phone),
         postcode = coalesce(correspondent.postcode, excluded.postcode),
         organisation = coalesce(correspondent.organisation, excluded.organisation),
         preferred_channel = coalesce(excluded.preferred_channel, correspondent.preferred_channel),
         adjustments = coalesce(correspondent.adjustments, excluded.adjustments)
       RETURNING id, match_key`,
      [JSON.stringify(rows)],
    );
    const idByKey = new Map(stored.map((row) => [row.match_key, row.id]));
    return ids.map((id, index) => id ?? (keys[index] ? (idByKey.get(keys[index]) ?? null) : null));
  }
}
