import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { hash, verify, type Options } from '@node-rs/argon2';

/** OWASP Password Storage Cheat Sheet: argon2id (2 in the package's declaration), 19 MiB, two passes, one lane. */
const OPTIONS: Options = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };
// No 0 and o, 1, i and l: a one-time password is often read out.
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Passwords, kept as argon2id. */
@Injectable()
export class Passwords {
  #ofNobody: Promise<string> | null = null;

  hash(password: string): Promise<string> {
    return hash(password.normalize('NFKC'), OPTIONS);
  }

  /** Takes as long where there is no account (`known` null), so that time does not tell which ones exist. */
  async matches(password: string, known: string | null): Promise<boolean> {
    const stored = known ?? (await (this.#ofNobody ??= this.hash(oneTimePassword())));
    const isRight = await verify(stored, password.normalize('NFKC'));
    return isRight && known !== null;
  }
}

/** Sixteen characters in groups of four: 79 bits. */
export function oneTimePassword(): string {
  const group = (): string => Array.from({ length: 4 }, () => LETTERS.charAt(randomInt(LETTERS.length))).join('');
  return [group(), group(), group(), group()].join('-');
}
