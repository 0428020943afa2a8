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
}

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
      const outgoingId =
        draft.channel === 'letter'
          ? await this.letters.recordPosted(caseFile, draft, now)
          : await this.letters.queue(caseFile, 'reply', draft, false);
      caseFile.send(draft.channel, outgoingId, counter, now);
      await this.unitOfWork.manager.query(`DELETE FROM case_draft WHERE case_id = $1`, [caseFile.id]);
    });
  }
}
