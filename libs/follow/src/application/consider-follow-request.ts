import { Injectable } from '@nestjs/common';
import { CaseSettings } from '@app/casework';
import { dayInWords } from '@app/kernel';
import { isMailAddress, Outgoing, renderTemplate } from '@app/notifications';
import { Config, Consumer, Consumes, UnitOfWork, type ConsumedMessage } from '@app/platform';
import { LINK_LIFE_MINUTES, mayHaveAnotherLink } from '../domain/follow-rules';
import { addressHash, newSecret, secretHash } from '../domain/follow-secret';
import { CONSIDER_REQUEST } from './ask-to-follow';
import { FollowedCases, type FollowableCase } from './followed-cases';

/** Sends a link to the address on the case, where the request fits it and the rules allow it; else does nothing. */
@Consumes({ name: CONSIDER_REQUEST, queue: 'notifications', timers: [CONSIDER_REQUEST] })
@Injectable()
export class ConsiderFollowRequest extends Consumer {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly cases: FollowedCases,
    private readonly settings: CaseSettings,
    private readonly outgoing: Outgoing,
    private readonly config: Config,
  ) {
    super();
  }

  async handle({ stream: id }: ConsumedMessage): Promise<void> {
    const { manager } = this.unitOfWork;
    const [[request]]: [{ reference: string; address_hash: Buffer }[], number] = await manager.query(
      `DELETE FROM follow_request WHERE id = $1 RETURNING reference, address_hash`,
      [id],
    );
    await this.forgetOld();
    if (!request) return;
    const found = await this.cases.byReference(request.reference);
    if (!found || !isMailAddress(found.email) || !addressHash(id, found.email).equals(request.address_hash)) return;
    if (await this.mayHaveLink(found.id)) await this.sendLink(found);
  }

  private async mayHaveLink(caseId: string): Promise<boolean> {
    const { manager } = this.unitOfWork;
    // Two requests at once count each other.
    await manager.query(`SELECT pg_advisory_xact_lock(hashtextextended('follow ' || $1::text, 0))`, [caseId]);
    const [sent]: { hour: number; day: number }[] = await manager.query(
      `SELECT count(*) FILTER (WHERE created_at > clock_timestamp() - interval '1 hour')::int AS hour, count(*)::int AS day
         FROM follow_link WHERE case_id = $1 AND created_at > clock_timestamp() - interval '1 day'`,
      [caseId],
    );
    return mayHaveAnotherLink(sent?.hour ?? 0, sent?.day ?? 0);
  }

  private async sendLink(found: FollowableCase): Promise<void> {
    const secret = newSecret();
    await this.unitOfWork.manager.query(
      `INSERT INTO follow_link (token_hash, office, case_id, correspondent_id, expires_at)
       VALUES ($1, $2, $3, $4, clock_timestamp() + make_interval(mins => $5))`,
      [secretHash(secret), found.office, found.id, found.correspondentId, LINK_LIFE_MINUTES],
    );
    const office = await this.settings.office(found.office);
    const template = await this.settings.template('follow-link', found.office);
    const letter = renderTemplate(template.data, {
      reference: found.reference,
      receivedOn: dayInWords(found.receivedOn),
      link: `${this.config.publicUrl.replace(/\/$/, '')}/follow/open/${secret}`,
      officeName: office.name,
      officeTelephone: office.telephone,
    });
    await this.outgoing.queue({
      office: found.office,
      caseId: found.id,
      caseReference: found.reference,
      kind: 'follow-link',
      from: office.mailboxes[0] ?? '',
      to: found.email,
      ...letter,
      inReplyTo: null,
      automatic: true,
    });
  }

  /** Links are counted for a day; after that nothing of them is needed. */
  private async forgetOld(): Promise<void> {
    const { manager } = this.unitOfWork;
    await manager.query(`DELETE FROM follow_link WHERE created_at < clock_timestamp() - interval '1 day'`);
    await manager.query(`DELETE FROM follow_session WHERE expires_at < clock_timestamp()`);
  }
}
