import { randomUUID } from 'node:crypto';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '@app/platform';
import { CaseChanges, type CaseTarget } from '../case-changes';

/** An internal note: never part of what is sent. */
export class AddNote extends Command<string> {
  constructor(
    readonly target: CaseTarget,
    readonly text: string,
  ) {
    super();
  }
}

@CommandHandler(AddNote)
export class AddNoteHandler implements ICommandHandler<AddNote> {
  constructor(
    private readonly changes: CaseChanges,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  execute({ target, text }: AddNote): Promise<string> {
    return this.changes.byReference(target, async (caseFile, { actor, now }) => {
      const noteId = randomUUID();
      await this.unitOfWork.manager.query(
        `INSERT INTO case_note (id, case_id, office, text, author, at) VALUES ($1, $2, $3, $4, $5, $6)`,
        [noteId, caseFile.id, caseFile.snapshot().office, text, actor, now],
      );
      caseFile.note(noteId, now);
    });
  }
}
