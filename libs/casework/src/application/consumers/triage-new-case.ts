import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Consumer, Consumes, UnitOfWork, type ConsumedMessage } from '@app/platform';
import type { Capacity, Channel } from '../../domain/triage/configuration';
import { decisionByRules } from '../../domain/triage/decision-by-rules';
import { CaseChanges } from '../case-changes';
import { CaseSettings } from '../case-settings';

interface FirstMessage {
  channel: Channel;
  subject: string;
  text: string;
  fresh_text: string | null;
  from_address: string | null;
  to_addresses: string[];
  capacity: Capacity | null;
  postcode: string | null;
  contact_restriction: string | null;
  email: string | null;
  has_attachment: boolean;
  received_on: string;
}

/** Sorts a new case by the rules in force: category, priority, queue, area, clocks. People can decide otherwise. */
@Consumes({ name: 'casework.triage', queue: 'triage', events: ['casework.case-opened', 'casework.case-released'] })
@Injectable()
export class TriageNewCase extends Consumer {
  constructor(
    private readonly changes: CaseChanges,
    private readonly settings: CaseSettings,
    private readonly unitOfWork: UnitOfWork,
  ) {
    super();
  }

  async handle(message: ConsumedMessage): Promise<void> {
    const caseId = message.stream.replace(/^case-/, '');
    await this.changes.byId(caseId, async (caseFile, { counter, now }) => {
      const state = caseFile.snapshot();
      if (!['received', 'allocated', 'in-progress', 'paused'].includes(state.status)) return;
      // A person was quicker: their decision stands.
      if (state.category !== null || state.status === 'paused') return;
      const first = await this.firstMessage(caseId);
      const outcome = await this.settings.triage(
        {
          office: state.office,
          channel: first.channel,
          subject: first.subject,
          body: first.fresh_text ?? first.text,
          senderAddress: first.from_address ?? first.email,
          capacity: first.capacity,
          recipientCount: first.to_addresses.length,
          isCopyOnly: false,
          hasAttachment: first.has_attachment,
          isRestrictedCorrespondent: first.contact_restriction !== null,
        },
        state.receivedOn,
      );
      const category = await this.settings.category(outcome.category, state.office, state.receivedOn);
      caseFile.triage(
        {
          ...decisionByRules(outcome, category, state.riskLevel),
          area: await this.settings.area(first.postcode, state.office, state.receivedOn),
          clocks: await this.settings.clocks(category.key, state.channel, state.office, state.receivedOn),
        },
        counter,
        randomUUID,
        now,
      );
    });
  }

  private async firstMessage(caseId: string): Promise<FirstMessage> {
    const [row]: FirstMessage[] = await this.unitOfWork.manager.query(
      `SELECT c.channel, m.subject, left(m.text, 30000) AS text, left(m.fresh_text, 30000) AS fresh_text, m.from_address,
              m.to_addresses, p.capacity, p.postcode, p.contact_restriction, p.email, c.received_on::text,
              EXISTS (SELECT FROM message_attachment a WHERE a.message_id = m.id) AS has_attachment
         FROM case_file c JOIN case_message m ON m.case_id = c.id LEFT JOIN correspondent p ON p.id = c.correspondent_id
        WHERE c.id = $1 AND m.direction = 'inbound' ORDER BY m.at, m.id LIMIT 1`,
      [caseId],
    );
    if (!row) throw new Error('The case has no message yet');
    return row;
  }
}
