import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, type FieldError } from '@app/kernel';
import { EventStore, UnitOfWork } from '@app/platform';
import { passwordComplaint } from '../domain/password-rules';
import { asAccess, asPerson } from './as-access';
import { Hindrances } from './hindrances';
import { LocalAccounts, type LocalAccount } from './local-accounts';
import { Passwords } from './passwords';
import { enrolmentUri, newRecoveryCodes, newSecret, stepOf } from './second-step';
import { Seal } from './seal';
import { CodeRefused, NewPasswordRefused, SignInRefused, SignInStepOver } from './sign-in.errors';

/** What comes next for somebody who gave the right password. */
export type SignInStep =
  | { readonly kind: 'new-password'; readonly name: string }
  | { readonly kind: 'enrol'; readonly name: string; readonly secret: string; readonly uri: string }
  | { readonly kind: 'code'; readonly name: string };

const TICKET = 'sign-in step';
const TICKET_MS = 10 * 60_000;

/**
 * Signing in with a password and a second step. Between the steps the browser holds a sealed ticket that says who gave
 * the right password and when; it opens nothing but the next step, and a new password ends it.
 */
@Injectable()
export class LocalSignIn {
  constructor(
    private readonly accounts: LocalAccounts,
    private readonly passwords: Passwords,
    private readonly hindrances: Hindrances,
    private readonly seal: Seal,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: EventStore,
    private readonly clock: Clock,
  ) {}

  /** Answers the ticket for the next step. @throws SignInRefused, TooManyAttempts */
  async begin(email: string, password: string, address: string): Promise<string> {
    await this.hindrances.attempt('address', address);
    await this.hindrances.attempt('account', email);
    const account = await this.accounts.findByEmail(email);
    const isRight = await this.passwords.matches(password, account?.passwordHash ?? null);
    if (!account || !isRight || !account.hasRole) {
      const reason = !account ? 'unknown' : !isRight ? 'password' : 'no-role';
      await this.failed('password', reason, account?.personId ?? null);
      throw new SignInRefused();
    }
    await this.hindrances.forgive('account', email);
    await this.hindrances.forgive('address', address);
    return this.ticketOf(account);
  }

  /** @throws SignInStepOver */
  async step(ticket: string): Promise<SignInStep> {
    const account = await this.open(ticket);
    const { name, email } = account;
    if (account.mustChange) return { kind: 'new-password', name };
    if (account.isEnrolled) return { kind: 'code', name };
    const secret = await this.secretOf(account);
    return { kind: 'enrol', name, secret, uri: enrolmentUri(secret, email) };
  }

  /** Answers a new ticket: the old one ended with the password. @throws NewPasswordRefused, SignInStepOver */
  async chooseFirstPassword(ticket: string, password: string, repeated: string): Promise<string> {
    const account = await this.open(ticket);
    if (!account.mustChange) throw new SignInStepOver();
    await this.requireGood(account, password, repeated);
    await asPerson(account.personId, () => this.accounts.setPassword(account.personId, password));
    const changed = await this.accounts.findByPerson(account.personId);
    if (!changed) throw new SignInStepOver();
    return this.ticketOf(changed);
  }

  /** Confirms the second step with its first code. @throws CodeRefused, TooManyAttempts, SignInStepOver */
  async enrol(ticket: string, code: string): Promise<{ personId: string; recoveryCodes: readonly string[] }> {
    const account = await this.open(ticket);
    if (account.mustChange || account.isEnrolled) throw new SignInStepOver();
    const { personId } = account;
    await this.hindrances.attempt('code', personId);
    const step = stepOf(await this.secretOf(account), code, Date.now());
    if (step === null) throw new CodeRefused();
    const recoveryCodes = newRecoveryCodes();
    await asPerson(personId, () => this.accounts.confirmSecret(personId, step, recoveryCodes));
    await this.hindrances.forgive('code', personId);
    return { personId, recoveryCodes };
  }

  /** Takes a code of the app or a recovery code. @throws CodeRefused, TooManyAttempts, SignInStepOver */
  async confirm(ticket: string, code: string): Promise<{ personId: string; recoveryCodesLeft: number | null }> {
    const account = await this.open(ticket);
    if (account.mustChange || !account.isEnrolled) throw new SignInStepOver();
    const { personId, totpSecret } = account;
    await this.hindrances.attempt('code', personId);
    const step = totpSecret === null ? null : stepOf(totpSecret, code, Date.now());
    const isRight = await asPerson(personId, () =>
      step === null ? this.accounts.useRecoveryCode(personId, code) : this.accounts.useStep(personId, step),
    );
    if (!isRight) {
      await this.failed('password', 'code', personId);
      throw new CodeRefused();
    }
    await this.hindrances.forgive('code', personId);
    return { personId, recoveryCodesLeft: step === null ? await this.accounts.recoveryCodesLeft(personId) : null };
  }

  /** How many recovery codes somebody has left; null for somebody who signs in without a password here. */
  async recoveryCodesLeft(personId: string): Promise<number | null> {
    const account = await this.accounts.findByPerson(personId);
    return account ? this.accounts.recoveryCodesLeft(personId) : null;
  }

  /** Ten new recovery codes for somebody signed in who gives the password again. @throws NewPasswordRefused */
  async renewRecoveryCodes(personId: string, current: string): Promise<readonly string[]> {
    await this.requireCurrent(personId, current);
    const recoveryCodes = newRecoveryCodes();
    await this.accounts.replaceRecoveryCodes(personId, recoveryCodes);
    return recoveryCodes;
  }

  /** Somebody signed in changes the password. @throws NewPasswordRefused, TooManyAttempts */
  async changePassword(personId: string, current: string, password: string, repeated: string): Promise<void> {
    const account = await this.requireCurrent(personId, current);
    await this.requireGood(account, password, repeated);
    await this.accounts.setPassword(personId, password);
  }

  /** An attempt that failed, without saying whose name was typed: it may be a password in the wrong field. */
  async failed(method: string, reason: string, personId: string | null): Promise<void> {
    const data = { method, reason, ...(personId === null ? {} : { personId }) };
    const event = { type: 'access.sign-in-failed', schemaVersion: 1, data, effectiveAt: this.clock.now() };
    await asAccess(() =>
      this.unitOfWork.run(() =>
        this.events.append([{ stream: `sign-in-${randomUUID()}`, office: null, expectedVersion: 0, events: [event] }]),
      ),
    );
  }

  private async requireCurrent(personId: string, current: string): Promise<LocalAccount> {
    const account = await this.accounts.findByPerson(personId);
    if (!account) throw new SignInStepOver();
    await this.hindrances.attempt('account', account.email);
    if (!(await this.passwords.matches(current, account.passwordHash))) {
      throw new NewPasswordRefused([{ pointer: '/current', message: 'is not your password' }]);
    }
    await this.hindrances.forgive('account', account.email);
    return account;
  }

  private async requireGood(account: LocalAccount, password: string, repeated: string): Promise<void> {
    const errors: FieldError[] = [];
    const complaint = passwordComplaint(password, account);
    if (complaint !== null) errors.push({ pointer: '/password', message: complaint });
    else if (await this.passwords.matches(password, account.passwordHash)) {
      errors.push({ pointer: '/password', message: 'must be another one than before' });
    } else if (password !== repeated) errors.push({ pointer: '/repeated', message: 'is not the same' });
    if (errors.length > 0) throw new NewPasswordRefused(errors);
  }

  private async secretOf({ personId, totpSecret }: LocalAccount): Promise<string> {
    if (totpSecret !== null) return totpSecret;
    const secret = newSecret();
    await asPerson(personId, () => this.accounts.proposeSecret(personId, secret));
    return secret;
  }

  private async ticketOf({ personId, passwordSetAt }: LocalAccount): Promise<string> {
    const sealed = await this.seal.seal(TICKET, JSON.stringify([personId, passwordSetAt.getTime(), Date.now()]));
    return sealed.toString('base64url');
  }

  private async open(ticket: string): Promise<LocalAccount> {
    const text = await this.seal.open(TICKET, Buffer.from(ticket, 'base64url'));
    if (text === null) throw new SignInStepOver();
    const [personId, setAt, at] = JSON.parse(text) as [string, number, number];
    if (Date.now() - at > TICKET_MS) throw new SignInStepOver();
    const account = await this.accounts.findByPerson(personId);
    if (account?.passwordSetAt.getTime() !== setAt || !account.hasRole) throw new SignInStepOver();
    return account;
  }
}
