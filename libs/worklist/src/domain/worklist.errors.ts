import { DomainError } from '@app/kernel';

/** An input of a view or of an action on many cases is wrong. */
export class InvalidWorklistInput extends DomainError {
  readonly code = 'worklist.invalid-input';
  readonly kind = 'invalid';
  constructor(pointer: string, message: string) {
    super(message, { errors: [{ pointer, message }] });
  }
}

/** Also for what belongs to somebody else. */
export class BulkActionNotFound extends DomainError {
  readonly code = 'worklist.bulk-action-not-found';
  readonly kind = 'not-found';
  constructor() {
    super('There is no such action.');
  }
}

export class SavedViewNotFound extends DomainError {
  readonly code = 'worklist.view-not-found';
  readonly kind = 'not-found';
  constructor() {
    super('There is no such view.');
  }
}

/** Too old, somebody else's or never there. */
export class SearchNotFound extends DomainError {
  readonly code = 'worklist.search-not-found';
  readonly kind = 'not-found';
  constructor() {
    super('This search is no longer kept. Search again.');
  }
}
