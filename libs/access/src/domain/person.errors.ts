import { DomainError, type FieldError } from '@app/kernel';

export class PersonRefused extends DomainError {
  readonly code = 'access.person-refused';
  readonly kind = 'invalid';
  constructor(errors: readonly FieldError[]) {
    super('Something about the person is wrong.', { errors });
  }
}

export class StartsInThePast extends DomainError {
  readonly code = 'access.starts-in-the-past';
  readonly kind = 'invalid';
  constructor() {
    super('Who held which role in the past cannot be changed.', {
      errors: [{ pointer: '/from', message: 'must be today or later' }],
    });
  }
}

/** Also for a person whom the caller may know of: they are another office's to change. */
export class NotYourOffice extends DomainError {
  readonly code = 'access.not-your-office';
  readonly kind = 'forbidden';
  constructor() {
    super('This concerns an office that you do not administer. Ask an administrator of that office.');
  }
}

export class LastAdministrator extends DomainError {
  readonly code = 'access.last-administrator';
  readonly kind = 'conflict';
  constructor() {
    super('This is the last administrator. Make somebody else administrator first.');
  }
}

export class PersonNotFound extends DomainError {
  readonly code = 'access.person-not-found';
  readonly kind = 'not-found';
  constructor() {
    super('There is no such person.');
  }
}

export class EmailTaken extends DomainError {
  readonly code = 'access.email-taken';
  readonly kind = 'invalid';
  constructor() {
    super('Somebody with this e-mail address is known already.', {
      errors: [{ pointer: '/email', message: 'belongs to somebody who is known already' }],
    });
  }
}
