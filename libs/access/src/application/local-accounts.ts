import { Injectable } from '@nestjs/common';
import { Clock, londonDate } from '@app/kernel';
import { UnitOfWork } from '@app/platform';
import { asAccess } from './as-access';
import { PersonRepository } from './person-repository';
import { oneTimePassword, Passwords } from './passwords';
import { recoveryHash } from './second-step';
import { Seal } from './seal';
import { Sessions } from './sessions';

const TOTP = 'second step';

/** What is known of an account, with the secrets: never leaves this library. */
export interface LocalAccount {
  readonly personId: string;
  readonly name: string;
  readonly email: string;
  readonly passwordHash: string;
  readonly mustChange: boolean;
  readonly passwordSetAt: Date;
  /** Null: none, or sealed under a secret that is gone. */
  readonly totpSecret: string | null;
  readonly isEnrolled: boolean;
  /** Whether a role is held today: without one nobody signs in. */
  readonly hasRole: boolean;
}

interface AccountRow {
  person_id: string;
  name: string;
  email: string;
  password_hash: string;
  must_change: boolean;
  password_set_at: Date;
  totp_secret: Buffer | null;
  totp_confirmed_at: Date | null;
  has_role: boolean;
}

/** Passwords and second steps of people who do not sign in through their organisation. */
@Injectable()
export class LocalAccounts {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly people: PersonRepository,
    private readonly passwords: Passwords,
    private readonly seal: Seal,
    private readonly sessions: Sessions,
    private readonly clock: Clock,
  ) {}

  findByEmail(email: string): Promise<LocalAccount | null> {
    return this.find(`lower(p.email) = lower($1)`, email.trim());
  }

  findByPerson(personId: string): Promise<LocalAccount | null> {
    return this.find(`p.id = $1`, personId);
  }

  /**
   * Gives somebody a password that works once, to choose their own with. Their second step and their sessions end: who
   * asks for this may have lost the telephone, or somebody else may have it.
   */
  async giveOneTimePassword(personId: string): Promise<string> {
    const password = oneTimePassword();
    const passwordHash = await this.passwords.hash(password);
    await asAccess(() =>
      this.unitOfWork.run(async (manager) => {
        await this.people.note(personId, 'access.password-reset');
        await manager.query(
          `INSERT INTO local_account (person_id, password_hash, must_change) VALUES ($1, $2, true)
           ON CONFLICT (person_id) DO UPDATE SET password_hash = $2, must_change = true,
             password_set_at = clock_timestamp(), totp_secret = NULL, totp_confirmed_at = NULL, totp_last_step = NULL`,
          [personId, passwordHash],
        );
        await manager.query(`DELETE FROM recovery_code WHERE person_id = $1`, [personId]);
      }),
    );
    await this.sessions.endAll(personId, 'password-reset');
    return password;
  }

  async setPassword(personId: string, password: string): Promise<void> {
    const passwordHash = await this.passwords.hash(password);
    await asAccess(() =>
      this.unitOfWork.run(async (manager) => {
        await manager.query(
          `UPDATE local_account SET password_hash = $2, must_change = false, password_set_at = clock_timestamp()
            WHERE person_id = $1`,
          [personId, passwordHash],
        );
        await this.people.note(personId, 'access.password-changed');
      }),
    );
  }

  /** Keeps a secret that waits to be confirmed. */
  async proposeSecret(personId: string, secret: string): Promise<void> {
    const sealed = await this.seal.seal(TOTP, secret);
    await asAccess(() =>
      this.unitOfWork.run((manager) =>
        manager.query(
          `UPDATE local_account SET totp_secret = $2, totp_last_step = NULL
            WHERE person_id = $1 AND totp_confirmed_at IS NULL`,
          [personId, sealed],
        ),
      ),
    );
  }

  /** The second step works from now on; the recovery codes are the given ones alone. */
  async confirmSecret(personId: string, step: number, recoveryCodes: readonly string[]): Promise<void> {
    await asAccess(() =>
      this.unitOfWork.run(async (manager) => {
        await manager.query(
          `UPDATE local_account SET totp_confirmed_at = clock_timestamp(), totp_last_step = $2 WHERE person_id = $1`,
          [personId, step],
        );
        await this.people.note(personId, 'access.second-step-enrolled');
        await this.writeRecoveryCodes(personId, recoveryCodes);
      }),
    );
  }

  async replaceRecoveryCodes(personId: string, recoveryCodes: readonly string[]): Promise<void> {
    await asAccess(() =>
      this.unitOfWork.run(async () => {
        await this.people.note(personId, 'access.recovery-codes-replaced');
        await this.writeRecoveryCodes(personId, recoveryCodes);
      }),
    );
  }

  /** Uses up the thirty seconds of a code. False: a code of them or of later ones was used already. */
  async useStep(personId: string, step: number): Promise<boolean> {
    const [, affected]: [unknown, number] = await asAccess(() =>
      this.unitOfWork.run((manager): Promise<[unknown, number]> =>
        manager.query(
          `UPDATE local_account SET totp_last_step = $2
            WHERE person_id = $1 AND (totp_last_step IS NULL OR totp_last_step < $2)`,
          [personId, step],
        ),
      ),
    );
    return affected === 1;
  }

  /** Uses up a recovery code. False: there is no such code that was not used. */
  async useRecoveryCode(personId: string, code: string): Promise<boolean> {
    return asAccess(() =>
      this.unitOfWork.run(async (manager) => {
        const [, affected]: [unknown, number] = await manager.query(
          `UPDATE recovery_code SET used_at = clock_timestamp()
            WHERE person_id = $1 AND code_hash = $2 AND used_at IS NULL`,
          [personId, recoveryHash(personId, code)],
        );
        if (affected === 1) await this.people.note(personId, 'access.recovery-code-used');
        return affected === 1;
      }),
    );
  }

  /** How many recovery codes are left. */
  async recoveryCodesLeft(personId: string): Promise<number> {
    const [row]: { left: number }[] = await asAccess(() =>
      this.unitOfWork.run((manager): Promise<{ left: number }[]> =>
        manager.query(`SELECT count(*)::int AS left FROM recovery_code WHERE person_id = $1 AND used_at IS NULL`, [
          personId,
        ]),
      ),
    );
    return row?.left ?? 0;
  }

  private async writeRecoveryCodes(personId: string, codes: readonly string[]): Promise<void> {
    const { manager } = this.unitOfWork;
    await manager.query(`DELETE FROM recovery_code WHERE person_id = $1`, [personId]);
    await manager.query(`INSERT INTO recovery_code (person_id, code_hash) SELECT $1, unnest($2::bytea[])`, [
      personId,
      codes.map((code) => recoveryHash(personId, code)),
    ]);
  }

  private async find(condition: string, value: string): Promise<LocalAccount | null> {
    const [row]: AccountRow[] = await asAccess(() =>
      this.unitOfWork.run((manager): Promise<AccountRow[]> =>
        manager.query(
          `SELECT a.*, p.name, p.email,
                  EXISTS (SELECT FROM role_held r WHERE r.person_id = p.id AND r.valid_from <= $2
                             AND (r.valid_to IS NULL OR r.valid_to >= $2)) AS has_role
             FROM local_account a JOIN person p ON p.id = a.person_id WHERE ${condition}`,
          [value, londonDate(this.clock.now())],
        ),
      ),
    );
    if (!row) return null;
    return {
      personId: row.person_id,
      name: row.name,
      email: row.email,
      passwordHash: row.password_hash,
      mustChange: row.must_change,
      passwordSetAt: row.password_set_at,
      totpSecret: row.totp_secret === null ? null : await this.seal.open(TOTP, row.totp_secret),
      isEnrolled: row.totp_confirmed_at !== null,
      hasRole: row.has_role,
    };
  }
}
