import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Clock } from '@app/kernel';
import { UnitOfWork, currentCaller } from '@app/platform';
import { CaseReader } from '../queries/read-case';

export interface UnsavedReply {
  readonly channel: 'email' | 'letter';
  readonly subject: string;
  readonly body: string;
}

/**
 * Keeps what somebody has typed so far, for themselves alone, so that a closed window loses nothing. It is not a draft:
 * it changes no version and says nothing in the history.
 */
export class KeepUnsavedReply extends Command<void> {
  constructor(
    readonly reference: string,
    /** Null: what was kept is no longer needed. */
    readonly reply: UnsavedReply | null,
  ) {
    super();
  }
}

@CommandHandler(KeepUnsavedReply)
export class KeepUnsavedReplyHandler implements ICommandHandler<KeepUnsavedReply> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reader: CaseReader,
    private readonly clock: Clock,
  ) {}

  /** @throws CaseNotFound */
  execute({ reference, reply }: KeepUnsavedReply): Promise<void> {
    return this.unitOfWork.run(async (manager) => {
      const { id, office } = await this.reader.locate(reference);
      const author = currentCaller().actor.id;
      if (reply === null) {
        await manager.query(`DELETE FROM case_unsaved_reply WHERE case_id = $1 AND author = $2`, [id, author]);
        return;
      }
      await manager.query(
        `INSERT INTO case_unsaved_reply (case_id, author, office, channel, subject, body, kept_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (case_id, author) DO UPDATE SET channel = excluded.channel, subject = excluded.subject,
           body = excluded.body, kept_at = excluded.kept_at`,
        [id, author, office, reply.channel, reply.subject, reply.body, this.clock.now()],
      );
    });
  }
}
