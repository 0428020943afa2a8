import { Injectable } from '@nestjs/common';
import { currentCaller, runAs, UnitOfWork, type Caller } from '@app/platform';
import { SESSION_IDLE_MINUTES, SESSION_LONGEST_HOURS } from '../domain/follow-rules';
import { formToken, isSecret, newSecret, secretHash } from '../domain/follow-secret';

/** Somebody who opened a link: sees one case, as its sender. */
export interface FollowSession {
  readonly office: string;
  readonly caseId: string;
  readonly correspondentId: string;
  readonly formToken: string;
}

interface SessionRow {
  office: string;
  case_id: string;
  correspondent_id: string;
}

/** One-time links and the short sessions that they open. Real time, not business time. */
@Injectable()
export class FollowSessions {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Uses up the link. Answers the secret of the session; null for a link that is unknown, used or too old. */
  async open(link: string): Promise<string | null> {
    if (!isSecret(link)) return null;
    return this.unitOfWork.run(async (manager) => {
      const [[row]]: [SessionRow[], number] = await manager.query(
        `UPDATE follow_link SET used_at = clock_timestamp()
          WHERE token_hash = $1 AND used_at IS NULL AND expires_at > clock_timestamp()
          RETURNING office, case_id, correspondent_id`,
        [secretHash(link)],
      );
      if (!row) return null;
      const secret = newSecret();
      await manager.query(
        `INSERT INTO follow_session (token_hash, office, case_id, correspondent_id, expires_at, ends_at)
         VALUES ($1, $2, $3, $4, clock_timestamp() + make_interval(mins => $5), clock_timestamp() + make_interval(hours => $6))`,
        [
          secretHash(secret),
          row.office,
          row.case_id,
          row.correspondent_id,
          SESSION_IDLE_MINUTES,
          SESSION_LONGEST_HOURS,
        ],
      );
      return secret;
    });
  }

  /** The session while it is used; each use keeps it for another while. */
  async find(secret: string): Promise<FollowSession | null> {
    if (!isSecret(secret)) return null;
    return this.unitOfWork.run(async (manager) => {
      const [[row]]: [SessionRow[], number] = await manager.query(
        `UPDATE follow_session SET expires_at = least(ends_at, clock_timestamp() + make_interval(mins => $2))
          WHERE token_hash = $1 AND expires_at > clock_timestamp() RETURNING office, case_id, correspondent_id`,
        [secretHash(secret), SESSION_IDLE_MINUTES],
      );
      if (!row) return null;
      const { office, case_id: caseId, correspondent_id: correspondentId } = row;
      return { office, caseId, correspondentId, formToken: formToken(secret) };
    });
  }

  async end(secret: string): Promise<void> {
    if (!isSecret(secret)) return;
    await this.unitOfWork.run((manager) =>
      manager.query(`DELETE FROM follow_session WHERE token_hash = $1`, [secretHash(secret)]),
    );
  }
}

/** Does work as the sender of the case: of that office only, and attributed to them. */
export function asSender<T>({ office, correspondentId }: FollowSession, work: () => T): T {
  const caller: Caller = {
    actor: { kind: 'public', id: `correspondent-${correspondentId}` },
    role: 'correspondent',
    offices: [office],
    system: false,
    correlationId: currentCaller().correlationId,
    causationId: null,
  };
  return runAs(caller, work);
}
