import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CaseChanges, CaseTexts, TriageCase, type CaseTarget } from '@app/casework';
import { Clock } from '@app/kernel';
import { UnitOfWork } from '@app/platform';
import { Review } from '../../domain/review';
import { ReviewRuleRefused } from '../../domain/review.errors';
import type { Particulars } from '../../domain/review-state';
import { Assessments } from '../assessments';
import { ReviewRepository } from '../review-repository';
import { ReviewSettings } from '../review-settings';

/** The category of an application for a review. */
export const REVIEW_CATEGORY = 'review-application';

/**
 * Makes a case a review, with what the application states. Its clocks count from the first receipt of the case,
 * whenever it is found to be an application. Answers the reference.
 */
export class OpenReview extends Command<string> {
  /** `reason`: why a person says that it is one; null where it came in as an application. */
  constructor(
    readonly target: CaseTarget,
    readonly particulars: Particulars,
    readonly grounds: string | null,
    readonly reason: string | null,
  ) {
    super();
  }
}

@CommandHandler(OpenReview)
export class OpenReviewHandler implements ICommandHandler<OpenReview> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly cases: CaseChanges,
    private readonly texts: CaseTexts,
    private readonly assessments: Assessments,
    private readonly repository: ReviewRepository,
    private readonly commands: CommandBus,
    private readonly settings: ReviewSettings,
    private readonly clock: Clock,
  ) {}

  /** @throws CaseNotFound, CaseVersionStale, ReviewRuleRefused where it is one already, InvalidEligibilityFacts */
  execute({ target, particulars, grounds, reason }: OpenReview): Promise<string> {
    return this.unitOfWork.run(async () => {
      let caseOf = { id: '', office: '', reference: '', receivedOn: '', kind: '' };
      await this.cases.byReference(target, (caseFile) => {
        caseOf = caseFile.snapshot();
      });
      const { id, office, reference, receivedOn, kind } = caseOf;
      // Contradictions are refused before anything is stored.
      const { assessment } = await this.assessments.assess(particulars, receivedOn, office);
      if (kind !== 'review') {
        const input = { category: REVIEW_CATEGORY, priority: null, queue: null, reason };
        await this.commands.execute(new TriageCase({ reference, ifVersion: null }, input));
      }
      const text = grounds === null || grounds.trim() === '' ? null : await this.texts.keep(office, id, grounds);
      const words = text && { textId: text.reasonId, textCommitment: text.reasonCommitment };
      const now = this.clock.now();
      const known = await this.repository.findByCase(id);
      if (known === null) {
        const opening = { id, office, reference, receivedOn, particulars, grounds: words };
        await this.repository.add(Review.open(opening, now));
        return reference;
      }
      // The letter was sorted as an application before anybody entered what it states.
      const { stage } = known.snapshot();
      if (stage !== 'received' && stage !== 'returned') throw new ReviewRuleRefused('This case is a review already.');
      if (stage === 'returned') known.reconsider(null, await this.settings.counter(), now);
      known.recordParticulars(particulars, assessment.rulesVersion, words, now);
      await this.repository.save(known);
      return reference;
    });
  }
}
