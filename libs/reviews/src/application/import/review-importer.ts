import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { People } from '@app/access';
import { AllocateCase, CaseTexts, TriageCase } from '@app/casework';
import { ImportedLetters } from '@app/intake';
import { Clock, DomainError, dayInWords } from '@app/kernel';
import { UnitOfWork, currentCaller } from '@app/platform';
import { REVIEW_CATEGORY } from '../commands/open-review';
import type { KeptWords } from '../../domain/review-state';
import { Assessments } from '../assessments';
import { ReviewRepository } from '../review-repository';
import { ReviewSettings } from '../review-settings';
import { ReviewTools } from '../review-tools';
import type { PlanContext, PlannedReview } from './plan-row';
import { rebuildReview, type RebuildParts } from './rebuild-review';

const NO_WORDS: KeptWords = { textId: '00000000-0000-0000-0000-000000000000', textCommitment: '' };

/** Takes open reviews over: tries one without writing anything, or opens case and review for it. */
@Injectable()
export class ReviewImporter {
  constructor(
    private readonly letters: ImportedLetters,
    private readonly commands: CommandBus,
    private readonly texts: CaseTexts,
    private readonly people: People,
    private readonly assessments: Assessments,
    private readonly settings: ReviewSettings,
    private readonly tools: ReviewTools,
    private readonly reviews: ReviewRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async context(office: string): Promise<PlanContext> {
    const people = await this.people.forOffices([office]);
    const reviewers = people.filter(({ role }) => role === 'review-manager' || role === 'manager');
    return { today: this.settings.today(), office, reviewers: reviewers.map(({ id, name }) => ({ id, name })) };
  }

  /** The references of the old list that are cases already. */
  async known(office: string, oldReferences: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows: { old_reference: string; reference: string }[] = await this.unitOfWork.manager.query(
      `SELECT old_reference, reference FROM review_taken_over WHERE office = $1 AND old_reference = ANY($2)`,
      [office, [...new Set(oldReferences)]],
    );
    return new Map(rows.map(({ old_reference, reference }) => [old_reference, reference]));
  }

  /** What would become of it, by the review's own rules: what will be done in words, or why it cannot be. */
  async try(planned: PlannedReview, office: string): Promise<{ readonly does: string } | { readonly problem: string }> {
    try {
      const parts = await this.partsOf(planned, office, { grounds: null, because: NO_WORDS }, false);
      const review = rebuildReview(planned, { ...parts, case: { id: NO_WORDS.textId, office, reference: '' } });
      const { stage, clocks } = review.snapshot();
      const running = clocks.find(({ metOn }) => metOn === null);
      const due = running?.dueOn
        ? `; ${running.name === 'papers' ? 'papers' : 'decision'} due ${dayInWords(running.dueOn)}`
        : '';
      const paused = review.isPaused() ? '; paused' : '';
      const reviewer = planned.reviewerName === null ? '' : `; reviewer ${planned.reviewerName}`;
      return { does: `Opens a review at “${stage.replaceAll('-', ' ')}”${due}${paused}${reviewer}` };
    } catch (error) {
      if (error instanceof DomainError) return { problem: error.message };
      throw error;
    }
  }

  /** In the open transaction. Answers the new reference. @throws what a rule refuses. */
  async take(planned: PlannedReview, office: string, importId: string): Promise<string> {
    const { receivedOn, acknowledgedOn, subject, grounds, applicant, oldReference } = planned;
    const noon = (day: string): Date => new Date(`${day}T12:00:00Z`);
    const { caseId, reference } = await this.letters.open({
      ...{ office, subject, receivedAt: noon(receivedOn) },
      acknowledgedAt: acknowledgedOn === null ? null : noon(acknowledgedOn),
      body: grounds ?? `Taken over from the office's earlier list, where it was ${oldReference}.`,
      correspondent: { ...applicant, organisation: null, capacity: 'member-of-public' },
    });
    const reason = `Taken over from the office's earlier list (${oldReference}).`;
    const input = { category: REVIEW_CATEGORY, priority: null, queue: null, reason };
    await this.commands.execute(new TriageCase({ reference, ifVersion: null }, input));
    const words = {
      grounds: grounds === null ? null : await this.keep(office, caseId, grounds),
      because: await this.keep(office, caseId, reason),
    };
    const parts = await this.partsOf(planned, office, words, await this.touched(planned, caseId));
    const known = await this.reviews.findByCase(caseId);
    if (known !== null) throw new Error('The case is a review already');
    await this.reviews.add(rebuildReview(planned, { ...parts, case: { id: caseId, office, reference } }));
    if (planned.reviewer !== null) {
      await this.commands.execute(new AllocateCase({ reference, ifVersion: null }, planned.reviewer));
    }
    await this.unitOfWork.manager.query(
      `INSERT INTO review_taken_over (office, old_reference, reference, import_id) VALUES ($1, $2, $3, $4)`,
      [office, oldReference, reference, importId],
    );
    return reference;
  }

  private async partsOf(
    planned: PlannedReview,
    office: string,
    words: Pick<RebuildParts, 'grounds' | 'because'>,
    reviewerTouched: boolean,
  ): Promise<Omit<RebuildParts, 'case'>> {
    const { assessment } = await this.assessments.assess(planned.particulars, planned.receivedOn, office);
    const papers = await this.settings.papers(office, planned.particulars.handling);
    return {
      ...words,
      ...{ assessment, reviewerTouched, by: currentCaller().actor.id, papers: papers.map(({ key }) => key) },
      policies: {
        papers: await this.settings.policy('papers', office),
        decide: await this.settings.policy('decide', office),
      },
      counter: await this.settings.counter(),
      now: this.clock.now(),
    };
  }

  /** Domain rules 1.11 hold for what is taken over as for anything else. */
  private touched({ reviewer }: PlannedReview, caseId: string): Promise<boolean> {
    return reviewer === null ? Promise.resolve(false) : this.tools.hasTouchedCase(caseId, reviewer);
  }

  private async keep(office: string, caseId: string, text: string): Promise<KeptWords> {
    const { reasonId, reasonCommitment } = await this.texts.keep(office, caseId, text);
    return { textId: reasonId, textCommitment: reasonCommitment };
  }
}
