import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { People } from '@app/access';
import { CaseChanges, CaseTexts, CloseCase, ReopenCase } from '@app/casework';
import { Clock } from '@app/kernel';
import { UnitOfWork, currentCaller } from '@app/platform';
import type { Review } from '../domain/review';
import { REVIEWER_ROLES } from '../domain/review-rules';
import { InvalidReviewInput } from '../domain/review.errors';
import type { KeptWords } from '../domain/review-state';
import { Assessments } from './assessments';
import { ReviewLetters } from './review-letters';
import { ReviewSettings } from './review-settings';

/** Events that show that a person dealt with a case. */
const WORK: readonly string[] = [
  'casework.case-triaged',
  'casework.case-taken',
  'casework.case-forwarded',
  'casework.reply-drafted',
  'casework.reply-approved',
  'casework.reply-sent',
  'casework.case-closed',
];

/** What acts on a review need besides the review. */
@Injectable()
export class ReviewTools {
  constructor(
    readonly assessments: Assessments,
    readonly letters: ReviewLetters,
    readonly settings: ReviewSettings,
    readonly commands: CommandBus,
    private readonly cases: CaseChanges,
    private readonly texts: CaseTexts,
    private readonly people: People,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  now(): Date {
    return this.clock.now();
  }

  actor(): string {
    return currentCaller().actor.id;
  }

  newId(): string {
    return randomUUID();
  }

  async keep(review: Review, text: string): Promise<KeptWords> {
    const { office, id } = review.snapshot();
    const { reasonId, reasonCommitment } = await this.texts.keep(office, id, text);
    return { textId: reasonId, textCommitment: reasonCommitment };
  }

  async keepIfSaid(review: Review, text: string | null): Promise<KeptWords | null> {
    return text === null || text.trim() === '' ? null : this.keep(review, text);
  }

  async addParty(
    review: Review,
    party: { id: string; role: string; name: string; email: string | null; address: string | null },
  ): Promise<void> {
    const { office, id } = review.snapshot();
    await this.unitOfWork.manager.query(
      `INSERT INTO review_party (id, case_id, office, role, name, email, address) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [party.id, id, office, party.role, party.name, party.email, party.address],
    );
  }

  /** Recommendations of the review that wait for the force (R1.85). */
  async openRecommendations(review: Review): Promise<number> {
    const [row]: { open: number }[] = await this.unitOfWork.manager.query(
      `SELECT count(*)::int AS open FROM review_recommendation WHERE case_id = $1 AND settled_on IS NULL`,
      [review.id],
    );
    return row?.open ?? 0;
  }

  /**
   * Domain rules 1.11: whether a person worked on a complaint of the same correspondent, or on a case that is linked
   * with this one. Reading, linking and noting are no work.
   */
  hasTouched(review: Review, person: string): Promise<boolean> {
    return this.hasTouchedCase(review.id, person);
  }

  async hasTouchedCase(caseId: string, person: string): Promise<boolean> {
    const [row]: { touched: boolean }[] = await this.unitOfWork.manager.query(
      `SELECT EXISTS (
         SELECT FROM event_log e
           JOIN case_file other ON e.stream = 'case-' || other.id
           JOIN case_file own ON own.id = $1
          WHERE other.id <> own.id AND e.metadata -> 'actor' ->> 'id' = $2 AND e.type = ANY($3)
            AND ((other.kind = 'complaint' AND other.correspondent_id = own.correspondent_id)
                 OR EXISTS (SELECT FROM case_link l WHERE (l.case_id, l.linked_case_id) IN ((own.id, other.id), (other.id, own.id))))
       ) AS touched`,
      [caseId, person, WORK],
    );
    return row?.touched ?? false;
  }

  /** @throws InvalidReviewInput for somebody who does not work in that office today. */
  async requirePerson(person: string, office: string): Promise<void> {
    if (person === this.actor()) return;
    const known = await this.people.forOffices([office]);
    if (!known.some(({ id, role }) => id === person && REVIEWER_ROLES.includes(role))) {
      throw new InvalidReviewInput('/reviewer', 'is not somebody who may review for this office');
    }
  }

  /** Ends the case too, unless it has ended already. */
  async closeCase(review: Review, reason: string): Promise<void> {
    if (await this.isCaseEnded(review)) return;
    await this.commands.execute(new CloseCase({ reference: review.snapshot().reference, ifVersion: null }, reason));
  }

  async reopenCase(review: Review, reason: string): Promise<void> {
    if (!(await this.isCaseEnded(review))) return;
    await this.commands.execute(new ReopenCase({ reference: review.snapshot().reference, ifVersion: null }, reason));
  }

  /** The decision is the answer to the application: the clocks of the case are met by it. */
  async answerCase(review: Review): Promise<void> {
    await this.cases.byReference({ reference: review.snapshot().reference, ifVersion: null }, (caseFile, context) => {
      caseFile.send('letter', null, context.counter, context.now);
    });
  }

  private async isCaseEnded(review: Review): Promise<boolean> {
    const [row]: { closed: boolean }[] = await this.unitOfWork.manager.query(
      `SELECT status IN ('closed', 'no-reply-needed') AS closed FROM case_file WHERE id = $1`,
      [review.id],
    );
    return row?.closed ?? true;
  }
}
