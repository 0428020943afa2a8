import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CaseRuleRefused, InvalidCaseInput } from '../../domain/case.errors';
import { CaseChanges, type CaseTarget } from '../case-changes';
import { CaseLetters } from '../case-letters';
import { CaseSettings } from '../case-settings';
import { CaseTexts } from '../case-texts';

export interface ForwardInput {
  /** A key of the routing table; null: the destination of the case's category. */
  readonly destination: string | null;
  readonly reason: string;
  /** Null: the lawful basis of the category. */
  readonly lawfulBasis: string | null;
  readonly consent: boolean;
  /** Whether the sender is told (they are unless there is a reason not to). */
  readonly notifySender: boolean;
}

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
    private readonly settings: CaseSettings,
    private readonly texts: CaseTexts,
  ) {}

  execute({ target, input }: ForwardCase): Promise<string> {
    return this.changes.byReference(target, async (caseFile, { now }) => {
      const { office, category } = caseFile.snapshot();
      const rules = category === null ? null : (await this.settings.category(category, office)).data;
      const key = input.destination ?? rules?.destination ?? null;
      if (key === null) throw new InvalidCaseInput('/destination', 'this category has no destination: name one');
      const destination = await this.settings.destination(key, office);
      if (destination.data.email === null) {
        throw new CaseRuleRefused(`${destination.data.name} takes no forwarded mail: tell the sender where to turn.`);
      }
      if (rules?.consent === 'yes' && !input.consent) {
        throw new InvalidCaseInput('/consent', 'the sender must have agreed before this is forwarded');
      }
      const lawfulBasis = input.lawfulBasis ?? (input.consent ? 'consent' : rules?.lawfulBasis) ?? null;
      if (lawfulBasis === null) throw new InvalidCaseInput('/lawfulBasis', 'say on what lawful basis it is forwarded');
      const reason = await this.texts.keep(office, caseFile.id, input.reason);
      const values = {
        destinationName: destination.data.name,
        destinationContact: destination.data.telephone,
        forwardReason: input.reason,
        lawfulBasis,
        consent: input.consent ? 'the sender has agreed' : null,
        senderTold: input.notifySender ? 'yes' : null,
      };
      const forwardMessageId = await this.letters.forwardItem(caseFile, destination.data.email, values);
      const noticeMessageId = input.notifySender ? await this.letters.noticeToSender(caseFile, values) : null;
      caseFile.forward(
        { destination: key, lawfulBasis, consent: input.consent, forwardMessageId, noticeMessageId, reason },
        now,
      );
    });
  }
}
