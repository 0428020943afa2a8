import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Outgoing } from '@app/notifications';
import { UnitOfWork } from '@app/platform';
import { CaseRuleRefused } from '../../domain/case.errors';
import { CaseReader } from '../queries/read-case';
import { RecalledReplies } from '../recalled-replies';

/** Takes a reply back within its undo window: it does not go out, and the case waits for its answer again. */
export class RecallReply extends Command<string> {
  constructor(readonly reference: string) {
    super();
  }
}

@CommandHandler(RecallReply)
export class RecallReplyHandler implements ICommandHandler<RecallReply> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reader: CaseReader,
    private readonly outgoing: Outgoing,
    private readonly recalled: RecalledReplies,
  ) {}

  /** @throws CaseNotFound; CaseRuleRefused where nothing waits; OutgoingNotInState where it has begun to go out. */
  execute({ reference }: RecallReply): Promise<string> {
    return this.unitOfWork.run(async (manager) => {
      const found = await this.reader.locate(reference);
      const [waiting]: { id: string }[] = await manager.query(
        `SELECT id FROM outgoing_message WHERE case_id = $1 AND kind = 'reply' AND status = 'queued' AND not_before IS NOT NULL
          ORDER BY queued_at DESC LIMIT 1`,
        [found.id],
      );
      if (!waiting) throw new CaseRuleRefused('The reply has gone out already: it cannot be taken back.');
      await this.outgoing.cancel(waiting.id);
      await this.recalled.note(found.id, waiting.id);
      return found.reference;
    });
  }
}
