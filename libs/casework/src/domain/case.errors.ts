import { DomainError } from '@app/kernel';
import type { CaseAction, CaseStatus } from './case-status';

/** Also for what the caller may not know of. */
export class CaseNotFound extends DomainError {
  readonly code = 'casework.not-found';
  readonly kind = 'not-found';
  constructor() {
    super('There is no such case.');
  }
}

/** The case exists, but holds no such file or original. */
export class CaseContentNotFound extends DomainError {
  readonly code = 'casework.content-not-found';
  readonly kind = 'not-found';
  constructor() {
    super('There is no such file on this case.');
  }
}

const NOT_RELEASED: Readonly<Record<string, string>> = {
  infected: 'This file is held back: it contains something harmful.',
  'too-large': 'This file is held back: it is too large to be checked for viruses.',
};

/** With a virus scanner, only what it found nothing in leaves the service. */
export class FileNotReleased extends DomainError {
  readonly code = 'casework.file-not-released';
  readonly kind = 'conflict';
  constructor(
    readonly scanStatus: string,
    message = NOT_RELEASED[scanStatus] ?? 'This file is being checked for viruses. Try again in a moment.',
  ) {
    super(message);
  }
}

export class ActionNotAllowed extends DomainError {
  readonly code = 'casework.action-not-allowed';
  readonly kind = 'conflict';
  constructor(action: CaseAction, status: CaseStatus) {
    super(`“${action}” cannot be done while the case is ${status}.`);
  }
}

/** The case is in the right status, but something the action needs is missing or already done. */
export class CaseRuleRefused extends DomainError {
  readonly code = 'casework.rule-refused';
  readonly kind = 'conflict';
}

/** An input of an action is wrong. */
export class InvalidCaseInput extends DomainError {
  readonly code = 'casework.invalid-input';
  readonly kind = 'invalid';
  constructor(pointer: string, message: string) {
    super(message, { errors: [{ pointer, message }] });
  }
}

/** If-Match names another version than the current one. */
export class CaseVersionStale extends DomainError {
  readonly code = 'casework.version-stale';
  readonly kind = 'stale';
  constructor() {
    super('The case was changed after the version you saw. Look again and repeat.');
  }
}
