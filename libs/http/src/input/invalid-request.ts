import { DomainError, type FieldError } from '@app/kernel';

/** The request was understood and is wrong: `errors` names each wrong part by JSON pointer. */
export class InvalidRequest extends DomainError {
  readonly code = 'http.invalid-request';
  readonly kind = 'invalid';

  constructor(errors: readonly FieldError[]) {
    super(errors.length === 1 ? 'One part of the request is wrong.' : 'Several parts of the request are wrong.', {
      errors,
    });
  }
}
