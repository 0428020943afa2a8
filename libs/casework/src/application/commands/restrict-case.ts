import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '@app/platform';
import { CaseChanges, type CaseTarget } from '../case-changes';
import { CaseTexts } from '../case-texts';

/** From now on only the people named see the case; the one who restricts it is always among them. */
export class RestrictCase extends Command<string> {
  /** `people`: ids. A second restriction replaces the first. */
  constructor(
    readonly target: CaseTarget,
    readonly people: readonly string[],
    readonly reason: string,
  ) {
    super();
  }
}

@CommandHandler(RestrictCase)
export class RestrictCaseHandler implements ICommandHandler<RestrictCase> {
  constructor(
    private readonly changes: CaseChanges,
    private readonly texts: CaseTexts,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  execute({ target, people, reason }: RestrictCase): Promise<string> {
    return this.changes.byReference(target, async (caseFile, { actor, now }) => {
      const { office } = caseFile.snapshot();
      const named = [...new Set([...people, actor])].sort();
      caseFile.restrict(named, await this.texts.keep(office, caseFile.id, reason), now);
      const { manager } = this.unitOfWork;
      // The names first: a restriction without them would hide the case from the one who makes it.
      await manager.query(`DELETE FROM case_access WHERE case_id = $1 AND access = 'named' AND NOT actor = ANY($2)`, [
        caseFile.id,
        named,
      ]);
      await manager.query(
        `INSERT INTO case_access (case_id, office, actor, access, added_by, added_at)
         SELECT $1, $2, actor, 'named', $4, $5 FROM unnest($3::text[]) AS actor ON CONFLICT DO NOTHING`,
        [caseFile.id, office, named, actor, now],
      );
      await manager.query(
        `INSERT INTO case_restriction (case_id, office, restricted_by, restricted_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (case_id) DO UPDATE SET restricted_by = excluded.restricted_by, restricted_at = excluded.restricted_at`,
        [caseFile.id, office, actor, now],
      );
    });
  }
}
