import { Injectable } from '@nestjs/common';
import { AutomaticAnswers } from '@app/notifications';
import { Offices } from '@app/offices';
import { Consumer, Consumes, type ConsumedMessage } from '@app/platform';
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
        caseFile.holdAcknowledgement(isAtRisk ? 'risk-flag' : 'may-be-a-machine', now);
        return;
      }
      const { address } = await this.letters.recipient(caseFile);
      // Without an address a person acknowledges by letter or telephone; the clock shows it.
      if (address === null) return;
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
      const id = await this.letters.queue(caseFile, 'acknowledgement', { to_address: address, ...rendered }, true);
      caseFile.acknowledge(id, true, now);
    });
  }
}
