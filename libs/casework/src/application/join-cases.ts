import { Injectable } from '@nestjs/common';
import { Clock } from '@app/kernel';
import { UnitOfWork } from '@app/platform';
import type { CaseFile } from '../domain/case-file';
import { CaseRepository } from './case-repository';
import { CaseSettings } from './case-settings';
import { caseStream } from './case-stream';

/** Because a mail arrived that belongs to the one and is answered in the other. */
const LATE_PARENT = 'late-parent';

/**
 * Makes one case of several that turn out to be one conversation, in the open transaction. Only cases that no person
 * has worked on are joined to another; the others are linked, and people see both.
 */
@Injectable()
export class CaseJoiner {
  constructor(
    private readonly repository: CaseRepository,
    private readonly settings: CaseSettings,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * The others go on in the first, unless nobody waits for an answer on that one: a letter that waits must not get into
   * quarantine or a closed file by way of its thread.
   */
  async join(caseId: string, others: readonly string[]): Promise<void> {
    const cases = await this.loadAll([caseId, ...others]);
    const [first, ...rest] = cases;
    if (!first) return;
    let into = first;
    for (const other of rest) {
      const isAwake = isWaiting(into) || !isWaiting(other);
      const [kept, left] = isAwake ? [into, other] : [other, into];
      if (await this.isUntouched(left)) {
        await this.absorb(kept, left);
        into = kept;
      } else await this.link(kept, left);
    }
    for (const each of cases) await this.repository.save(each);
  }

  /** Each once, the first one first. Locked in one order for all, so that two who join the same cases wait for each other. */
  private async loadAll(ids: readonly string[]): Promise<CaseFile[]> {
    const currentOf = new Map<string, string>();
    const cases = new Map<string, CaseFile>();
    for (const id of [...new Set(ids)].sort()) {
      const current = await this.repository.loadCurrent(id);
      currentOf.set(id, current.id);
      cases.set(current.id, cases.get(current.id) ?? current);
    }
    const wanted = new Set(ids.map((id) => currentOf.get(id) ?? id));
    return [...wanted].flatMap((id) => cases.get(id) ?? []);
  }

  private async isUntouched(caseFile: CaseFile): Promise<boolean> {
    const [row]: { touched: boolean }[] = await this.unitOfWork.manager.query(
      `SELECT EXISTS (SELECT FROM event_log WHERE stream = $1 AND metadata #>> '{actor,kind}' <> 'system') AS touched`,
      [caseStream(caseFile.id)],
    );
    return row?.touched === false;
  }

  private async absorb(into: CaseFile, other: CaseFile): Promise<void> {
    const now = this.clock.now();
    const { riskLevel } = into.snapshot();
    into.absorb(other.snapshot(), await this.settings.counter(), now);
    other.joinTo(into.snapshot(), LATE_PARENT, now);
    await this.moveContent(other.id, into.id);
    if (riskLevel === 'none' && other.snapshot().riskLevel !== 'none') {
      await this.unitOfWork.manager.query(
        `UPDATE case_file SET risk_reasons = (SELECT risk_reasons FROM case_file WHERE id = $1) WHERE id = $2`,
        [other.id, into.id],
      );
    }
    await this.show(into, other, now);
  }

  private async link(into: CaseFile, other: CaseFile): Promise<void> {
    const now = this.clock.now();
    if (!(await this.show(into, other, now))) return;
    into.link(other.id, now);
    other.link(into.id, now);
  }

  /** Shown on both, as any other link. False if it was there already. */
  private async show(into: CaseFile, other: CaseFile, now: Date): Promise<boolean> {
    const added: unknown[] = await this.unitOfWork.manager.query(
      `INSERT INTO case_link (case_id, linked_case_id, office, at) VALUES ($1, $2, $3, $4), ($2, $1, $3, $4)
       ON CONFLICT DO NOTHING RETURNING 1`,
      [into.id, other.id, into.snapshot().office, now],
    );
    return added.length > 0;
  }

  /** What came in. What we sent stays where its number leads: bounces and replies follow from there. */
  private async moveContent(from: string, to: string): Promise<void> {
    const { manager } = this.unitOfWork;
    // Nobody becomes known on a case by writing to another one.
    await manager.query(
      `WITH known AS (
         SELECT lower(p.email) AS address FROM case_file c JOIN correspondent p ON p.id = c.correspondent_id WHERE c.id = $2
         UNION SELECT lower(from_address) FROM case_message WHERE case_id = $2 AND direction = 'inbound' AND sender_on_case
         UNION SELECT lower(to_address) FROM outgoing_message WHERE case_id = $2
       )
       UPDATE case_message m SET case_id = $2,
              sender_on_case = sender_on_case AND EXISTS (SELECT FROM known WHERE address = lower(m.from_address))
        WHERE case_id = $1 AND direction = 'inbound'`,
      [from, to],
    );
    await manager.query(
      `UPDATE message_attachment SET case_id = $1 WHERE message_id IN (SELECT id FROM case_message WHERE case_id = $1)`,
      [to],
    );
    for (const table of ['intake_item', 'mail_thread_id', 'risk_alert']) {
      await manager.query(`UPDATE ${table} SET case_id = $2 WHERE case_id = $1`, [from, to]);
    }
    await manager.query(
      `WITH moved AS (DELETE FROM mail_thread_reference WHERE case_id = $1 RETURNING *)
       INSERT INTO mail_thread_reference (office, message_id_header, case_id, is_parent)
       SELECT office, message_id_header, $2, is_parent FROM moved
       ON CONFLICT (office, message_id_header, case_id)
       DO UPDATE SET is_parent = mail_thread_reference.is_parent OR excluded.is_parent`,
      [from, to],
    );
  }
}

/** Whether somebody waits for an answer on it. */
function isWaiting(caseFile: CaseFile): boolean {
  const { answerable, answeredAt, closedAt, status } = caseFile.snapshot();
  return answerable && answeredAt === null && closedAt === null && status !== 'quarantined';
}
