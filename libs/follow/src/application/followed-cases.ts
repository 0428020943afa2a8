import { Injectable } from '@nestjs/common';
import { Offices } from '@app/offices';
import { UnitOfWork } from '@app/platform';
import { mayFollow, type FollowFacts } from '../domain/follow-rules';

interface FoundRow {
  id: string;
  office: string;
  reference: string;
  correspondent_id: string | null;
  joined_to: string | null;
  received_on: string;
  status: string;
  answerable: boolean;
  risk_level: string;
  is_risk_confirmed: boolean;
  is_restricted: boolean;
  email: string | null;
  safe_contact_note: string | null;
  is_sender_unconfirmed: boolean;
}

/** A case that its sender may follow. */
export interface FollowableCase {
  readonly id: string;
  readonly office: string;
  readonly reference: string;
  readonly correspondentId: string;
  readonly email: string;
  readonly receivedOn: string;
}

/** Finds cases by the rules of following, in the open transaction. */
@Injectable()
export class FollowedCases {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly offices: Offices,
  ) {}

  byReference(reference: string): Promise<FollowableCase | null> {
    return this.find('c.reference = $1', reference, null);
  }

  /** The case of a session, as long as it is the same person's. */
  byId(id: string, correspondentId: string): Promise<FollowableCase | null> {
    return this.find('c.id = $1', id, correspondentId);
  }

  private async find(
    condition: string,
    key: string,
    correspondentId: string | null,
    depth = 0,
  ): Promise<FollowableCase | null> {
    const [row]: FoundRow[] = await this.unitOfWork.manager.query(
      `SELECT c.id, c.office, c.reference, c.correspondent_id, c.joined_to, c.received_on::text, c.status, c.answerable,
              c.risk_level, c.risk_confirmed_at IS NOT NULL AS is_risk_confirmed, p.email, p.safe_contact_note,
              EXISTS (SELECT FROM case_restriction r WHERE r.case_id = c.id) AS is_restricted,
              EXISTS (SELECT FROM case_message m WHERE m.case_id = c.id AND m.direction = 'inbound'
                         AND NOT m.sender_on_case AND lower(m.from_address) = lower(p.email)) AS is_sender_unconfirmed
         FROM case_file c LEFT JOIN correspondent p ON p.id = c.correspondent_id WHERE ${condition}`,
      [key],
    );
    if (!row?.correspondent_id || (correspondentId !== null && row.correspondent_id !== correspondentId)) return null;
    // What was on a joined case goes on in the other one, which may be somebody else's.
    if (row.joined_to !== null && depth < 10)
      return this.find('c.id = $1', row.joined_to, row.correspondent_id, depth + 1);
    if (!mayFollow(await this.factsOf(row)) || row.email === null) return null;
    const { id, office, reference, correspondent_id, email, received_on } = row;
    return { id, office, reference, correspondentId: correspondent_id, email, receivedOn: received_on };
  }

  private async factsOf(row: FoundRow): Promise<FollowFacts> {
    const own = await this.offices.mailboxes();
    return {
      status: row.status,
      answerable: row.answerable,
      riskLevel: row.risk_level,
      isRiskConfirmed: row.is_risk_confirmed,
      isRestricted: row.is_restricted,
      email: row.email,
      safeContactNote: row.safe_contact_note,
      isSenderUnconfirmed: row.is_sender_unconfirmed,
      isOwnMailbox: own.includes(row.email?.toLowerCase() ?? ''),
    };
  }
}
