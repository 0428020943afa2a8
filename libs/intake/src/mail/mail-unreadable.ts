import { DomainError } from '@app/kernel';

export type MailUnreadableReason = 'empty' | 'not-a-mail' | 'timeout' | 'crashed';

const MESSAGES: Readonly<Record<MailUnreadableReason, string>> = {
  empty: 'The mail is empty.',
  'not-a-mail': 'The mail has no header and no text that can be read.',
  timeout: 'Reading the mail took too long.',
  crashed: 'Reading the mail failed.',
};

/** Nothing of a mail could be read. It is shown to a person as it came; `reason` says why. */
export class MailUnreadable extends DomainError {
  readonly code = 'mail-unreadable';
  readonly kind = 'invalid';

  constructor(
    readonly reason: MailUnreadableReason,
    options?: ErrorOptions,
  ) {
    super(MESSAGES[reason], options);
  }
}
