import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CaseChanges, type CaseTarget } from '../case-changes';
import { CaseLetters } from '../case-letters';

/** Keeps the correspondent informed; the next update counts from today. Without a text the template is used. */
export class SendHoldingUpdate extends Command<string> {
  constructor(
    readonly target: CaseTarget,
    readonly text: string | null,
    readonly cautionRead: boolean,
  ) {
    super();
  }
}

@CommandHandler(SendHoldingUpdate)
export class SendHoldingUpdateHandler implements ICommandHandler<SendHoldingUpdate> {
  constructor(
    private readonly changes: CaseChanges,
    private readonly letters: CaseLetters,
  ) {}

  execute({ target, text, cautionRead }: SendHoldingUpdate): Promise<string> {
    return this.changes.byReference(target, async (caseFile, { clocks, counter, newId, now }) => {
      await this.letters.requireCautionRead(caseFile, cautionRead);
      const current = await clocks();
      const { address } = await this.letters.recipient(caseFile);
      const rendered = await this.letters.render(caseFile, 'holding-update');
      const letter = { to_address: address, subject: rendered.subject, body: text ?? rendered.body };
      const outgoingId =
        address === null
          ? await this.letters.recordPosted(caseFile, letter, now)
          : await this.letters.queue(caseFile, 'holding-update', letter, { automatic: false });
      caseFile.holdUpdate(outgoingId, current, counter, newId, now);
    });
  }
}
