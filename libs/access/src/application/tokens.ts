import { createHmac, hash, randomBytes, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, type Actor, type FieldError } from '@app/kernel';
import { Config, EventStore, UnitOfWork, runAs, systemCaller } from '@app/platform';
import { can, isRole, PERMISSIONS, ROLES, type Permission, type Role } from '../domain/roles';
import { isTokenText, tokenText } from '../domain/token-text';
import { asAccessOrSystem } from './as-access';
import { ExpiringCache } from './expiring-cache';
import { InvalidTokenRequest, TokenNotFound } from './token.errors';
import { TokenStore, type TokenRecord } from './token-store';

/** What a token asks for. The label is for people who look at the list of tokens. */
export interface TokenRequest {
  readonly role: Role;
  readonly offices: readonly string[];
  readonly label: string;
  readonly expiresInDays: number;
  /** What it may do of what its role may; without it everything. */
  readonly permissions?: readonly Permission[] | null;
}

/** Whom a token stands for. */
export interface TokenIdentity {
  readonly actor: Actor;
  readonly role: Role;
  readonly offices: readonly string[];
  readonly tokenId: string;
  /** Null: everything that the role may. */
  readonly permissions?: readonly Permission[] | null;
}

interface Known extends TokenIdentity {
  readonly expiresAtMs: number;
}

/** A revocation in another process is noticed this late at most. */
const CACHE_MS = 5000;
const DAY_MS = 86_400_000;
const LONGEST_DAYS = 3650;
const DEMONSTRATION = 'demonstration';
const DEMONSTRATION_DAYS = 365;

/** Bearer tokens: minted, verified and revoked in real time, kept only as SHA-256. */
@Injectable()
export class Tokens {
  readonly #known = new ExpiringCache<Known>(CACHE_MS, 2000);
  // Apart from the good ones, so that a flood of guesses cannot push those out.
  readonly #unknown = new ExpiringCache<true>(CACHE_MS, 500);
  readonly #asking = new Map<string, Promise<Known | null>>();

  constructor(
    private readonly store: TokenStore,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: EventStore,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * Makes a token and answers it: the only time it is seen. `createdBy` names the actor or the command.
   * @throws InvalidTokenRequest
   */
  async mint(request: TokenRequest, createdBy: string): Promise<string> {
    return (await this.mintWithId(request, createdBy)).token;
  }

  /** As `mint`, with the id that the token is revoked by. @throws InvalidTokenRequest */
  async mintWithId(request: TokenRequest, createdBy: string): Promise<{ readonly id: string; readonly token: string }> {
    const errors = requestErrors(request);
    if (errors.length > 0) throw new InvalidTokenRequest(errors);
    const [id, token] = [randomUUID(), tokenText(randomBytes(32))];
    await this.keep(token, id, request, createdBy);
    return { id, token };
  }

  /** Tokens of these offices, the newest first, without what they are. */
  list(offices: readonly string[], limit: number, after: { at: string; id: string } | null): Promise<TokenRecord[]> {
    return this.unitOfWork.run(() => this.store.list(offices, limit, after));
  }

  /** The same token for the same secret, role and offices, so that a printed sign-in outlives a restart. */
  async demoToken(secret: string, role: Role, offices: readonly string[]): Promise<string> {
    if (!this.config.demo) throw new Error('Demonstration tokens exist in demonstration mode only');
    const digest = (purpose: string): Buffer =>
      createHmac('sha256', secret)
        .update(JSON.stringify([`postbag demonstration ${purpose}`, role, offices]))
        .digest();
    const token = tokenText(digest('token'));
    const request = { role, offices, label: `Demonstration ${role}`, expiresInDays: DEMONSTRATION_DAYS };
    await this.keep(token, uuidOf(digest('id')), request, DEMONSTRATION);
    return token;
  }

  /** Whom the token stands for; null when it is unknown, expired or revoked. */
  async verify(token: string): Promise<TokenIdentity | null> {
    if (!isTokenText(token)) return null;
    const key = hashOf(token);
    const now = Date.now();
    if (this.#unknown.get(key, now)) return null;
    const known = this.#known.get(key, now) ?? (await this.ask(key));
    return known && known.expiresAtMs > Date.now() ? known : null;
  }

  /**
   * Ends a token at once here, within five seconds everywhere. With `within`, only one of these offices.
   * @throws TokenNotFound
   */
  async revoke(id: string, within: readonly string[] | null = null): Promise<void> {
    await asAccessOrSystem(() =>
      this.unitOfWork.run(async () => {
        const token = await this.store.revoke(id, within);
        if (!token) throw new TokenNotFound();
        await this.record('access.token-revoked', token, 1);
      }),
    );
    this.#known.forget((known) => known.tokenId === id);
  }

  private async keep(token: string, id: string, request: TokenRequest, createdBy: string): Promise<void> {
    const record: TokenRecord = {
      id,
      hash: Buffer.from(hashOf(token), 'hex'),
      label: request.label,
      role: request.role,
      offices: [...request.offices],
      permissions: request.permissions ?? null,
      createdBy,
      expiresAt: new Date(Date.now() + request.expiresInDays * DAY_MS),
      revokedAt: null,
    };
    await asAccessOrSystem(() =>
      this.unitOfWork.run(async () => {
        if (await this.store.addOrProlong(record)) await this.record('access.token-minted', record, 0);
      }),
    );
    this.#unknown.forget(() => true);
  }

  private async record(type: string, token: TokenRecord, expectedVersion: number): Promise<void> {
    const [office = null, another] = token.offices;
    const data = {
      tokenId: token.id,
      role: token.role,
      offices: [...token.offices],
      createdBy: token.createdBy,
      ...(token.permissions === null ? {} : { permissions: [...token.permissions] }),
    };
    await this.events.append([
      {
        stream: `api-token-${token.id}`,
        office: another === undefined ? office : null,
        expectedVersion,
        events: [{ type, schemaVersion: 1, data, effectiveAt: this.clock.now() }],
      },
    ]);
  }

  /** One question at a time for each token, however many requests arrive with it at once. */
  private ask(key: string): Promise<Known | null> {
    const asking = this.#asking.get(key) ?? this.find(key).finally(() => this.#asking.delete(key));
    this.#asking.set(key, asking);
    return asking;
  }

  private async find(key: string): Promise<Known | null> {
    // Not a system caller: what serves a request never works under the role that bypasses row-level security.
    const record = await runAs({ ...systemCaller('access'), system: false }, () =>
      this.unitOfWork.run(() => this.store.find(Buffer.from(key, 'hex'))),
    );
    if (!record || record.revokedAt || (record.createdBy === DEMONSTRATION && !this.config.demo)) {
      this.#unknown.set(key, true, Date.now());
      return null;
    }
    const known: Known = {
      actor: { kind: record.role === 'service' ? 'service' : 'person', id: record.id },
      role: record.role,
      offices: record.offices,
      tokenId: record.id,
      permissions: record.permissions,
      expiresAtMs: record.expiresAt.getTime(),
    };
    this.#known.set(key, known, Date.now());
    return known;
  }
}

function requestErrors({ role, offices, label, expiresInDays, permissions = null }: TokenRequest): FieldError[] {
  const errors: FieldError[] = [];
  if (!isRole(role)) errors.push({ pointer: '/role', message: `must be one of ${ROLES.join(', ')}` });
  if (offices.length === 0) errors.push({ pointer: '/offices', message: 'must name at least one office' });
  if (label.length > 200) errors.push({ pointer: '/label', message: 'must have at most 200 characters' });
  if (!Number.isInteger(expiresInDays) || expiresInDays < 1 || expiresInDays > LONGEST_DAYS) {
    errors.push({ pointer: '/expiresInDays', message: `must be a whole number from 1 to ${String(LONGEST_DAYS)}` });
  }
  if (permissions?.length === 0) errors.push({ pointer: '/permissions', message: 'must name at least one' });
  const beyond = (permissions ?? []).filter((each) => !PERMISSIONS.includes(each) || !can(role, each));
  if (beyond.length > 0) {
    errors.push({ pointer: '/permissions', message: `are not all of this role: ${beyond.join(', ').slice(0, 200)}` });
  }
  return errors;
}

/** The one-shot hash of Node: an eighth of the time of a hash object, on every request. */
function hashOf(token: string): string {
  return hash('sha256', token, 'hex');
}

/** A UUID (RFC 9562, version 8) from digest bytes. */
function uuidOf(digest: Buffer): string {
  const bytes = Buffer.from(digest.subarray(0, 16));
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
