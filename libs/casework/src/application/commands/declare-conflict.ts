import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { currentCaller, UnitOfWork } from '@app/platform';
import { CaseRuleRefused } from '../../domain/case.errors';
import { CaseChanges, type CaseTarget } from '../case-changes';
import { CaseTexts } from '../case-texts';

/** Keeps a person away from a case for a conflict of interest: the caller, or somebody whom the caller names. */
export class DeclareConflict extends Command<string> {
  /** `person`: an id; null for the caller. */
  constructor(
    readonly target: CaseTarget,
    readonly person: string | null,
    readonly reason: string,
  ) {
    super();
  }
}

@CommandHandler(DeclareConflict)
export class DeclareConflictHandler implements ICommandHandler<DeclareConflict> {
  constructor(
    private readonly changes: CaseChanges,
    private readonly texts: CaseTexts,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  execute({ target, person, reason }: DeclareConflict): Promise<string> {
    const { id } = currentCaller().actor;
    return this.unitOfWork.run(async (manager) => {
      const kept = { away: person ?? id, caseId: '', office: '', at: new Date() };
      const reference = await this.changes.byReference(target, async (caseFile, { now }) => {
        await this.refuseToHideFromAll(caseFile.id, kept.away);
        const { office } = caseFile.snapshot();
        caseFile.declareConflict(kept.away, await this.texts.keep(office, caseFile.id, reason), now);
        Object.assign(kept, { caseId: caseFile.id, office, at: now });
      });
      // Last: from here on it may be the caller who does not see the case.
      await manager.query(
        `INSERT INTO case_access (case_id, office, actor, access, added_by, added_at)
         VALUES ($1, $2, $3, 'conflicted', $4, $5) ON CONFLICT DO NOTHING`,
        [kept.caseId, kept.office, kept.away, id, kept.at],
      );
      return reference;
    });
  }

  /** A restricted case that nobody may see any more would be overlooked. */
  private async refuseToHideFromAll(caseId: string, away: string): Promise<void> {
    const [row]: { named: number; others: number }[] = await this.unitOfWork.manager.query(
      `SELECT count(*)::int AS named,
              count(*) FILTER (WHERE actor <> $2 AND NOT EXISTS (
                SELECT FROM case_access o WHERE o.case_id = $1 AND o.actor = a.actor AND o.access = 'conflicted'
              ))::int AS others
         FROM case_access a WHERE case_id = $1 AND access = 'named'`,
      [caseId, away],
    );
    if ((row?.named ?? 0) > 0 && row?.others === 0) {
      throw new CaseRuleRefused('Nobody else may see this restricted case: name another person first.');
    }
  }
}
