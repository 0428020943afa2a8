import { Aggregate, addDays, isDay, type DomainEvent, type FieldError } from '@app/kernel';
import { isRole, ROLES, type Role } from './roles';
import { NotYourOffice, PersonRefused, StartsInThePast } from './person.errors';

/** A role in one office from its first to its last day, both included; `to` null: until further notice. */
export interface RoleHeld {
  readonly role: Role;
  readonly office: string;
  readonly from: string;
  readonly to: string | null;
}

/** Who makes a change, as far as it decides what may be changed. */
export interface ChangingAdministrator {
  readonly offices: readonly string[];
  readonly today: string;
  readonly now: Date;
}

/** What is asked for: a role in some offices from a day. */
export interface RoleWanted {
  readonly role: string;
  readonly offices: readonly string[];
  readonly from: string;
}

/** The roles that people hold; `service` is for keys of other systems. */
export const PERSON_ROLES: readonly Role[] = ROLES.filter((role) => role !== 'service');

/** The day before the first that the product can know of: people of a demonstration were always there. */
export const ALWAYS = '2000-01-01';

/** Somebody who works with Postbag. At any day they hold one role at most, in one or several offices. */
export class Person extends Aggregate<DomainEvent> {
  #held: readonly RoleHeld[];

  private constructor(id: string, version: number, held: readonly RoleHeld[]) {
    super(id, version);
    this.#held = held;
  }

  static add(id: string, now: Date): Person {
    const person = new Person(id, 0, []);
    person.note('access.person-added', now);
    return person;
  }

  static of(id: string, version: number, held: readonly RoleHeld[]): Person {
    return new Person(id, version, held);
  }

  get held(): readonly RoleHeld[] {
    return this.#held;
  }

  /** The holdings of a day. */
  on(day: string): readonly RoleHeld[] {
    return this.#held.filter(({ from, to }) => from <= day && (to === null || day <= to));
  }

  /** From the day on the person holds this role in these offices and nothing else. What was before stays as it was. */
  giveRole(wanted: RoleWanted, by: ChangingAdministrator): void {
    const errors = wantedErrors(wanted);
    if (errors.length > 0) throw new PersonRefused(errors);
    const { role, from } = wanted;
    const offices = [...new Set(wanted.offices)].sort();
    if (this.#held.length > 0 && from < by.today) throw new StartsInThePast();
    this.requireOffices([...offices, ...this.officesFrom(from)], by);
    const kept = before(this.#held, from);
    this.#held = [...kept, ...offices.map((office) => ({ role: role as Role, office, from, to: null }))];
    this.note('access.role-given', by.now, { role, offices, from });
  }

  /** From the day on the person holds nothing. */
  endRoles(from: string, by: ChangingAdministrator): void {
    if (!isDay(from)) throw new PersonRefused([{ pointer: '/from', message: 'must be a day' }]);
    if (from < by.today) throw new StartsInThePast();
    const offices = this.officesFrom(from);
    this.requireOffices(offices, by);
    if (offices.length === 0) return;
    this.#held = before(this.#held, from);
    this.note('access.roles-ended', by.now, { offices, from });
  }

  /** A name or an address was put right; which it is stands in the person's row, never in the log. */
  correct(fields: readonly ('name' | 'email')[], by: ChangingAdministrator): void {
    if (fields.length === 0) return;
    this.requireOffices(this.officesFrom(by.today), by);
    this.note('access.person-corrected', by.now, { fields: [...fields] });
  }

  private officesFrom(day: string): string[] {
    const reaching = this.#held.filter(({ to }) => to === null || to >= day);
    return [...new Set(reaching.map(({ office }) => office))].sort();
  }

  private requireOffices(offices: readonly string[], by: ChangingAdministrator): void {
    if (offices.some((office) => !by.offices.includes(office))) throw new NotYourOffice();
  }

  private note(type: string, effectiveAt: Date, data: Record<string, string | string[]> = {}): void {
    this.record({ type, schemaVersion: 1, data: { personId: this.id, ...data }, effectiveAt });
  }
}

function before(held: readonly RoleHeld[], day: string): RoleHeld[] {
  const last = addDays(day, -1);
  return held
    .filter(({ from }) => from < day)
    .map((each) => (each.to === null || each.to > last ? { ...each, to: last } : each));
}

function wantedErrors({ role, offices, from }: RoleWanted): FieldError[] {
  const errors: FieldError[] = [];
  if (!isRole(role) || !PERSON_ROLES.includes(role))
    errors.push({ pointer: '/role', message: 'must be a role of people' });
  if (offices.length === 0) errors.push({ pointer: '/offices', message: 'must name at least one office' });
  if (!isDay(from)) errors.push({ pointer: '/from', message: 'must be a day that exists' });
  return errors;
}
