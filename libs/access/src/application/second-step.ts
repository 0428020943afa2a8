import { hash, randomInt } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

const LABELS = { issuer: 'Postbag', algorithm: 'SHA1', digits: 6, period: 30 } as const;
const RECOVERY_CODES = 10;
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A new shared secret, as the text that an authenticator app takes. 160 bits (RFC 4226). */
export function newSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** What the picture for the app says. */
export function enrolmentUri(secret: string, email: string): string {
  return new TOTP({ ...LABELS, label: email, secret: Secret.fromBase32(secret) }).toString();
}

/** Which thirty seconds a code is of: now, or one step before or after for clocks that differ. Null: it is of none. */
export function stepOf(secret: string, code: string, nowMs: number): number | null {
  const token = code.replace(/\s/g, '');
  if (!/^\d{6}$/.test(token)) return null;
  const totp = new TOTP({ ...LABELS, secret: Secret.fromBase32(secret) });
  const delta = totp.validate({ token, timestamp: nowMs, window: 1 });
  return delta === null ? null : Math.floor(nowMs / 1000 / LABELS.period) + delta;
}

/** Ten codes that work once each: 49 bits, and every guess is counted. */
export function newRecoveryCodes(): string[] {
  const group = (): string => Array.from({ length: 5 }, () => LETTERS.charAt(randomInt(LETTERS.length))).join('');
  return Array.from({ length: RECOVERY_CODES }, () => `${group()}-${group()}`);
}

/** As it is kept: however it was typed in. */
export function recoveryHash(personId: string, code: string): Buffer {
  return hash('sha256', `${personId} ${code.toLowerCase().replace(/[^a-z0-9]/g, '')}`, 'buffer');
}
