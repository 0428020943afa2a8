import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@app/platform';
import { CaseChanges } from './case-changes';
import { caseStream } from './case-stream';

interface AnswerEvent {
  type: string;
  outgoing: string | null;
  effective_at: Date;
}

/** A reply that was taken back before it went out did not answer anybody: the case says so. */
@Injectable()
export class RecalledReplies {
  constructor(
    private readonly changes: CaseChanges,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** In the open transaction; does nothing where the case knows already, or went on from there. */
  async note(caseId: string, outgoingMessageId: string): Promise<void> {
    await this.changes.byId(caseId, async (caseFile, { now }) => {
      const answers = await this.answers(caseId);
      if (caseFile.snapshot().status !== 'sent' || answers.at(-1)?.outgoing !== outgoingMessageId) return;
      caseFile.recallReply(outgoingMessageId, answers.at(-2)?.effective_at ?? null, now);
    });
  }

  /** The answers that stand, oldest first: since the case was last taken up again, without those taken back. */
  private async answers(caseId: string): Promise<AnswerEvent[]> {
    const events: AnswerEvent[] = await this.unitOfWork.manager.query(
      `SELECT type, data ->> 'outgoingMessageId' AS outgoing, effective_at FROM event_log
        WHERE stream = $1 AND type IN ('casework.reply-sent', 'casework.reply-recalled', 'casework.case-reopened')
        ORDER BY version`,
      [caseStream(caseId)],
    );
    let standing: AnswerEvent[] = [];
    for (const event of events) {
      if (event.type === 'casework.case-reopened') standing = [];
      else if (event.type === 'casework.reply-sent') standing.push(event);
      else standing = standing.filter(({ outgoing }) => outgoing !== event.outgoing);
    }
    return standing;
  }
}
