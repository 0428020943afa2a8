import type { Permission, Role } from '../domain/roles';

/** A token as it is kept: never the token itself, only the SHA-256 of it. */
export interface TokenRecord {
  readonly id: string;
  readonly hash: Buffer;
  readonly label: string;
  readonly role: Role;
  readonly offices: readonly string[];
  readonly permissions: readonly Permission[] | null;
  readonly createdBy: string;
  readonly createdAt?: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
}

/** Where tokens are kept. Works in the open transaction. */
export abstract class TokenStore {
  /** Adds the token, or moves the end of the one with this hash that is not revoked. Answers whether it is new. */
  abstract addOrProlong(token: TokenRecord): Promise<boolean>;
  abstract find(hash: Buffer): Promise<TokenRecord | null>;
  /** Ends the token now. Null when there is none with this id that still runs (in these offices alone, if given). */
  abstract revoke(id: string, within: readonly string[] | null): Promise<TokenRecord | null>;
  /** Those whose offices are all among these, newest first. */
  abstract list(
    offices: readonly string[],
    limit: number,
    after: { at: string; id: string } | null,
  ): Promise<TokenRecord[]>;
}
