import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, londonDate } from '@app/kernel';
import { UnitOfWork, runAs, systemCaller } from '@app/platform';
import { Person } from '../domain/person';
import { LocalAccounts } from './local-accounts';
import { PersonRepository } from './person-repository';

const EMAIL = 'administrator@localhost';

/** What the first start prints: seen nowhere else. */
export interface OneTimeSignIn {
  readonly email: string;
  readonly password: string;
}

/** Somebody must be able to let the others in: made where there is no administrator at all. */
@Injectable()
export class FirstAdministrator {
  constructor(
    private readonly people: PersonRepository,
    private readonly accounts: LocalAccounts,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes the first administrator of these offices, or gives a new one-time password where the last one was never used.
   * Null once there is an administrator who signed in.
   */
  ensure(offices: readonly string[]): Promise<OneTimeSignIn | null> {
    return runAs(systemCaller('first-start'), async () => {
      const id = await this.unitOfWork.run(async (manager) => {
        // Two processes that start at once make one administrator.
        await manager.query(`SELECT pg_advisory_xact_lock(hashtext('postbag first administrator'))`);
        const known: { id: string; isWaiting: boolean }[] = await manager.query(
          `SELECT p.id, coalesce(a.must_change, false) AND p.email = $1 AS "isWaiting"
             FROM person p LEFT JOIN local_account a ON a.person_id = p.id
            WHERE EXISTS (SELECT FROM role_held r WHERE r.person_id = p.id AND r.role = 'administrator'
                             AND (r.valid_to IS NULL OR r.valid_to >= $2))`,
          [EMAIL, londonDate(this.clock.now())],
        );
        const waiting = known.find(({ isWaiting }) => isWaiting);
        if (known.length > 0) return known.length === 1 && waiting ? waiting.id : null;
        return this.make(offices);
      });
      if (id === null) return null;
      return { email: EMAIL, password: await this.accounts.giveOneTimePassword(id) };
    });
  }

  /** A new one-time password for an administrator who cannot get in. Null: there is none with this address. */
  reset(email: string): Promise<OneTimeSignIn | null> {
    return runAs(systemCaller('command-line'), async () => {
      const [found]: { id: string; email: string }[] = await this.unitOfWork.run((manager) =>
        manager.query(
          `SELECT p.id, p.email FROM person p
            WHERE lower(p.email) = lower($1)
              AND EXISTS (SELECT FROM role_held r WHERE r.person_id = p.id AND r.role = 'administrator'
                             AND (r.valid_to IS NULL OR r.valid_to >= $2))`,
          [email.trim(), londonDate(this.clock.now())],
        ),
      );
      if (!found) return null;
      return { email: found.email, password: await this.accounts.giveOneTimePassword(found.id) };
    });
  }

  private async make(offices: readonly string[]): Promise<string> {
    const now = this.clock.now();
    const today = londonDate(now);
    const person = Person.add(randomUUID(), now);
    person.giveRole({ role: 'administrator', offices, from: today }, { offices, today, now });
    await this.people.save(person, { name: 'First administrator', email: EMAIL });
    return person.id;
  }
}
