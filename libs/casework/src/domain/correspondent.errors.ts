import { DomainError } from '@app/kernel';
import type { CorrespondentRecord } from './correspondent';

/** Also for what the caller may not know of. */
export class CorrespondentNotFound extends DomainError {
  readonly code = 'casework.correspondent-not-found';
  readonly kind = 'not-found';
  constructor() {
    super('There is no such person in our records.');
  }
}

export class InvalidCorrespondent extends DomainError {
  readonly code = 'casework.invalid-correspondent';
  readonly kind = 'invalid';
  constructor(readonly fields: readonly { readonly field: keyof CorrespondentRecord; readonly text: string }[]) {
    super('Something in the record is wrong.', {
      errors: fields.map(({ field, text }) => ({ pointer: `/${field}`, message: text })),
    });
  }
}

/** Somebody else saved the record after it was opened. */
export class CorrespondentChanged extends DomainError {
  readonly code = 'casework.correspondent-changed-meanwhile';
  readonly kind = 'conflict';
  constructor() {
    super('Somebody else changed this record after you opened it. Look again and repeat.');
  }
}
