import { createHmac } from 'node:crypto';
import { domainToASCII } from 'node:url';
import { addressParts } from './mail-address';
import { OUTGOING_KINDS, type OutgoingKind } from './outgoing-status';

const TAG_DIGITS = 20;
const OWN = new RegExp(
  `^(${OUTGOING_KINDS.join('|')})\\.([a-z0-9]+(?:-[a-z0-9]+)*)\\.([1-9]\\d*)\\.[0-9a-f]{${TAG_DIGITS}}@[a-z0-9.-]+$`,
);

export interface MailMessageIdParts {
  readonly kind: OutgoingKind;
  readonly caseReference: string;
  /** Which message of this kind on this case: 1 is the first. */
  readonly ordinal: number;
  /** Address that the message is sent from; its domain stands behind the @. */
  readonly from: string;
  /** Our own id of the message: random and never published, so that no stranger can foretell the Message-ID. */
  readonly outgoingMessageId: string;
}

/**
 * The Message-ID (RFC 5322, 3.6.4) without angle brackets. It follows from the stored message alone, so a repeated or
 * resumed sending bears the same one, and receivers that saw the first copy can tell that the second is the same.
 */
export function mailMessageId({ kind, caseReference, ordinal, from, outgoingMessageId }: MailMessageIdParts): string {
  const host = domainToASCII(addressParts(from)?.domain ?? '').toLowerCase();
  if (host === '') throw new Error('A Message-ID needs a from address with a domain');
  const body = `${kind}.${caseReference.toLowerCase()}.${String(ordinal)}`;
  const tag = createHmac('sha256', outgoingMessageId).update(`${body}@${host}`).digest('hex').slice(0, TAG_DIGITS);
  const id = `${body}.${tag}@${host}`;
  if (!OWN.test(id)) throw new Error('The case reference or ordinal does not fit into a Message-ID');
  return id;
}

export interface OwnMessageId {
  readonly kind: OutgoingKind;
  readonly caseReference: string;
  readonly ordinal: number;
}

/** What an id of our own making says, with or without angle brackets; null for anybody else's. It is no proof of origin. */
export function parseOwnMessageId(id: string): OwnMessageId | null {
  const match = OWN.exec(bareMessageId(id).toLowerCase());
  const kind = OUTGOING_KINDS.find((each) => each === match?.[1]);
  if (!match || !kind) return null;
  return { kind, caseReference: (match[2] ?? '').toUpperCase(), ordinal: Number(match[3]) };
}

/** Whether the id has the form of ours. */
export function isOwnMessageId(id: string): boolean {
  return parseOwnMessageId(id) !== null;
}

/** The ids among References and In-Reply-To that may be ours, bare and each once, the nearest (last) first. */
export function ownMessageIdsIn(ids: readonly string[]): string[] {
  return [...new Set(ids.filter(isOwnMessageId).map((id) => bareMessageId(id).toLowerCase()))].reverse();
}

/** Without angle brackets and surrounding space, as ids are stored. */
export function bareMessageId(id: string): string {
  return id.trim().replace(/^<|>$/g, '');
}
