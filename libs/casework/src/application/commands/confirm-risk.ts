import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '@app/platform';
import { CaseRuleRefused } from '../../domain/case.errors';
import { CaseChanges, type CaseTarget } from '../case-changes';

/** A person has looked at the risk alert of a case and takes it on. */
export class ConfirmRisk extends Command<string> {
  constructor(readonly target: CaseTarget) {
    super();
  }
}

@CommandHandler(ConfirmRisk)
export class ConfirmRiskHandler implements ICommandHandler<ConfirmRisk> {
  constructor(
    private readonly changes: CaseChanges,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  execute({ target }: ConfirmRisk): Promise<string> {
    return this.changes.byReference(target, async (caseFile, { actor, now }) => {
      const [alerts]: [{ id: string }[], number] = await this.unitOfWork.manager.query(
        `UPDATE risk_alert SET confirmed_at = $2, confirmed_by = $3
          WHERE case_id = $1 AND confirmed_at IS NULL RETURNING id`,
        [caseFile.id, now, actor],
      );
      if (alerts.length === 0) throw new CaseRuleRefused('There is no open risk alert on this case.');
      for (const alert of alerts) caseFile.confirmRisk(alert.id, now);
    });
  }
}
