import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { UnitOfWork, currentCaller } from '@app/platform';
import { CaseReader } from './read-case';

export interface CaseAlertView {
  readonly id: string;
  readonly level: string;
  readonly reasons: readonly { readonly reason?: string; readonly phrase?: string }[];
  readonly raisedAt: string;
  readonly confirmedAt: string | null;
  readonly confirmedBy: string | null;
}

export interface RelatedCaseView {
  readonly reference: string;
  readonly subject: string;
  readonly status: string;
  readonly receivedAt: string;
}

/** What somebody had typed and not saved. */
export interface UnsavedReplyView {
  readonly channel: string;
  readonly subject: string;
  readonly body: string;
  readonly keptAt: string;
}

/** What stands around a case on its page. */
export interface CaseSurroundings {
  /** Newest first. */
  readonly alerts: readonly CaseAlertView[];
  readonly linked: readonly RelatedCaseView[];
  /** Of the same person, newest first, the linked ones left out. */
  readonly ofSamePerson: readonly RelatedCaseView[];
  /** The case in which this one goes on. */
  readonly joinedInto: string | null;
  readonly pausedSince: string | null;
  readonly acknowledgementHeld: boolean;
  readonly draft: {
    readonly submittedBy: string | null;
    readonly approvedBy: string | null;
    readonly updatedAt: string;
  } | null;
  /** A reply that can still be taken back. */
  readonly recallable: { readonly outgoingId: string; readonly to: string; readonly until: string } | null;
  /** The caller's own. */
  readonly unsaved: UnsavedReplyView | null;
}

/** Goes with `GetCase`, which records the reading. */
export class GetCaseSurroundings extends Query<CaseSurroundings> {
  constructor(readonly reference: string) {
    super();
  }
}

interface Row {
  joined_into: string | null;
  paused_since: Date | null;
  acknowledgement_held: boolean;
  acknowledged_at: Date | null;
  correspondent_id: string | null;
}

const RELATED = `c.reference, c.subject, c.status,
  to_char(c.received_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "receivedAt"`;

@QueryHandler(GetCaseSurroundings)
export class GetCaseSurroundingsHandler implements IQueryHandler<GetCaseSurroundings> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reader: CaseReader,
  ) {}

  execute({ reference }: GetCaseSurroundings): Promise<CaseSurroundings> {
    return this.unitOfWork.run(async (manager) => {
      const { id, office } = await this.reader.locate(reference);
      const [row]: Row[] = await manager.query(
        `SELECT (SELECT j.reference FROM case_file j WHERE j.id = c.joined_to) AS joined_into, c.paused_since,
                c.acknowledgement_held, c.acknowledged_at, c.correspondent_id
           FROM case_file c WHERE c.id = $1`,
        [id],
      );
      const alerts: (Omit<CaseAlertView, 'raisedAt' | 'confirmedAt'> & { raised: Date; confirmed: Date | null })[] =
        await manager.query(
          `SELECT id, level, reasons, raised_at AS raised, confirmed_at AS confirmed, confirmed_by AS "confirmedBy"
             FROM risk_alert WHERE case_id = $1 ORDER BY raised_at DESC, id`,
          [id],
        );
      const linked: RelatedCaseView[] = await manager.query(
        `SELECT ${RELATED} FROM case_link l JOIN case_file c ON c.id = l.linked_case_id
          WHERE l.case_id = $1 ORDER BY c.received_at DESC, c.id`,
        [id],
      );
      const ofSamePerson: RelatedCaseView[] = await manager.query(
        `SELECT ${RELATED} FROM case_file c
          WHERE c.correspondent_id = $1 AND c.office = $2 AND c.id <> $3
            AND NOT EXISTS (SELECT FROM case_link l WHERE l.case_id = $3 AND l.linked_case_id = c.id)
          ORDER BY c.received_at DESC, c.id LIMIT 6`,
        [row?.correspondent_id ?? null, office, id],
      );
      const [draft]: { submittedBy: string | null; approvedBy: string | null; at: Date }[] = await manager.query(
        `SELECT submitted_by AS "submittedBy", approved_by AS "approvedBy", updated_at AS at
           FROM case_draft WHERE case_id = $1`,
        [id],
      );
      const [recallable]: { outgoingId: string; to: string; until: Date }[] = await manager.query(
        `SELECT id AS "outgoingId", to_address AS "to", not_before AS until FROM outgoing_message
          WHERE case_id = $1 AND kind = 'reply' AND status = 'queued' AND not_before IS NOT NULL
          ORDER BY queued_at DESC LIMIT 1`,
        [id],
      );
      const [unsaved]: { channel: string; subject: string; body: string; at: Date }[] = await manager.query(
        `SELECT channel, subject, body, kept_at AS at FROM case_unsaved_reply WHERE case_id = $1 AND author = $2`,
        [id, currentCaller().actor.id],
      );
      return {
        alerts: alerts.map(({ raised, confirmed, ...alert }) => ({
          ...alert,
          raisedAt: raised.toISOString(),
          confirmedAt: confirmed?.toISOString() ?? null,
        })),
        linked,
        ofSamePerson,
        joinedInto: row?.joined_into ?? null,
        pausedSince: row?.paused_since?.toISOString() ?? null,
        acknowledgementHeld: row?.acknowledgement_held === true && row.acknowledged_at === null,
        draft: draft
          ? { submittedBy: draft.submittedBy, approvedBy: draft.approvedBy, updatedAt: draft.at.toISOString() }
          : null,
        recallable: recallable ? { ...recallable, until: recallable.until.toISOString() } : null,
        unsaved: unsaved
          ? { channel: unsaved.channel, subject: unsaved.subject, body: unsaved.body, keptAt: unsaved.at.toISOString() }
          : null,
      };
    });
  }
}
