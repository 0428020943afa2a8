import { Injectable } from '@nestjs/common';
import { Clock, londonDate } from '@app/kernel';
import { UnitOfWork } from '@app/platform';
import { asAccess, asPerson } from './as-access';
import { NobodyHere } from './external-sign-in.errors';
import { PersonRepository } from './person-repository';

/** Which subject of which issuer is which person. */
@Injectable()
export class ExternalIdentities {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly people: PersonRepository,
    private readonly clock: Clock,
  ) {}

  /** Null for a subject that never came before. @throws NobodyHere for somebody without a role today */
  async personOf(issuer: string, subject: string): Promise<string | null> {
    const [row]: { id: string; has_role: boolean }[] = await asAccess(() =>
      this.unitOfWork.run((manager): Promise<{ id: string; has_role: boolean }[]> =>
        manager.query(
          `SELECT e.person_id AS id, ${HAS_ROLE} AS has_role
             FROM external_identity e WHERE e.issuer = $1 AND e.subject = $2`,
          [issuer, subject, londonDate(this.clock.now())],
        ),
      ),
    );
    if (!row) return null;
    if (!row.has_role) throw new NobodyHere('no-role');
    return row.id;
  }

  /** Links the subject to the person with this address, once. @throws NobodyHere */
  async link(issuer: string, subject: string, email: string): Promise<string> {
    const [person]: { id: string; has_role: boolean; is_linked: boolean }[] = await asAccess(() =>
      this.unitOfWork.run((manager): Promise<{ id: string; has_role: boolean; is_linked: boolean }[]> =>
        manager.query(
          `SELECT p.id, ${HAS_ROLE.replace('e.person_id', 'p.id')} AS has_role,
                  EXISTS (SELECT FROM external_identity e WHERE e.person_id = p.id AND e.issuer = $1) AS is_linked
             FROM person p WHERE lower(p.email) = lower($2)`,
          [issuer, email.trim(), londonDate(this.clock.now())],
        ),
      ),
    );
    if (!person) throw new NobodyHere('unknown-person');
    if (!person.has_role) throw new NobodyHere('no-role');
    // The address was given to somebody else at the organisation: an administrator has to say who is who.
    if (person.is_linked) throw new NobodyHere('linked-otherwise');
    await asPerson(person.id, () =>
      this.unitOfWork.run(async (manager) => {
        await manager.query(`INSERT INTO external_identity (issuer, subject, person_id) VALUES ($1, $2, $3)`, [
          issuer,
          subject,
          person.id,
        ]);
        await this.people.note(person.id, 'access.identity-linked');
      }),
    );
    return person.id;
  }

  /** The next sign-in through the organisation links anew, by the address. */
  async unlink(personId: string): Promise<void> {
    await asAccess(() =>
      this.unitOfWork.run(async (manager) => {
        await manager.query(`DELETE FROM external_identity WHERE person_id = $1`, [personId]);
        await this.people.note(personId, 'access.identity-unlinked');
      }),
    );
  }
}

const HAS_ROLE = `EXISTS (SELECT FROM role_held r WHERE r.person_id = e.person_id AND r.valid_from <= $3
                             AND (r.valid_to IS NULL OR r.valid_to >= $3))`;
