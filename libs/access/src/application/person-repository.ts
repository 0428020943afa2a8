import { Injectable } from '@nestjs/common';
import { Clock, type JsonObject } from '@app/kernel';
import { EventStore, UnitOfWork } from '@app/platform';
import { Person, type RoleHeld } from '../domain/person';
import { EmailTaken, PersonNotFound } from '../domain/person.errors';
import type { Role } from '../domain/roles';

/** Name and address of a person: kept beside the log, never in it. */
export interface PersonDetails {
  readonly name: string;
  readonly email: string;
}

interface HeldRow {
  role: Role;
  office: string;
  from: string;
  to: string | null;
}

/** People with their roles, in the open transaction. */
@Injectable()
export class PersonRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly events: EventStore,
    private readonly clock: Clock,
  ) {}

  /** @throws PersonNotFound */
  async load(id: string): Promise<{ person: Person; details: PersonDetails }> {
    const [row]: ({ version: number } & PersonDetails)[] = await this.unitOfWork.manager.query(
      `SELECT version, name, email FROM person WHERE id = $1 FOR UPDATE`,
      [id],
    );
    if (!row) throw new PersonNotFound();
    const held: HeldRow[] = await this.unitOfWork.manager.query(
      `SELECT role, office, valid_from::text AS "from", valid_to::text AS "to" FROM role_held
        WHERE person_id = $1 ORDER BY valid_from, office`,
      [id],
    );
    const roles: RoleHeld[] = held;
    return { person: Person.of(id, row.version, roles), details: { name: row.name, email: row.email } };
  }

  /** Records what happened to a person's account, which is no matter of roles. @throws PersonNotFound */
  async note(id: string, type: string, data: JsonObject = {}): Promise<void> {
    const [[row]]: [{ version: number }[], number] = await this.unitOfWork.manager.query(
      `UPDATE person SET version = version + 1 WHERE id = $1 RETURNING version`,
      [id],
    );
    if (!row) throw new PersonNotFound();
    const event = { type, schemaVersion: 1, data: { personId: id, ...data }, effectiveAt: this.clock.now() };
    await this.events.append([
      { stream: `person-${id}`, office: null, expectedVersion: row.version - 1, events: [event] },
    ]);
  }

  /** @throws EmailTaken, StreamChangedMeanwhile */
  async save(person: Person, details: PersonDetails): Promise<void> {
    const { manager } = this.unitOfWork;
    const events = person.releaseEvents();
    if (events.length === 0) return;
    try {
      await manager.query(
        `INSERT INTO person (id, name, email, version) VALUES ($1, $2, $3, $4)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, email = excluded.email, version = excluded.version`,
        [person.id, details.name, details.email, person.version + events.length],
      );
    } catch (error) {
      if ((error as { constraint?: string }).constraint === 'person_email') throw new EmailTaken();
      throw error;
    }
    await manager.query(`DELETE FROM role_held WHERE person_id = $1`, [person.id]);
    await manager.query(
      `INSERT INTO role_held (person_id, role, office, valid_from, valid_to)
       SELECT $1, h.role, h.office, h."from", h."to"
         FROM jsonb_to_recordset($2) AS h (role text, office text, "from" date, "to" date)`,
      [person.id, JSON.stringify(person.held)],
    );
    const offices = new Set(person.held.map(({ office }) => office));
    const [only = null] = offices;
    const office = offices.size === 1 ? only : null;
    await this.events.append([{ stream: `person-${person.id}`, office, expectedVersion: person.version, events }]);
  }
}
