import { Injectable } from '@nestjs/common';
import { Consumer, Consumes, type ConsumedMessage } from '@app/platform';
import { CaseChanges } from '../case-changes';

/** An answer of ours came back: the case says so. */
@Consumes({ name: 'casework.record-bounce', queue: 'deadlines', events: ['notifications.message-bounced'] })
@Injectable()
export class RecordBouncedAnswer extends Consumer {
  constructor(private readonly changes: CaseChanges) {
    super();
  }

  async handle({ data }: ConsumedMessage): Promise<void> {
    const { caseId, outgoingMessageId, severity } = data;
    if (typeof caseId !== 'string' || typeof outgoingMessageId !== 'string' || typeof severity !== 'string') return;
    await this.changes.byId(caseId, (caseFile, { now }) => caseFile.recordBounce(outgoingMessageId, severity, now));
  }
}
