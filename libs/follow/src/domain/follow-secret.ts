import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits for a link or a session; only the hash is stored. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

export function isSecret(text: string): boolean {
  return /^[\w-]{43}$/.test(text);
}

export function secretHash(secret: string): Buffer {
  return createHash('sha256').update(`postbag follow\n${secret}`).digest();
}

/** What a form of the session must send back. */
export function formToken(secret: string): string {
  return createHash('sha256').update(`postbag follow form\n${secret}`).digest('base64url');
}

/** The address as it is compared: stored with the request instead of the address itself. */
export function addressHash(requestId: string, address: string): Buffer {
  return createHash('sha256').update(`${requestId}\n${address.trim().toLowerCase()}`).digest();
}
