import { Injectable } from '@nestjs/common';
import { findReferences } from '@app/kernel';
import { UnitOfWork } from '@app/platform';

/** The parts of a mail that say to which conversation it belongs. */
export interface ThreadedMail {
  readonly messageId: string | null;
  readonly inReplyTo: readonly string[];
  readonly references: readonly string[];
  readonly subject: string;
  /** Header and envelope recipients: our own address may carry a reference. */
  readonly recipients: readonly string[];
}

/** Where a mail belongs. */
export interface ThreadMatch {
  readonly caseId: string;
  /** Cases of earlier filed mails that answer this one: they are the same conversation. */
  readonly awaitedBy: readonly string[];
}

const MOST_LOCKED = 64;

/**
 * Finds the case a mail belongs to: by our own reference in subject or address, by In-Reply-To and References, and
 * the other way round where the parent arrives after its reply. Never by the subject's words alone.
 */
@Injectable()
export class ThreadMatcher {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Null where it belongs to none. Locks the mail's ids first, so that parent and reply filed at once meet each other. */
  async match(office: string, mail: ThreadedMail): Promise<ThreadMatch | null> {
    const parents = [...mail.inReplyTo, ...[...mail.references].reverse()];
    await this.lock(office, [...(mail.messageId === null ? [] : [mail.messageId]), ...parents]);
    const ours = await this.byOurReference(office, mail);
    // Anybody can guess a reference: it files a mail, but it never brings two cases together.
    if (ours !== null) return { caseId: ours, awaitedBy: [] };
    const replies = await this.byReply(office, mail.messageId);
    const caseId =
      (await this.byAncestor(office, parents)) ?? replies[0]?.caseId ?? (await this.bySibling(office, parents));
    if (caseId === null) return null;
    return { caseId, awaitedBy: replies.flatMap((reply) => (reply.isParent ? [reply.caseId] : [])) };
  }

  /** Remembers the mail's ids. An id that another mail bore first stays with that one: a stolen id moves nothing. */
  async register(office: string, caseId: string, mail: ThreadedMail): Promise<void> {
    const { manager } = this.unitOfWork;
    if (mail.messageId !== null) {
      await manager.query(
        `INSERT INTO mail_thread_id (office, message_id_header, case_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
        [office, mail.messageId, caseId],
      );
    }
    const parents = new Set(mail.inReplyTo.length > 0 ? mail.inReplyTo : mail.references.slice(-1));
    const all = [...new Set([...mail.inReplyTo, ...mail.references])].sort();
    if (all.length === 0) return;
    await manager.query(
      `INSERT INTO mail_thread_reference (office, message_id_header, case_id, is_parent)
       SELECT $1, r.id, $2, r.is_parent FROM unnest($3::text[], $4::boolean[]) AS r (id, is_parent) ON CONFLICT DO NOTHING`,
      [office, caseId, all, all.map((id) => parents.has(id))],
    );
  }

  private async lock(office: string, ids: readonly string[]): Promise<void> {
    const distinct = [...new Set(ids)].slice(0, MOST_LOCKED);
    if (distinct.length === 0) return;
    // Taken in one order by everybody, so that two mails of one thread wait for each other and never dead-lock.
    await this.unitOfWork.manager.query(
      `SELECT pg_advisory_xact_lock(k) FROM (SELECT DISTINCT hashtextextended($1 || ' ' || id, 42) AS k FROM unnest($2::text[]) AS t (id) ORDER BY 1) keys`,
      [office, distinct],
    );
  }

  private async byOurReference(office: string, mail: ThreadedMail): Promise<string | null> {
    const references = findReferences([mail.subject.slice(0, 1000), ...mail.recipients.slice(0, 20)].join('\n'));
    if (references.length === 0) return null;
    const [row]: { id: string }[] = await this.unitOfWork.manager.query(
      `SELECT id FROM case_file WHERE office = $1 AND reference = ANY($2) ORDER BY array_position($2, reference) LIMIT 1`,
      [office, references],
    );
    return row?.id ?? null;
  }

  private async byAncestor(office: string, parents: readonly string[]): Promise<string | null> {
    if (parents.length === 0) return null;
    const [row]: { case_id: string }[] = await this.unitOfWork.manager.query(
      `SELECT case_id FROM mail_thread_id WHERE office = $1 AND message_id_header = ANY($2)
        ORDER BY array_position($2, message_id_header) LIMIT 1`,
      [office, parents],
    );
    return row?.case_id ?? null;
  }

  /** The mail is itself the parent that earlier filed mails answered, or one they refer to: the oldest case first. */
  private async byReply(
    office: string,
    messageId: string | null,
  ): Promise<{ readonly caseId: string; readonly isParent: boolean }[]> {
    if (messageId === null) return [];
    return this.unitOfWork.manager.query(
      `SELECT r.case_id AS "caseId", r.is_parent AS "isParent"
         FROM mail_thread_reference r JOIN case_file c ON c.id = r.case_id
        WHERE r.office = $1 AND r.message_id_header = $2
          AND NOT EXISTS (SELECT FROM mail_thread_id t WHERE t.office = $1 AND t.message_id_header = $2)
        ORDER BY r.is_parent DESC, c.received_at, c.reference`,
      [office, messageId],
    );
  }

  /** Another mail answered the same parent, which is not here (yet). */
  private async bySibling(office: string, parents: readonly string[]): Promise<string | null> {
    if (parents.length === 0) return null;
    const [row]: { case_id: string }[] = await this.unitOfWork.manager.query(
      `SELECT case_id FROM mail_thread_reference WHERE office = $1 AND message_id_header = ANY($2)
        ORDER BY array_position($2, message_id_header), is_parent DESC, case_id LIMIT 1`,
      [office, parents],
    );
    return row?.case_id ?? null;
  }
}
