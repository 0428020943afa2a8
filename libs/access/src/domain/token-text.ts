/** What every bearer token looks like: the prefix lets secret scanners find a leaked one. */
const FORM = /^pb_[A-Za-z0-9_-]{43}$/;
const SECRET_BYTES = 32;

/** The token for 32 secret bytes. */
export function tokenText(secret: Uint8Array): string {
  if (secret.byteLength !== SECRET_BYTES) throw new RangeError('A token needs 32 secret bytes');
  return `pb_${Buffer.from(secret).toString('base64url')}`;
}

/** Whether a text could be one of our tokens: anything else is refused without asking the database. */
export function isTokenText(text: string): boolean {
  return FORM.test(text);
}
