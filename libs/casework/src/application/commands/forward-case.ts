import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CaseChanges, type CaseTarget } from '../case-changes';
import { CaseLetters } from '../case-letters';
import { Forwardings, type ForwardInput } from '../forwardings';
import { CaseTexts } from '../case-texts';

/** Passes an item to whom it concerns and tells the sender, in one act. Adjustments and monitoring stay behind. */
export class ForwardCase extends Command<string> {
  constructor(
    readonly target: CaseTarget,
    readonly input: ForwardInput,
  ) {
    super();
  }
}

@CommandHandler(ForwardCase)
export class ForwardCaseHandler implements ICommandHandler<ForwardCase> {
  constructor(
    private readonly changes: CaseChanges,
    private readonly letters: CaseLetters,
    private readonly forwardings: Forwardings,
    private readonly texts: CaseTexts,
  ) {}

  execute({ target, input }: ForwardCase): Promise<string> {
    return this.changes.byReference(target, async (caseFile, { now }) => {
      const plan = await this.forwardings.plan(caseFile, input);
      const { destination, lawfulBasis, toDestination, attachedItemId, toSender } = plan;
      if (toSender !== null) await this.letters.requireCautionRead(caseFile, input.cautionRead);
      const reason = await this.texts.keep(caseFile.snapshot().office, caseFile.id, input.reason);
      const forwardMessageId = await this.letters.queue(caseFile, 'forward', toDestination, {
        automatic: false,
        attachedItemId,
      });
      const noticeMessageId =
        toSender === null ? null : await this.letters.queue(caseFile, 'notice', toSender, { automatic: false });
      caseFile.forward(
        { destination, lawfulBasis, consent: input.consent, forwardMessageId, noticeMessageId, reason },
        now,
      );
    });
  }
}
