import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '@app/platform';
import { CaseRuleRefused, InvalidCaseInput } from '../../domain/case.errors';
import { CaseChanges, type CaseTarget } from '../case-changes';
import { CaseLetters } from '../case-letters';

export interface SendInput {
  /**
   * `phone` and `in-person` record an answer given in conversation: `text` says what was told. In writing it goes the
   * way it was drafted for, which null stands for.
   */
  readonly channel: 'email' | 'letter' | 'phone' | 'in-person' | null;
  readonly text: string | null;
  /** The sender has read the person's safe-contact note and contact restriction; needed where there is one. */
  readonly cautionRead: boolean;
  /** Keeps a mail back for a minute, in which it can be taken back. */
  readonly undoable: boolean;
}

/** How long a reply can be taken back: long enough to see the mistake, short enough that nobody waits for it. */
export const UNDO_SECONDS = 60;

/** Sends the approved reply once, or records an answer given in conversation. */
export class SendReply extends Command<string> {
  constructor(
    readonly target: CaseTarget,
    readonly input: SendInput,
  ) {
    super();
  }
}

interface Draft {
  to_address: string | null;
  channel: string;
  subject: string;
  body: string;
}

@CommandHandler(SendReply)
export class SendReplyHandler implements ICommandHandler<SendReply> {
  constructor(
    private readonly changes: CaseChanges,
    private readonly letters: CaseLetters,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  execute({ target, input }: SendReply): Promise<string> {
    return this.changes.byReference(target, async (caseFile, { counter, now }) => {
      if (input.channel === 'phone' || input.channel === 'in-person') {
        if (!input.text?.trim()) throw new InvalidCaseInput('/text', 'say what was told');
        await this.letters.recordSpoken(caseFile, input.channel, input.text, now);
        caseFile.send(input.channel, null, counter, now);
        return;
      }
      const [draft]: Draft[] = await this.unitOfWork.manager.query(
        `SELECT to_address, channel, subject, body FROM case_draft WHERE case_id = $1`,
        [caseFile.id],
      );
      if (!draft || caseFile.snapshot().draftState !== 'approved') {
        throw new CaseRuleRefused('The reply must be drafted and approved before it is sent.');
      }
      if (input.channel !== null && input.channel !== draft.channel) {
        throw new InvalidCaseInput('/channel', `the approved reply was drafted as ${draft.channel}`);
      }
      await this.letters.requireCautionRead(caseFile, input.cautionRead);
      const notBefore = input.undoable ? new Date(now.getTime() + UNDO_SECONDS * 1000) : null;
      const outgoingId =
        draft.channel === 'letter'
          ? await this.letters.recordPosted(caseFile, draft, now)
          : await this.letters.queue(caseFile, 'reply', draft, { automatic: false, notBefore });
      caseFile.send(draft.channel, outgoingId, counter, now);
      // Kept while it may come back; without a draft state nobody sees it.
      if (notBefore !== null) return;
      await this.unitOfWork.manager.query(`DELETE FROM case_draft WHERE case_id = $1`, [caseFile.id]);
    });
  }
}
