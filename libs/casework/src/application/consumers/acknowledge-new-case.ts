import { Injectable } from '@nestjs/common';
import { AutomaticAnswers } from '@app/notifications';
import { Offices } from '@app/offices';
import { Consumer, Consumes, UnitOfWork, type ConsumedMessage } from '@app/platform';
import { CaseChanges } from '../case-changes';
import { CaseLetters } from '../case-letters';

/** Acknowledges a person's letter within seconds, unless a risk flag holds it or it would answer a machine. */
@Consumes({
  name: 'casework.acknowledge',
  queue: 'notifications',
  events: ['casework.case-opened', 'casework.case-released'],
})
@Injectable()
export class AcknowledgeNewCase extends Consumer {
  constructor(
    private readonly changes: CaseChanges,
    private readonly letters: CaseLetters,
    private readonly automaticAnswers: AutomaticAnswers,
    private readonly offices: Offices,
    private readonly unitOfWork: UnitOfWork,
  ) {
    super();
  }

  async handle({ stream }: ConsumedMessage): Promise<void> {
    await this.changes.byId(stream.replace(/^case-/, ''), async (caseFile, { now }) => {
      const state = caseFile.snapshot();
      if (!state.answerable || state.status === 'quarantined' || state.acknowledgedAt !== null) return;
      // Like any later letter on the case that it joined.
      if (state.joinedTo !== null) return;
      if (state.acknowledgementHeld) {
        const isAtRisk = state.riskLevel === 'high' || state.riskLevel === 'critical';
        // Only mail may come from a machine; a letter that is held was taken over from another system.
        const because = state.channel === 'email' ? 'may-be-a-machine' : 'taken-over';
        caseFile.holdAcknowledgement(isAtRisk ? 'risk-flag' : because, now);
        return;
      }
      const { address, safeContactNote } = await this.letters.recipient(caseFile);
      // Without an address a person acknowledges by letter or telephone; the clock shows it.
      if (address === null) return;
      // Somebody who must not see it may read their letters: a person decides how to tell them.
      if (safeContactNote !== null) {
        caseFile.holdAcknowledgement('safe-contact-note', now);
        return;
      }
      if (await this.isElsewhere(caseFile.id, address)) {
        caseFile.holdAcknowledgement('reply-address-elsewhere', now);
        return;
      }
      const decision = await this.automaticAnswers.decide({
        office: state.office,
        to: address,
        mayAnswerAutomatically: true,
        ownAddresses: await this.offices.mailboxes(),
      });
      if (!decision.allowed) {
        caseFile.holdAcknowledgement(decision.because, now);
        return;
      }
      const rendered = await this.letters.render(caseFile, 'acknowledgement');
      const id = await this.letters.queue(
        caseFile,
        'acknowledgement',
        { to_address: address, ...rendered },
        { automatic: true },
      );
      caseFile.acknowledge(id, true, now);
    });
  }

  /**
   * Reply-To is not checked by anybody (SPF, DKIM and DMARC speak of From): a stranger could make us write to whomever
   * they name. An automatic answer therefore goes to the domain that the letter came from; a person may answer either.
   */
  private async isElsewhere(caseId: string, address: string): Promise<boolean> {
    const [first]: { from_address: string | null }[] = await this.unitOfWork.manager.query(
      `SELECT from_address FROM case_message WHERE case_id = $1 AND direction = 'inbound' AND channel = 'email'
        ORDER BY at, id LIMIT 1`,
      [caseId],
    );
    if (!first || first.from_address === null) return false;
    const [from, to] = [domainOf(first.from_address), domainOf(address)];
    return from !== to && !from.endsWith(`.${to}`) && !to.endsWith(`.${from}`);
  }
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}
