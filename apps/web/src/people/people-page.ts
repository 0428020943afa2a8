import type { FastifyRequest } from 'fastify';
import { PERSON_ROLES, type PersonEntry, type PersonFile, type RoleHeld } from '@app/access';
import { textOf } from '../sign-in/sign-in-page';
import { inWords } from '../staff/staff-page';

type Names = ReadonlyMap<string, string>;

/** One person in the list. `role` null: nothing today. */
export interface PersonRow {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: string | null;
  readonly offices: string;
  /** What is to come, in words. */
  readonly later: string | null;
}

interface HeldInWords {
  readonly roleKey: string;
  readonly officeKey: string;
  readonly role: string;
  readonly office: string;
  readonly from: string;
  readonly to: string | null;
}

const EVENTS: Readonly<Record<string, string>> = {
  'access.person-added': 'Added',
  'access.person-corrected': 'Name or address corrected',
  'access.role-given': 'Role given',
  'access.roles-ended': 'Access ended',
  'access.password-reset': 'One-time password given',
  'access.password-changed': 'Chose a password',
  'access.second-step-enrolled': 'Set up the second step',
  'access.recovery-codes-replaced': 'Made new recovery codes',
  'access.recovery-code-used': 'Used a recovery code',
  'access.identity-linked': 'Organisation’s sign-in recognised',
  'access.identity-unlinked': 'Organisation’s sign-in to be recognised anew',
};

/** What each role is for, where one is chosen. */
const HINTS: Readonly<Record<string, string>> = {
  caseworker: 'Works on cases of these offices',
  'review-manager': 'Decides complaint reviews, for one office or several',
  manager: 'A caseworker who also sees the record of reading',
  commissioner: 'Reads and signs',
  auditor: 'Reads what is not restricted and changes nothing',
  administrator: 'Looks after configuration, people and tokens; sees no case',
};

export function rowOf({ id, name, email, held }: PersonEntry, today: string, names: Names): PersonRow {
  const now = on(held, today);
  const [first] = now;
  const [next] = held.filter(({ from }) => from > today);
  const ends = now.find(({ to }) => to !== null)?.to ?? null;
  const later = next
    ? { text: `${inWords(next.role)} from`, day: next.from }
    : ends === null
      ? null
      : { text: 'Until', day: ends };
  return {
    ...{ id, name, email },
    role: first ? inWords(first.role) : null,
    offices: now.map(({ office }) => names.get(office) ?? inWords(office)).join(', '),
    later: later === null ? null : `${later.text} ${later.day}`,
  };
}

export function fileModel(
  file: PersonFile,
  today: string,
  names: Names,
): { readonly now: readonly HeldInWords[]; readonly [key: string]: unknown } {
  const worded = (held: RoleHeld): HeldInWords => ({
    roleKey: held.role,
    officeKey: held.office,
    role: inWords(held.role),
    office: names.get(held.office) ?? inWords(held.office),
    from: held.from,
    to: held.to,
  });
  const later = file.held.filter(({ from }) => from > today);
  return {
    id: file.id,
    email: file.email,
    now: on(file.held, today).map(worded),
    later: later.map(worded),
    past: file.held.filter(({ to }) => to !== null && to < today).map(worded),
    signsInBy: file.signsInBy,
    sessions: file.sessions.map(({ beganAt, lastSeenAt }) => ({
      beganAt: beganAt.toISOString(),
      lastSeenAt: lastSeenAt.toISOString(),
    })),
    history: file.history.map(({ at, type, data, by }) => ({
      at: at.toISOString(),
      what: EVENTS[type] ?? type,
      details: detailsOf(data, names),
      from: typeof data.from === 'string' && data.from > '2000-01-01' ? data.from : null,
      by: by ?? 'Postbag',
    })),
  };
}

/** Radio buttons for the roles that people hold. */
export function roleItems(chosen: string): readonly {
  readonly value: string;
  readonly text: string;
  readonly hint: { readonly text: string };
  readonly checked: boolean;
}[] {
  return PERSON_ROLES.map((role) => ({
    value: role,
    text: inWords(role),
    hint: { text: HINTS[role] ?? '' },
    checked: role === chosen,
  }));
}

/** Boxes for the offices that the caller administers. */
export function officeBoxes(
  { caller }: FastifyRequest,
  names: Names,
  chosen: readonly string[],
): readonly { readonly value: string; readonly text: string; readonly checked: boolean }[] {
  return caller.offices.map((office) => ({
    value: office,
    text: names.get(office) ?? inWords(office),
    checked: chosen.includes(office) || caller.offices.length === 1,
  }));
}

/** A day of a date field. */
export function dayOf(body: unknown, name: string): string {
  return textOf(body, name).trim().slice(0, 10);
}

function on(held: readonly RoleHeld[], day: string): readonly RoleHeld[] {
  return held.filter(({ from, to }) => from <= day && (to === null || day <= to));
}

function detailsOf(data: Readonly<Record<string, unknown>>, names: Names): string {
  const role = typeof data.role === 'string' ? inWords(data.role) : '';
  const offices = Array.isArray(data.offices)
    ? (data.offices as string[]).map((office) => names.get(office) ?? inWords(office)).join(', ')
    : '';
  return [role, offices].filter((each) => each !== '').join(': ');
}
