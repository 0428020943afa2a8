import { DomainError } from '@app/kernel';
import type { OutgoingStatus } from './outgoing-status';

/** There is no such message, or the caller may not know of it. */
export class OutgoingNotFound extends DomainError {
  readonly code = 'notifications.message-not-found';
  readonly kind = 'not-found';
  constructor() {
    super('There is no outgoing message with this id.');
  }
}

const STATUS_WORDS: Readonly<Record<OutgoingStatus, string>> = {
  queued: 'is waiting to be sent',
  sending: 'is being sent',
  sent: 'has been sent',
  uncertain: 'may have been sent and needs a person to check',
  failed: 'was refused by the mail server',
  bounced: 'has come back as undeliverable',
  cancelled: 'has been cancelled',
};

/** The message is past the point where this can be done, or not there yet. */
export class OutgoingNotInState extends DomainError {
  readonly code = 'notifications.message-not-in-state';
  readonly kind = 'conflict';
  constructor(
    wanted: string,
    readonly status: OutgoingStatus,
  ) {
    super(`The message cannot be ${wanted}: it ${STATUS_WORDS[status]}.`);
  }
}

/** An address that mail cannot be sent from or to. The address itself is not repeated: errors are logged. */
export class UnusableMailAddress extends DomainError {
  readonly code = 'notifications.unusable-address';
  readonly kind = 'invalid';
  constructor(field: 'from' | 'to') {
    const message = 'Must be one e-mail address, for example name@organisation.example';
    super(message, { errors: [{ pointer: `/${field}`, message }] });
  }
}

/** A person settled a message by hand without saying why. */
export class ReasonMissing extends DomainError {
  readonly code = 'notifications.reason-missing';
  readonly kind = 'invalid';
  constructor() {
    const message = 'Say how you know, for example “seen in the sent items of the mail server”';
    super(message, { errors: [{ pointer: '/reason', message }] });
  }
}
