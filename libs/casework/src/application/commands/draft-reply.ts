import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '@app/platform';
import { InvalidCaseInput } from '../../domain/case.errors';
import { CaseChanges, type CaseTarget } from '../case-changes';
import { CaseLetters } from '../case-letters';

export interface DraftInput {
  /** A template to start from; then subject and body may be left out. */
  readonly template: string | null;
  readonly subject: string | null;
  readonly body: string | null;
  readonly channel: 'email' | 'letter';
}

/** Writes or rewrites the reply. A change to an approved reply needs approval again. */
export class DraftReply extends Command<string> {
  constructor(
    readonly target: CaseTarget,
    readonly input: DraftInput,
  ) {
    super();
  }
}

@CommandHandler(DraftReply)
export class DraftReplyHandler implements ICommandHandler<DraftReply> {
  constructor(
    private readonly changes: CaseChanges,
    private readonly letters: CaseLetters,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  execute({ target, input }: DraftReply): Promise<string> {
    return this.changes.byReference(target, async (caseFile, { actor, now }) => {
      // A template frames the text of the author where it has a place for it.
      const rendered =
        input.template === null ? null : await this.letters.render(caseFile, input.template, { replyText: input.body });
      const body = rendered?.body ?? input.body ?? '';
      if (body.trim() === '') throw new InvalidCaseInput('/body', 'must not be empty');
      const recipient = await this.letters.recipient(caseFile);
      if (input.channel === 'email' && recipient.address === null) {
        throw new InvalidCaseInput('/channel', 'no confirmed e-mail address is known for this correspondent');
      }
      caseFile.draft(actor, now);
      await this.unitOfWork.manager.query(
        `INSERT INTO case_draft (case_id, office, to_address, channel, subject, body, template, state, drafted_by, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 'draft', $8, $9)
         ON CONFLICT (case_id) DO UPDATE SET to_address = excluded.to_address, channel = excluded.channel,
           subject = excluded.subject, body = excluded.body, template = excluded.template, state = 'draft',
           drafted_by = excluded.drafted_by, submitted_by = NULL, approved_by = NULL, updated_at = excluded.updated_at`,
        [
          caseFile.id,
          caseFile.snapshot().office,
          recipient.address,
          input.channel,
          input.subject ?? rendered?.subject ?? (await this.letters.replySubject(caseFile)),
          body,
          input.template,
          actor,
          now,
        ],
      );
      await this.unitOfWork.manager.query(`DELETE FROM case_unsaved_reply WHERE case_id = $1 AND author = $2`, [
        caseFile.id,
        actor,
      ]);
    });
  }
}
