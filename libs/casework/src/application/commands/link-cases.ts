import { Clock } from '@app/kernel';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '@app/platform';
import { CaseRuleRefused } from '../../domain/case.errors';
import type { CaseTarget } from '../case-changes';
import { LinkedCases } from '../linked-cases';

/** Says that two cases of one office belong together; shown on both. */
export class LinkCases extends Command<string> {
  constructor(
    readonly target: CaseTarget,
    readonly otherReference: string,
  ) {
    super();
  }
}

@CommandHandler(LinkCases)
export class LinkCasesHandler implements ICommandHandler<LinkCases> {
  constructor(
    private readonly cases: LinkedCases,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  execute({ target, otherReference }: LinkCases): Promise<string> {
    return this.cases.change(target, otherReference, async (one, other) => {
      const now = this.clock.now();
      one.link(other.id, now);
      other.link(one.id, now);
      const added: unknown[] = await this.unitOfWork.manager.query(
        `INSERT INTO case_link (case_id, linked_case_id, office, at) VALUES ($1, $2, $3, $4), ($2, $1, $3, $4)
         ON CONFLICT DO NOTHING RETURNING 1`,
        [one.id, other.id, one.snapshot().office, now],
      );
      if (added.length === 0) throw new CaseRuleRefused('These cases are linked already.');
    });
  }
}
