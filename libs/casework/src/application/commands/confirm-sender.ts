import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '@app/platform';
import { InvalidCaseInput } from '../../domain/case.errors';
import { CaseChanges, type CaseTarget } from '../case-changes';

/** A person confirms that an unknown sender of a reply belongs to the case; only then may anything go to that sender. */
export class ConfirmSender extends Command<string> {
  constructor(
    readonly target: CaseTarget,
    readonly messageId: string,
  ) {
    super();
  }
}

@CommandHandler(ConfirmSender)
export class ConfirmSenderHandler implements ICommandHandler<ConfirmSender> {
  constructor(
    private readonly changes: CaseChanges,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  execute({ target, messageId }: ConfirmSender): Promise<string> {
    return this.changes.byReference(target, async (caseFile, { actor, now }) => {
      const [, confirmed]: [unknown, number] = await this.unitOfWork.manager.query(
        `UPDATE case_message SET sender_on_case = true, sender_confirmed_by = $3
          WHERE id = $2 AND case_id = $1 AND NOT sender_on_case`,
        [caseFile.id, messageId, actor],
      );
      if (confirmed !== 1)
        throw new InvalidCaseInput('/messageId', 'is no message of this case with an unconfirmed sender');
      caseFile.confirmSender(messageId, now);
    });
  }
}
