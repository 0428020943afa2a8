import { Injectable } from '@nestjs/common';
import type { CorrespondentDetails } from '@app/casework';
import { CorrespondenceLog, type GivenAttachment } from '@app/intake';
import { Clock, londonDate } from '@app/kernel';
import { UnitOfWork, type Caller, type FirstAnswer, type IdempotentRequest } from '@app/platform';
import { quarterOf, type EqualityAnswers } from '../../domain/equality-questions';
import type { Particulars } from '../../domain/review-state';

/** Which body the outcome letter says may review it, as the applicant reads it. */
export const NAMED_BODIES = ['office', 'iopc', 'other', 'unsure'] as const;
export type NamedBody = (typeof NAMED_BODIES)[number];

/** What an applicant said in their own words and choices, beside the particulars that the law looks at. */
export interface ApplicantStatement {
  readonly complaint: string;
  readonly grounds: string;
  readonly outcomeWanted: string;
  /** For whom a representative applies. */
  readonly complainantName: string | null;
  readonly namedBody: NamedBody;
  /** Where the decision is that of a force of no office here. */
  readonly otherForce: string | null;
  readonly lateReasons: readonly string[];
  readonly lateBecause: string;
  /** Where it was sent before; the day is in the facts. */
  readonly sentBeforeTo: 'force' | 'iopc' | 'commissioner' | null;
  /** Names of the files that are the written consent. */
  readonly consentFiles: readonly string[];
  readonly safeContact: string;
}

/** An application for a review as it was sent. */
export interface ReviewApplication {
  readonly particulars: Particulars;
  readonly statement: ApplicantStatement;
}

export interface SentApplication {
  readonly office: string;
  readonly particulars: Particulars;
  readonly statement: ApplicantStatement;
  readonly subject: string;
  /** The whole application as a letter. */
  readonly body: string;
  readonly correspondent: CorrespondentDetails;
  readonly attachments: readonly GivenAttachment[];
  readonly equality: EqualityAnswers;
  readonly caller: Caller;
  readonly idempotency: IdempotentRequest;
}

/** Applications for a review from the public form: taken in like any letter, with their answers beside it. */
@Injectable()
export class ReviewApplications {
  constructor(
    private readonly log: CorrespondenceLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Resolves after one commit of the letter, its case, the answers and the counts. A repeat counts nothing again. */
  submit(sent: SentApplication): Promise<FirstAnswer> {
    const { office, subject, body, correspondent, attachments, caller, idempotency } = sent;
    return this.log.log({
      source: 'web-form',
      channel: 'web-form',
      receivedAt: null,
      subject,
      body,
      correspondent,
      attachments,
      office,
      caller,
      idempotency,
      alongside: (caseId) => this.keep(caseId, sent),
    });
  }

  /** What the applicant said on the form; null for an application that came another way. */
  async ofCase(caseId: string): Promise<ReviewApplication | null> {
    return this.unitOfWork.run(async (manager) => {
      const [row]: ReviewApplication[] = await manager.query(
        `SELECT particulars, statement FROM review_application WHERE case_id = $1`,
        [caseId],
      );
      return row ?? null;
    });
  }

  private async keep(caseId: string, { office, particulars, statement, equality }: SentApplication): Promise<void> {
    const now = this.clock.now();
    const today = londonDate(now);
    const { manager } = this.unitOfWork;
    await manager.query(
      `INSERT INTO review_application (case_id, office, particulars, statement, applied_at) VALUES ($1, $2, $3, $4, $5)`,
      [caseId, office, JSON.stringify(particulars), JSON.stringify(statement), now],
    );
    // In one order, so that two applications at once do not wait for each other in a circle.
    const answers = Object.entries(equality).sort();
    if (answers.length === 0) return;
    await manager.query(
      `INSERT INTO equality_count (office, quarter, question, answer, number)
       SELECT $1, $2, question, answer, 1 FROM unnest($3::text[], $4::text[]) AS given (question, answer)
       ON CONFLICT (office, quarter, question, answer) DO UPDATE SET number = equality_count.number + 1`,
      [office, quarterOf(today), answers.map(([question]) => question), answers.map(([, answer]) => answer)],
    );
  }
}
