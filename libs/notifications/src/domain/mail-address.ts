const ATOM = "[\\p{L}\\p{M}\\p{N}!#$%&'*+/=?^_`{|}~-]+";
const LOCAL_PART = new RegExp(`^${ATOM}(?:\\.${ATOM})*$`, 'u');
const LABEL = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?$/u;
// RFC 5321, 4.5.3.1
const LONGEST_LOCAL_PART = 64;
const LONGEST_ADDRESS = 254;
const LONGEST_LABEL = 63;

export interface AddressParts {
  readonly localPart: string;
  readonly domain: string;
}

/**
 * One bare address that mail on the internet can be sent to, taken apart; null otherwise. Quoted local parts and
 * domain literals are left out: nobody writes from them, and both have been used to smuggle commands.
 */
export function addressParts(address: string): AddressParts | null {
  if (address.length > LONGEST_ADDRESS) return null;
  const at = address.lastIndexOf('@');
  const [localPart, domain] = [address.slice(0, Math.max(at, 0)), address.slice(at + 1)];
  if (localPart.length > LONGEST_LOCAL_PART || !LOCAL_PART.test(localPart)) return null;
  const labels = domain.split('.');
  if (labels.length < 2 || !labels.every((label) => label.length <= LONGEST_LABEL && LABEL.test(label))) return null;
  // RFC 6761: names below these never lead anywhere; an all-numeric last label is an IP address.
  if (/^(?:\d+|invalid|localhost|local)$/i.test(labels.at(-1) ?? '')) return null;
  return { localPart, domain };
}

/** Whether mail can be sent to the text as it stands: one address, without name, brackets or line break. */
export function isMailAddress(address: string): boolean {
  return addressParts(address) !== null;
}

/** For telling whether two addresses are one mailbox: without case and without a `+tag`. Null for what is no address. */
export function mailboxOf(address: string): string | null {
  const parts = addressParts(address.trim());
  if (parts === null) return null;
  const [mailbox = ''] = parts.localPart.split('+');
  return `${mailbox || parts.localPart}@${parts.domain}`.toLowerCase();
}
