import { addressParts, mailboxOf } from './mail-address';

/** The loop brake: how many automatic messages one address of one office gets. */
export interface AutomaticAnswerLimits {
  readonly perDay: number;
  readonly perWeek: number;
}

export const DEFAULT_LIMITS: AutomaticAnswerLimits = { perDay: 3, perWeek: 10 };

export interface AutomaticAnswerFacts {
  /** Null: the item named no address. */
  readonly to: string | null;
  /** Every mailbox that this service receives mail for, of all offices. */
  readonly ownAddresses: readonly string[];
  /** False: the item came from a machine, a list or a bounce (RFC 3834, 2), or from a sender nobody has confirmed. */
  readonly mayAnswerAutomatically: boolean;
  /** Automatic messages of this office to this address in the last 24 hours and 7 days. */
  readonly sentInLastDay: number;
  readonly sentInLastWeek: number;
}

export interface AutomaticAnswerDecision {
  readonly allowed: boolean;
  /** In words for staff. */
  readonly because: string;
}

// Addresses behind which nobody reads, or a program does (RFC 3834, 2 and 4; conventions of list managers and VERP).
const NO_REPLY = /(?:^|[-_.+])(?:no|do[-_.]?not|dont|never)[-_.]?(?:reply|respond|response|answer)(?:$|[-_.+\d])/;
const MACHINE =
  /^(?:mailer[-_.]?daemon|postmaster|mail[-_.]?daemon|daemon|bounces?|returns?|undeliverable|listserv|majordomo|mailman|sympa|nobody|auto[-_.]?(?:reply|responder|response)|vacation)$/;
const MACHINE_PART = /^(?:bounces?[-_.+=]|owner-|prvs=|srs[01][-+=])|-(?:bounces?|request|owner|errors?)$/;

/**
 * Whether an automatic message may go out. People are always answered in the end; this only decides what goes out
 * without a person. A no costs a glance by staff, a wrong yes can start two machines writing to each other.
 */
export function decideAutomaticAnswer(
  facts: AutomaticAnswerFacts,
  limits: AutomaticAnswerLimits = DEFAULT_LIMITS,
): AutomaticAnswerDecision {
  const refusal = refusalOf(facts, limits);
  return refusal === null
    ? { allowed: true, because: 'It is a person’s address and has not been written to automatically too often' }
    : { allowed: false, because: refusal };
}

function refusalOf(facts: AutomaticAnswerFacts, limits: AutomaticAnswerLimits): string | null {
  if (!facts.mayAnswerAutomatically) {
    return 'The item came from a machine, a mailing list or a sender who has not been confirmed';
  }
  const to = facts.to?.trim() ?? '';
  if (to === '') return 'There is no address to write to';
  const parts = addressParts(to);
  if (parts === null) return 'The address is not one that mail can be sent to';
  const mailbox = mailboxOf(to);
  if (facts.ownAddresses.some((own) => mailboxOf(own) === mailbox)) {
    return 'The address is one of our own mailboxes';
  }
  const localPart = parts.localPart.toLowerCase();
  if (NO_REPLY.test(localPart)) return 'The address says that nobody reads replies to it';
  if (MACHINE.test(localPart) || MACHINE_PART.test(localPart)) {
    return 'The address belongs to a mail system or mailing list, not to a person';
  }
  if (facts.sentInLastDay >= limits.perDay) {
    return `The address has had ${counted(facts.sentInLastDay)} in the last 24 hours; the limit is ${String(limits.perDay)}`;
  }
  if (facts.sentInLastWeek >= limits.perWeek) {
    return `The address has had ${counted(facts.sentInLastWeek)} in the last 7 days; the limit is ${String(limits.perWeek)}`;
  }
  return null;
}

function counted(messages: number): string {
  return messages === 1 ? '1 automatic message' : `${String(messages)} automatic messages`;
}
