import { DomainError, type FieldError } from '@app/kernel';

/** The same for an account that does not exist, a wrong password and one without a role: it tells nothing. */
export class SignInRefused extends DomainError {
  readonly code = 'access.sign-in-refused';
  readonly kind = 'forbidden';
  constructor() {
    super('The e-mail address or the password is wrong.');
  }
}

export class TooManyAttempts extends DomainError {
  readonly code = 'access.too-many-attempts';
  readonly kind = 'forbidden';
  constructor(readonly seconds: number) {
    super(`There were too many attempts. Wait ${waitInWords(seconds)} and try again.`);
  }
}

export class CodeRefused extends DomainError {
  readonly code = 'access.code-refused';
  readonly kind = 'invalid';
  constructor() {
    super('The code is wrong, or was used already. Enter the code that the app shows now.', {
      errors: [{ pointer: '/code', message: 'is wrong or was used already' }],
    });
  }
}

export class NewPasswordRefused extends DomainError {
  readonly code = 'access.password-refused';
  readonly kind = 'invalid';
  constructor(errors: readonly FieldError[]) {
    super('The new password cannot be used.', { errors });
  }
}

/** The step of signing in that was under way is over: too old, or the password was changed meanwhile. */
export class SignInStepOver extends DomainError {
  readonly code = 'access.sign-in-step-over';
  readonly kind = 'conflict';
  constructor() {
    super('Signing in took too long. Begin again.');
  }
}

function waitInWords(seconds: number): string {
  if (seconds <= 90) return `${String(seconds)} seconds`;
  return `${String(Math.ceil(seconds / 60))} minutes`;
}
