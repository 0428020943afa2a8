import { createHmac, hash, randomBytes, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, londonDate, type Actor, type JsonObject } from '@app/kernel';
import { Config, EventStore, UnitOfWork, runAs, systemCaller } from '@app/platform';
import type { Role } from '../domain/roles';
import { asAccess, asPerson } from './as-access';
import { ExpiringCache } from './expiring-cache';
import { Seal } from './seal';

/** How somebody showed who they are. */
export type SignInMethod = 'demonstration' | 'password' | 'oidc';

/** Whom a session stands for. */
export interface SessionIdentity {
  readonly actor: Actor;
  readonly role: Role;
  readonly offices: readonly string[];
  readonly sessionId: string;
  readonly personName: string;
  /** What every form of this session must send back. */
  readonly csrfToken: string;
}

/** A session as its person sees it in the list of their own. */
export interface RunningSession {
  readonly id: string;
  readonly method: SignInMethod;
  readonly beganAt: Date;
  readonly lastSeenAt: Date;
}

/** A session that just began: the value of its cookie is seen here only. */
export interface NewSession {
  readonly cookie: string;
  readonly expiresAt: Date;
}

interface Known extends Omit<SessionIdentity, 'csrfToken'> {
  readonly endsAtMs: number;
}

interface SessionRow {
  id: string;
  person_id: string;
  name: string;
  method: SignInMethod;
  stale: boolean;
  ends_at: Date;
  held: { role: Role; office: string }[];
}

/** A session ends an hour after the last request and twelve hours after signing in, whichever comes first. */
export const SESSION_IDLE_SECONDS = 60 * 60;
export const SESSION_HOURS = 12;
/** An end made in another process, and a role that ended, are noticed this late at most. */
const CACHE_MS = 5000;
/** The ID token names a person: kept only to be shown to its provider again. */
const EXTERNAL = 'external token';
const COOKIE_FORM = /^[A-Za-z0-9_-]{43}$/;

/** Sessions of people, in real time: a cookie of 32 random bytes, kept only as SHA-256. */
@Injectable()
export class Sessions {
  readonly #known = new ExpiringCache<Known>(CACHE_MS, 2000);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly events: EventStore,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly seal: Seal,
  ) {}

  /**
   * Begins a session. `replaces` is the cookie that the browser had: it ends, so that nobody goes on with a session that
   * was planted before. `externalToken` is what the identity provider wants to see at sign-out.
   */
  async begin(
    personId: string,
    method: SignInMethod,
    { replaces = null, externalToken = null }: { replaces?: string | null; externalToken?: string | null } = {},
  ): Promise<NewSession> {
    const id = randomUUID();
    const cookie = randomBytes(32).toString('base64url');
    const expiresAt = new Date(Date.now() + SESSION_HOURS * 3_600_000);
    const sealed = externalToken === null ? null : await this.seal.seal(EXTERNAL, externalToken);
    if (replaces !== null) await this.end(replaces, 'replaced');
    await asPerson(personId, () =>
      this.unitOfWork.run(async (manager) => {
        await manager.query(
          `INSERT INTO session (id, token_hash, person_id, method, expires_at, idle_seconds, external_token)
           VALUES ($1, $2, $3, $4, $5, $6, $7)`,
          [id, hashOf(cookie), personId, method, expiresAt, SESSION_IDLE_SECONDS, sealed],
        );
        await this.record(id, 0, 'access.signed-in', { personId, sessionId: id, method });
      }),
    );
    return { cookie, expiresAt };
  }

  /** Whom a cookie stands for; null when it is unknown, ended, too old, idle for too long or of somebody without a role. */
  async verify(cookie: string, { isActivity = true }: { isActivity?: boolean } = {}): Promise<SessionIdentity | null> {
    if (!COOKIE_FORM.test(cookie)) return null;
    const key = hashOf(cookie);
    const cached = this.#known.get(key.toString('hex'), Date.now());
    const known = cached ?? (await this.find(key, isActivity));
    if (!known || known.endsAtMs <= Date.now()) return null;
    const { endsAtMs: _, ...identity } = known;
    return { ...identity, csrfToken: csrfTokenOf(cookie) };
  }

  /** Ends the session of a cookie; answers what the identity provider wants to see at sign-out, if it was one. */
  async end(cookie: string, reason: 'signed-out' | 'replaced' = 'signed-out'): Promise<string | null> {
    if (!COOKIE_FORM.test(cookie)) return null;
    const ended = await this.endWhere(`token_hash = $2`, hashOf(cookie), reason);
    const token = ended[0]?.external_token ?? null;
    return token === null ? null : this.seal.open(EXTERNAL, token);
  }

  /** Ends one session of a person. Answers whether there was one that still ran. */
  async endOne(personId: string, sessionId: string, reason: string): Promise<boolean> {
    return (await this.endWhere(`person_id = $2 AND id = $3`, personId, reason, sessionId)).length > 0;
  }

  /** Ends every session of a person: signed out everywhere. */
  async endAll(personId: string, reason: string): Promise<number> {
    return (await this.endWhere(`person_id = $2`, personId, reason)).length;
  }

  /** The sessions of a person that still run, newest first. */
  running(personId: string): Promise<readonly RunningSession[]> {
    return asAccess(() =>
      this.unitOfWork.run((manager): Promise<RunningSession[]> =>
        manager.query(
          `SELECT id, method, created_at AS "beganAt", last_seen_at AS "lastSeenAt" FROM session
            WHERE person_id = $1 AND ended_at IS NULL AND expires_at > clock_timestamp()
              AND last_seen_at + make_interval(secs => idle_seconds) > clock_timestamp()
            ORDER BY created_at DESC, id`,
          [personId],
        ),
      ),
    );
  }

  /** A role of this person has just changed: what is remembered of it is asked again. */
  forget(personId: string): void {
    this.#known.forget(({ actor }) => actor.id === personId);
  }

  private async endWhere(
    condition: string,
    ...[which, reason, more]: [Buffer | string, string, string?]
  ): Promise<{ id: string; external_token: Buffer | null }[]> {
    const ended = await asAccess(() =>
      this.unitOfWork.run(async (manager) => {
        const [rows]: [{ id: string; person_id: string; external_token: Buffer | null }[], number] =
          await manager.query(
            `UPDATE session SET ended_at = clock_timestamp(), end_reason = $1
              WHERE ${condition} AND ended_at IS NULL AND expires_at > clock_timestamp()
              RETURNING id, person_id, external_token`,
            more === undefined ? [reason, which] : [reason, which, more],
          );
        for (const { id, person_id: personId } of rows) {
          await this.record(id, 1, 'access.session-ended', { personId, sessionId: id, reason });
        }
        return rows;
      }),
    );
    this.#known.forget(({ sessionId }) => ended.some(({ id }) => id === sessionId));
    return ended;
  }

  private record(id: string, expectedVersion: number, type: string, data: JsonObject): Promise<unknown> {
    const event = { type, schemaVersion: 1, data, effectiveAt: this.clock.now() };
    return this.events.append([{ stream: `session-${id}`, office: null, expectedVersion, events: [event] }]);
  }

  private async find(key: Buffer, isActivity: boolean): Promise<Known | null> {
    // Not a system caller: what serves a request never works under the role that bypasses row-level security.
    const row = await runAs({ ...systemCaller('access'), system: false }, () =>
      this.unitOfWork.run(async (manager) => {
        const [found]: SessionRow[] = await manager.query(
          `SELECT s.id, s.person_id, p.name, s.method,
                  s.last_seen_at < clock_timestamp() - interval '1 minute' AS stale,
                  least(s.expires_at, s.last_seen_at + make_interval(secs => s.idle_seconds)) AS ends_at,
                  (SELECT coalesce(jsonb_agg(jsonb_build_object('role', r.role, 'office', r.office) ORDER BY r.role, r.office), '[]')
                     FROM role_held r
                    WHERE r.person_id = p.id AND r.valid_from <= $2 AND (r.valid_to IS NULL OR r.valid_to >= $2)) AS held
             FROM session s JOIN person p ON p.id = s.person_id
            WHERE s.token_hash = $1 AND s.ended_at IS NULL`,
          [key, londonDate(this.clock.now())],
        );
        if (!found || found.ends_at.getTime() <= Date.now()) return null;
        if (!found.stale || !isActivity) return found;
        await manager.query(`UPDATE session SET last_seen_at = clock_timestamp() WHERE id = $1`, [found.id]);
        return { ...found, ends_at: new Date(Date.now() + CACHE_MS) };
      }),
    );
    const role = row?.held[0]?.role;
    if (!row || role === undefined || (row.method === 'demonstration' && !this.config.demo)) return null;
    const known: Known = {
      actor: { kind: 'person', id: row.person_id },
      role,
      // One role at a time: if the rows ever said otherwise, no office would count for another's role.
      offices: row.held.filter((each) => each.role === role).map(({ office }) => office),
      sessionId: row.id,
      personName: row.name,
      endsAtMs: row.ends_at.getTime(),
    };
    this.#known.set(key.toString('hex'), known, Date.now());
    return known;
  }
}

/** Derived from the cookie, which no other site can read: nothing to keep, and another one for each session. */
function csrfTokenOf(cookie: string): string {
  return createHmac('sha256', cookie).update('postbag form').digest('base64url');
}

function hashOf(cookie: string): Buffer {
  return hash('sha256', cookie, 'buffer');
}
