import { Injectable } from '@nestjs/common';
import { Outgoing } from '@app/notifications';
import { Offices } from '@app/offices';
import { Consumer, Consumes, type ConsumedMessage } from '@app/platform';
import type { ConfigurationEntry } from '@app/kernel';
import { CaseRepository } from '../case-repository';
import { CaseSettings } from '../case-settings';

/** Who in an office is told at once of a risk, and who of deadlines. */
export type ContactEntry = ConfigurationEntry<'contact', { readonly name: string; readonly email: string }>;

/** Tells the duty contact of an office that an item was flagged: the reference and the level, no content. */
@Consumes({
  name: 'casework.risk-alert',
  queue: 'notifications',
  events: ['casework.risk-raised'],
})
@Injectable()
export class AlertToRisk extends Consumer {
  constructor(
    private readonly repository: CaseRepository,
    private readonly settings: CaseSettings,
    private readonly offices: Offices,
    private readonly outgoing: Outgoing,
  ) {
    super();
  }

  async handle({ stream }: ConsumedMessage): Promise<void> {
    const caseFile = await this.repository.load(stream.replace(/^case-/, ''));
    const { office, reference, riskLevel } = caseFile.snapshot();
    const contacts = await this.offices.inForce<ContactEntry>('contact', office, this.settings.today());
    const duty = contacts.find(({ key }) => key === 'duty-manager');
    const { mailboxes } = await this.settings.office(office);
    if (!duty || !mailboxes[0]) return;
    await this.outgoing.queue({
      office,
      caseId: caseFile.id,
      caseReference: reference,
      kind: 'risk-alert',
      from: mailboxes[0],
      to: duty.data.email,
      subject: `Risk alert (${riskLevel}): ${reference}`,
      body: `${reference} was flagged ${riskLevel} by the risk screen and waits for a person to confirm the alert.\n\nThe screen only raises a flag; please read the item now and decide. If somebody is in danger, call 999.`,
      inReplyTo: null,
      attachedItemId: null,
      automatic: true,
    });
  }
}
