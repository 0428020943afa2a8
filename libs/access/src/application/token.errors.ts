import { DomainError, type FieldError } from '@app/kernel';

export class InvalidTokenRequest extends DomainError {
  readonly code = 'access.invalid-token-request';
  readonly kind = 'invalid';
  constructor(errors: readonly FieldError[]) {
    super(`The token cannot be made: ${errors.map((each) => `${each.pointer.slice(1)} ${each.message}`).join('; ')}.`, {
      errors,
    });
  }
}

export class TokenNotFound extends DomainError {
  readonly code = 'access.token-not-found';
  readonly kind = 'not-found';
  constructor() {
    super('There is no token with this id that still runs.');
  }
}
