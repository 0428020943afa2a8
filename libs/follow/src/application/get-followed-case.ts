import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { AccessRecords } from '@app/access';
import { Clock, londonDate } from '@app/kernel';
import { Offices } from '@app/offices';
import { UnitOfWork } from '@app/platform';
import { promisesOf, publicStage, type PublicPromise, type PublicStage } from '../domain/public-stage';
import { asSender, type FollowSession } from './follow-sessions';
import { FollowedCases } from './followed-cases';

const MOST_LETTERS = 50;

export interface FollowedLetter {
  readonly id: string;
  readonly isOwn: boolean;
  readonly channel: string;
  readonly at: string;
  readonly subject: string;
  readonly text: string;
  readonly files: readonly { readonly filename: string; readonly sizeBytes: number }[];
}

export interface FollowedCase {
  readonly reference: string;
  readonly subject: string;
  readonly receivedOn: string;
  readonly officeName: string;
  readonly telephone: string;
  readonly stage: PublicStage;
  readonly promises: readonly PublicPromise[];
  readonly adjustments: string | null;
  /** Newest first. */
  readonly letters: readonly FollowedLetter[];
  readonly hasOlder: boolean;
  readonly mayWithdraw: boolean;
}

/** The case of a session as its sender may see it; null when it may not be followed any more. The reading is recorded. */
export class GetFollowedCase extends Query<FollowedCase | null> {
  constructor(readonly session: FollowSession) {
    super();
  }
}

interface CaseRow {
  subject: string;
  status: string;
  close_reason: string | null;
  acknowledge_by: string | null;
  respond_by: string | null;
  update_by: string | null;
  is_acknowledged: boolean;
  is_answered: boolean;
  adjustments: string | null;
}

@QueryHandler(GetFollowedCase)
export class GetFollowedCaseHandler implements IQueryHandler<GetFollowedCase> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly cases: FollowedCases,
    private readonly offices: Offices,
    private readonly access: AccessRecords,
    private readonly clock: Clock,
  ) {}

  execute({ session }: GetFollowedCase): Promise<FollowedCase | null> {
    return asSender(session, () => this.unitOfWork.run(() => this.read(session)));
  }

  private async read({ caseId, correspondentId }: FollowSession): Promise<FollowedCase | null> {
    const found = await this.cases.byId(caseId, correspondentId);
    if (!found) return null;
    const [row]: CaseRow[] = await this.unitOfWork.manager.query(
      `SELECT c.subject, c.status, c.close_reason, c.acknowledge_by::text, c.respond_by::text, c.update_by::text,
              c.acknowledged_at IS NOT NULL AS is_acknowledged, c.answered_at IS NOT NULL AS is_answered, p.adjustments
         FROM case_file c JOIN correspondent p ON p.id = c.correspondent_id WHERE c.id = $1`,
      [found.id],
    );
    if (!row) return null;
    await this.access.record('case-read', [{ office: found.office, caseId: found.id }]);
    const letters = await this.letters(found.id, found.email);
    const office = await this.offices.get(found.office);
    const stage = publicStage(row.status, row.close_reason);
    const facts = {
      stage,
      acknowledgeBy: row.acknowledge_by,
      respondBy: row.respond_by,
      updateBy: row.update_by,
      isAcknowledged: row.is_acknowledged,
      isAnswered: row.is_answered,
    };
    return {
      reference: found.reference,
      subject: row.subject,
      receivedOn: found.receivedOn,
      officeName: office.name,
      telephone: office.telephone,
      stage,
      promises: promisesOf(facts, londonDate(this.clock.now())),
      adjustments: row.adjustments,
      letters: letters.slice(0, MOST_LETTERS),
      hasOlder: letters.length > MOST_LETTERS,
      mayWithdraw: !['answered', 'withdrawn', 'closed'].includes(stage),
    };
  }

  /**
   * What the sender wrote from their own address, and what went out to it or was said or posted to them. Never notes,
   * letters of others, what was passed to others, or what has not gone out yet.
   */
  private async letters(caseId: string, email: string): Promise<FollowedLetter[]> {
    const rows: (Omit<FollowedLetter, 'at' | 'files'> & { at: Date; files: FollowedLetter['files'] | null })[] =
      await this.unitOfWork.manager.query(
        `SELECT m.id, m.direction = 'inbound' AS "isOwn", m.channel, m.at, m.subject, coalesce(m.fresh_text, m.text) AS text,
                (SELECT json_agg(json_build_object('filename', a.filename, 'sizeBytes', a.size_bytes) ORDER BY a.filename)
                   FROM message_attachment a WHERE a.message_id = m.id AND NOT a.is_inline) AS files
           FROM case_message m LEFT JOIN outgoing_message o ON o.id = m.outgoing_message_id
          WHERE m.case_id = $1 AND (
                (m.direction = 'inbound' AND m.sender_on_case AND lower(m.from_address) = lower($2)
                   AND coalesce(m.mail_kind, 'person') = 'person')
             OR (m.direction = 'outbound' AND m.outgoing_message_id IS NULL)
             OR (m.direction = 'outbound' AND lower(o.to_address) = lower($2) AND o.sent_at IS NOT NULL
                   AND o.kind IN ('acknowledgement', 'reply', 'holding-update', 'notice')))
          ORDER BY m.at DESC, m.id LIMIT $3`,
        [caseId, email, MOST_LETTERS + 1],
      );
    return rows.map(({ at, files, ...row }) => ({ ...row, at: at.toISOString(), files: files ?? [] }));
  }
}
