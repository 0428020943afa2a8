import { Injectable } from '@nestjs/common';
import { Clock, londonDate } from '@app/kernel';
import { EventStore, UnitOfWork, currentCaller } from '@app/platform';
import type { RoleHeld } from '../domain/person';
import { NotYourOffice, PersonNotFound } from '../domain/person.errors';
import { asAccess } from './as-access';
import { People } from './people';
import { Sessions, type RunningSession } from './sessions';

/** A person in the register of people. */
export interface PersonEntry {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** All roles, those of the past and of the future too, by their first day. */
  readonly held: readonly RoleHeld[];
}

/** Something that happened to a person's roles or account, as the log has it. */
export interface PersonHistoryEntry {
  readonly at: Date;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Who did it; null for the product itself. */
  readonly by: string | null;
}

/** Everything about a person that an administrator looks at. */
export interface PersonFile extends PersonEntry {
  readonly signsInBy: { readonly password: boolean; readonly secondStep: boolean; readonly organisation: boolean };
  readonly sessions: readonly RunningSession[];
  readonly history: readonly PersonHistoryEntry[];
}

const SHOWN_EVENTS = 200;

/** People as administrators see them: those of their own offices, and those who hold no role anywhere. */
@Injectable()
export class PeopleRegister {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly events: EventStore,
    private readonly people: People,
    private readonly sessions: Sessions,
    private readonly clock: Clock,
  ) {}

  all(): Promise<readonly PersonEntry[]> {
    return this.find(null);
  }

  /** @throws PersonNotFound */
  async get(id: string): Promise<PersonFile> {
    const [person] = await this.find(id);
    if (!person) throw new PersonNotFound();
    const [signsInBy] = await asAccess(() =>
      this.unitOfWork.run((manager): Promise<PersonFile['signsInBy'][]> =>
        manager.query(
          `SELECT a.person_id IS NOT NULL AS password, a.totp_confirmed_at IS NOT NULL AS "secondStep",
                  EXISTS (SELECT FROM external_identity e WHERE e.person_id = p.id) AS organisation
             FROM person p LEFT JOIN local_account a ON a.person_id = p.id WHERE p.id = $1`,
          [id],
        ),
      ),
    );
    return {
      ...person,
      signsInBy: signsInBy ?? { password: false, secondStep: false, organisation: false },
      sessions: await this.sessions.running(id),
      history: await this.history(id),
    };
  }

  /** Somebody whose roles from today on are all in offices that the caller administers. @throws PersonNotFound, NotYourOffice */
  async mine(id: string): Promise<PersonEntry> {
    const [person] = await this.find(id);
    if (!person) throw new PersonNotFound();
    const today = londonDate(this.clock.now());
    const { offices } = currentCaller();
    const isOthers = person.held.some(({ to, office }) => (to === null || to >= today) && !offices.includes(office));
    if (isOthers) throw new NotYourOffice();
    return person;
  }

  private find(id: string | null): Promise<PersonEntry[]> {
    const { offices } = currentCaller();
    return this.unitOfWork.run((manager): Promise<PersonEntry[]> =>
      manager.query(
        `SELECT p.id, p.name, p.email, coalesce(r.held, '[]') AS held
           FROM person p LEFT JOIN LATERAL (
             SELECT array_agg(h.office) AS offices,
                    jsonb_agg(jsonb_build_object('role', h.role, 'office', h.office, 'from', h.valid_from, 'to', h.valid_to)
                              ORDER BY h.valid_from, h.office) AS held
               FROM role_held h WHERE h.person_id = p.id) r ON true
          WHERE (r.offices IS NULL OR r.offices && $1::text[]) AND ($2::uuid IS NULL OR p.id = $2)
          ORDER BY lower(p.name), p.id`,
        [offices, id],
      ),
    );
  }

  private async history(id: string): Promise<readonly PersonHistoryEntry[]> {
    const events = await asAccess(() => this.unitOfWork.run(() => this.events.read(`person-${id}`, 0, SHOWN_EVENTS)));
    const actors = events.map(({ metadata }) => metadata.actor as { kind: string; id: string });
    const names = await this.people.names(actors.map((actor) => actor.id));
    return events
      .map(({ recordedAt, type, data }, index) => ({
        at: recordedAt,
        type,
        data,
        by: names.get(actors[index]?.id ?? '') ?? null,
      }))
      .reverse();
  }
}
