import { Clock } from '@app/kernel';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '@app/platform';
import { CaseRuleRefused } from '../../domain/case.errors';
import type { CaseTarget } from '../case-changes';
import { LinkedCases } from '../linked-cases';

/** Takes a link back that was made by mistake; the history keeps both. */
export class UnlinkCases extends Command<string> {
  constructor(
    readonly target: CaseTarget,
    readonly otherReference: string,
  ) {
    super();
  }
}

@CommandHandler(UnlinkCases)
export class UnlinkCasesHandler implements ICommandHandler<UnlinkCases> {
  constructor(
    private readonly cases: LinkedCases,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  execute({ target, otherReference }: UnlinkCases): Promise<string> {
    return this.cases.change(target, otherReference, async (one, other) => {
      const now = this.clock.now();
      const [, removed]: [unknown, number] = await this.unitOfWork.manager.query(
        `DELETE FROM case_link WHERE (case_id, linked_case_id) IN (($1, $2), ($2, $1))`,
        [one.id, other.id],
      );
      if (removed === 0) throw new CaseRuleRefused('These cases are not linked.');
      one.unlink(other.id, now);
      other.unlink(one.id, now);
    });
  }
}
