import { DomainError } from '@app/kernel';
import type { DocumentStatus } from './document-status';

/** Also for what the caller may not know of. */
export class DocumentNotFound extends DomainError {
  readonly code = 'documents.not-found';
  readonly kind = 'not-found';
  constructor() {
    super('There is no such document on this case.');
  }
}

const NOT_POSSIBLE: Readonly<Record<DocumentStatus, string>> = {
  draft: 'This is a draft: it must be approved first.',
  approved: 'This document is approved. Change it first if it must be approved anew.',
  issued: 'This document has been issued and cannot be changed. Draft a new one.',
  discarded: 'This draft was discarded.',
};

export class DocumentNotInState extends DomainError {
  readonly code = 'documents.not-in-state';
  readonly kind = 'conflict';
  constructor(status: DocumentStatus) {
    super(NOT_POSSIBLE[status]);
  }
}

export class DocumentStale extends DomainError {
  readonly code = 'documents.version-stale';
  readonly kind = 'stale';
  constructor() {
    super('The document was changed in the meantime. Look again and repeat.');
  }
}

/** An input is wrong. */
export class InvalidDocumentInput extends DomainError {
  readonly code = 'documents.invalid-input';
  readonly kind = 'invalid';
  constructor(pointer: string, message: string) {
    super(message, { errors: [{ pointer, message }] });
  }
}

/** Something in the letter is still to be filled in. */
export class DocumentUnfinished extends DomainError {
  readonly code = 'documents.unfinished';
  readonly kind = 'invalid';
  constructor(readonly fields: readonly string[]) {
    const message = `fill in what is still open: ${fields.join(', ')}`;
    super(message, { errors: [{ pointer: '/text', message }] });
  }
}

export class RenditionIsKept extends DomainError {
  readonly code = 'documents.rendition-kept';
  readonly kind = 'conflict';
  constructor() {
    super('This rendition is kept and cannot be changed. Begin a new one.');
  }
}
