import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '@app/platform';
import { CaseRuleRefused } from '../../domain/case.errors';
import { CaseChanges, type CaseTarget } from '../case-changes';
import { CaseTexts } from '../case-texts';

/** Everybody of the office sees the case again, but for those with a conflict of interest. */
export class UnrestrictCase extends Command<string> {
  constructor(
    readonly target: CaseTarget,
    readonly reason: string,
  ) {
    super();
  }
}

@CommandHandler(UnrestrictCase)
export class UnrestrictCaseHandler implements ICommandHandler<UnrestrictCase> {
  constructor(
    private readonly changes: CaseChanges,
    private readonly texts: CaseTexts,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  execute({ target, reason }: UnrestrictCase): Promise<string> {
    return this.changes.byReference(target, async (caseFile, { now }) => {
      const { manager } = this.unitOfWork;
      const [, lifted]: [unknown[], number] = await manager.query(`DELETE FROM case_restriction WHERE case_id = $1`, [
        caseFile.id,
      ]);
      if (lifted === 0) throw new CaseRuleRefused('The case is not restricted.');
      await manager.query(`DELETE FROM case_access WHERE case_id = $1 AND access = 'named'`, [caseFile.id]);
      const { office } = caseFile.snapshot();
      caseFile.liftRestriction(await this.texts.keep(office, caseFile.id, reason), now);
    });
  }
}
