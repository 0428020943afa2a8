import type { PastLog } from '@app/platform';
import { correspondentRows } from '../correspondents';
import type { PastCorrespondent } from './past-contact';

/** The people of a history: one record for all letters of one address, as when letters are filed. */
export class PastCorrespondents {
  readonly #known = new Map<string, string>();

  constructor(private readonly log: PastLog) {}

  /** Null where nothing is known of the sender. */
  idOf(office: string, person: PastCorrespondent, at: Date): string | null {
    const { rows, keys } = correspondentRows(office, [person]);
    const [row] = rows;
    if (!row) return null;
    const key = keys[0] ?? null;
    const known = key === null ? undefined : this.#known.get(`${office} ${key}`);
    if (known !== undefined) return known;
    const id = this.log.newId();
    const { safeContactNote = null, contactRestriction = null } = person;
    this.log.rows.add('correspondent', {
      ...row,
      id,
      safe_contact_note: safeContactNote,
      contact_restriction: contactRestriction,
      created_at: at,
      updated_at: at,
    });
    if (key !== null) this.#known.set(`${office} ${key}`, id);
    return id;
  }
}
