import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { parseReference } from '@app/kernel';
import { UnitOfWork } from '@app/platform';
import { CaseNotFound, CaseRuleRefused, InvalidCaseInput } from '../../domain/case.errors';
import { CaseChanges, type CaseTarget } from '../case-changes';
import { CaseRepository } from '../case-repository';

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
    private readonly changes: CaseChanges,
    private readonly repository: CaseRepository,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  execute({ target, otherReference }: LinkCases): Promise<string> {
    const parsed = parseReference(otherReference);
    if (!parsed) throw new InvalidCaseInput('/reference', 'is not a case reference');
    return this.changes.byReference(target, async (caseFile, { now }) => {
      const other = await this.repository.loadByReference(parsed.reference).catch((error: unknown) => {
        if (error instanceof CaseNotFound) throw new InvalidCaseInput('/reference', 'there is no such case');
        throw error;
      });
      const { office } = caseFile.snapshot();
      if (other.snapshot().office !== office) throw new CaseRuleRefused('Cases of different offices cannot be linked.');
      caseFile.link(other.id, now);
      other.link(caseFile.id, now);
      const added: unknown[] = await this.unitOfWork.manager.query(
        `INSERT INTO case_link (case_id, linked_case_id, office, at) VALUES ($1, $2, $3, $4), ($2, $1, $3, $4)
         ON CONFLICT DO NOTHING RETURNING 1`,
        [caseFile.id, other.id, office, now],
      );
      if (added.length === 0) throw new CaseRuleRefused('These cases are linked already.');
      await this.repository.save(other);
    });
  }
}
