import { Command, CommandBus, CommandHandler, Query, QueryBus, QueryHandler } from '@nestjs/cqrs';
import type { ICommandHandler, IQueryHandler } from '@nestjs/cqrs';
import type { CaseTarget } from '@app/casework';
import { UnitOfWork } from '@app/platform';
import { ReviewRuleRefused, ReviewVersionStale } from '../../domain/review.errors';
import { ActOnReview } from '../commands/act-on-review';
import { GetReview } from '../queries/get-review';
import { DecisionLetters, type DecisionLetter } from './decision-letters';

/** Who gets a letter of the decision, and how far each letter is. @throws ReviewNotFound */
export class ListDecisionLetters extends Query<readonly DecisionLetter[]> {
  constructor(readonly reference: string) {
    super();
  }
}

@QueryHandler(ListDecisionLetters)
export class ListDecisionLettersHandler implements IQueryHandler<ListDecisionLetters> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly queries: QueryBus,
    private readonly letters: DecisionLetters,
  ) {}

  execute({ reference }: ListDecisionLetters): Promise<readonly DecisionLetter[]> {
    return this.unitOfWork.run(async () => this.letters.of(await this.queries.execute(new GetReview(reference))));
  }
}

/** Drafts the letters of a decision that are not drafted yet. Answers how many. */
export class DraftDecisionLetters extends Command<number> {
  constructor(readonly reference: string) {
    super();
  }
}

@CommandHandler(DraftDecisionLetters)
export class DraftDecisionLettersHandler implements ICommandHandler<DraftDecisionLetters> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly queries: QueryBus,
    private readonly letters: DecisionLetters,
  ) {}

  /** @throws ReviewNotFound, ReviewRuleRefused unless it is decided and not issued */
  execute({ reference }: DraftDecisionLetters): Promise<number> {
    return this.unitOfWork.run(async () => {
      const view = await this.queries.execute(new GetReview(reference));
      if (!view.allowedActions.includes('issue-decision')) {
        throw new ReviewRuleRefused('Letters are written when the decision is made and not issued yet.');
      }
      return this.letters.draft(view);
    });
  }
}

/**
 * R1.55: sends every letter of the decision to its reader, and records that it is issued; all of it or nothing. Answers
 * the reference.
 */
export class IssueDecision extends Command<string> {
  /** `cautionRead`: whoever sends has read how the applicant may be contacted. */
  constructor(
    readonly target: CaseTarget,
    readonly cautionRead: boolean,
  ) {
    super();
  }
}

@CommandHandler(IssueDecision)
export class IssueDecisionHandler implements ICommandHandler<IssueDecision> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly letters: DecisionLetters,
  ) {}

  /** @throws ReviewNotFound, ReviewVersionStale, ReviewRuleRefused, ReviewActionNotAllowed, InvalidCaseInput */
  execute({ target, cautionRead }: IssueDecision): Promise<string> {
    return this.unitOfWork.run(async () => {
      const view = await this.queries.execute(new GetReview(target.reference));
      if (target.ifVersion !== null && target.ifVersion !== view.version) throw new ReviewVersionStale();
      if (!view.allowedActions.includes('issue-decision')) {
        throw new ReviewRuleRefused('There is no decision to issue.');
      }
      const letters = await this.letters.issue(view, cautionRead);
      return this.commands.execute(
        new ActOnReview(
          { reference: view.state.reference, ifVersion: view.version },
          { do: 'issue-decision', letters },
        ),
      );
    });
  }
}
