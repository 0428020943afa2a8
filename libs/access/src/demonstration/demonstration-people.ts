import type { Role } from '../domain/roles';

/** Somebody invented, with an id that stays the same, so that demonstration cases can be theirs. */
export interface DemonstrationPerson {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly offices: readonly string[];
}

const ALL_OFFICES = ['west-mercia', 'west-midlands', 'warwickshire', 'staffordshire'];

function person(number: number, name: string, role: Role, offices: readonly string[]): DemonstrationPerson {
  const email = `${name.toLowerCase().replaceAll(' ', '.')}@staff.example`;
  return { id: `0de70000-0000-4000-8000-0000000000${String(number).padStart(2, '0')}`, name, email, role, offices };
}

/** The people of the demonstration. Invented, and plainly so. */
export const DEMONSTRATION_PEOPLE: readonly DemonstrationPerson[] = [
  person(1, 'Casey Inkwell', 'caseworker', ['west-mercia']),
  person(2, 'Morgan Letterby', 'caseworker', ['west-mercia']),
  person(3, 'Robin Postgate', 'caseworker', ['west-mercia']),
  person(4, 'Sandeep Quillfeather', 'caseworker', ['west-mercia']),
  person(5, 'Wren Foolscap', 'review-manager', ALL_OFFICES),
  person(6, 'Maya Blotter', 'manager', ['west-mercia']),
  person(7, 'Commissioner Vellum', 'commissioner', ['west-mercia']),
  person(8, 'Audrey Tallyman', 'auditor', ['west-mercia']),
  person(9, 'Ada Keyring', 'administrator', ALL_OFFICES),
  person(10, 'Winston Stampley', 'caseworker', ['west-midlands']),
  person(11, 'Beatrice Envelope', 'caseworker', ['warwickshire']),
  person(12, 'Stella Pillarbox', 'caseworker', ['staffordshire']),
  // Checks the quality of reviews where the shared review manager decides: nobody checks their own.
  person(13, 'Percy Sealingwax', 'manager', ['west-midlands', 'warwickshire', 'staffordshire']),
];
