import { Injectable } from '@nestjs/common';
import { Clock, londonDate } from '@app/kernel';
import { UnitOfWork, currentCaller } from '@app/platform';
import type { ChangingAdministrator, Person } from '../domain/person';
import { LastAdministrator, PersonNotFound } from '../domain/person.errors';
import { asAccess } from './as-access';
import { PersonRepository, type PersonDetails } from './person-repository';
import { Sessions } from './sessions';

/** Changes a person as the current caller, one change at a time. */
@Injectable()
export class PersonChanges {
  constructor(
    private readonly people: PersonRepository,
    private readonly sessions: Sessions,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** The caller as far as it decides what may be changed. */
  administrator(): ChangingAdministrator {
    const now = this.clock.now();
    return { offices: currentCaller().offices, today: londonDate(now), now };
  }

  /**
   * Does `work` to a person whom the caller may know of; it may answer other details to keep.
   * @throws PersonNotFound, LastAdministrator and what `work` throws
   */
  async change(
    id: string,
    work: (person: Person, by: ChangingAdministrator, details: PersonDetails) => PersonDetails | void,
  ): Promise<void> {
    const by = this.administrator();
    const isGone = await asAccess(() =>
      this.unitOfWork.run(async (manager) => {
        // Two administrators who remove each other at the same moment would leave none.
        await manager.query(`SELECT pg_advisory_xact_lock(hashtext('postbag people'))`);
        const { person, details } = await this.people.load(id);
        const isKnown = person.held.length === 0 || person.held.some(({ office }) => by.offices.includes(office));
        if (!isKnown) throw new PersonNotFound();
        const before = administered(person, by.today);
        const changed = work(person, by, details) ?? details;
        const after = administered(person, by.today);
        await this.requireAdministrators(
          id,
          before.filter((office) => !after.includes(office)),
        );
        await this.people.save(person, changed);
        return person.on(by.today).length === 0;
      }),
    );
    this.sessions.forget(id);
    if (isGone) await this.sessions.endAll(id, 'no-role');
  }

  private async requireAdministrators(id: string, offices: readonly string[]): Promise<void> {
    if (offices.length === 0) return;
    const left: { office: string }[] = await this.unitOfWork.manager.query(
      `SELECT DISTINCT office FROM role_held
        WHERE role = 'administrator' AND person_id <> $1 AND office = ANY($2) AND valid_to IS NULL AND valid_from <= $3`,
      [id, offices, londonDate(this.clock.now())],
    );
    if (offices.some((office) => !left.some((each) => each.office === office))) throw new LastAdministrator();
  }
}

/** Where somebody is administrator until further notice. */
function administered(person: Person, today: string): string[] {
  return person.held
    .filter(({ role, to, from }) => role === 'administrator' && to === null && from <= today)
    .map(({ office }) => office);
}
