import { DomainError, type FieldError } from '@app/kernel';

/** There is no such publication, or the caller may not know of it. */
export class PublicationNotFound extends DomainError {
  readonly code = 'publication.not-found';
  readonly kind = 'not-found';
  constructor() {
    super('There is no such publication.');
  }
}

/** What was asked for is not possible as things stand. */
export class PublicationRefused extends DomainError {
  readonly code = 'publication.refused';
  readonly kind = 'conflict';
}

/** Whoever worked on a version may not check it. */
export class SecondPersonNeeded extends DomainError {
  readonly code = 'publication.second-person';
  readonly kind = 'conflict';
  constructor() {
    super('A publication is checked by a second person: you worked on this version yourself.');
  }
}

export class InvalidPublication extends DomainError {
  readonly code = 'publication.invalid';
  readonly kind = 'invalid';
  constructor(errors: readonly FieldError[]) {
    super('The publication cannot be kept like this.', { errors });
  }
}
