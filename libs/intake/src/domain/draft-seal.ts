import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** What the writer's browser keeps; 256 random bits. */
export function newDraftToken(): string {
  return randomBytes(32).toString('base64url');
}

export function isDraftToken(text: string): boolean {
  return /^[\w-]{43}$/.test(text);
}

/** Names the row of a draft. Neither the token nor the key can be found from it. */
export function draftId(token: string): Buffer {
  return hash('id', token);
}

/** Names the row of a link to a draft, whose secret it does not give away. */
export function draftLinkId(secret: string): Buffer {
  return hash('link', secret);
}

/** The same for every sending of one draft: the second is a repeat of the first. */
export function draftSendKey(token: string): string {
  return hash('send', token).toString('base64url');
}

export function seal(token: string, bytes: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, keyOf(token), nonce);
  const sealed = Buffer.concat([cipher.update(bytes), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

/** @throws Error for what was changed, or sealed with another token. */
export function unseal(token: string, sealed: Buffer): Buffer {
  const decipher = createDecipheriv(CIPHER, keyOf(token), sealed.subarray(0, NONCE_BYTES));
  decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
}

function keyOf(token: string): Buffer {
  return Buffer.from(hkdfSync('sha256', token, '', 'postbag contact draft', 32));
}

function hash(purpose: string, token: string): Buffer {
  return createHash('sha256').update(`postbag contact draft ${purpose}\n${token}`).digest();
}
