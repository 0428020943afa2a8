import { Injectable } from '@nestjs/common';
import type { CorrespondentDetails } from '@app/casework';
import { CorrespondenceLog, type GivenAttachment } from '@app/intake';
import { Clock, londonDate } from '@app/kernel';
import { UnitOfWork, type Caller, type FirstAnswer, type IdempotentRequest } from '@app/platform';
import { quarterOf, type EqualityAnswers } from '../../domain/equality-questions';
import type { EligibilityFacts } from '../../domain/eligibility/eligibility-facts';

/** Which body the outcome letter says may review it, as the applicant reads it. */
export const NAMED_BODIES = ['office', 'iopc', 'other', 'unsure'] as const;
export type NamedBody = (typeof NAMED_BODIES)[number];

/** What an applicant said in their own words and choices, beside the facts that the law looks at. */
export interface ReviewParticulars {
  readonly complaint: string;
  readonly grounds: string;
  readonly outcomeWanted: string;
  /** For whom a representative applies. */
  readonly complainantName: string | null;
  readonly namedBody: NamedBody;
  /** Facts that the applicant was not sure of: they are taken in the applicant's favour. */
  readonly unsureOf: readonly string[];
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
  readonly facts: EligibilityFacts;
  readonly particulars: ReviewParticulars;
}

export interface SentApplication {
  readonly office: string;
  /** Without the day of receipt, which is the day on which it is stored. */
  readonly facts: Omit<EligibilityFacts, 'receivedOn'>;
  readonly particulars: ReviewParticulars;
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
        `SELECT facts, particulars FROM review_application WHERE case_id = $1`,
        [caseId],
      );
      return row ?? null;
    });
  }

  private async keep(caseId: string, { office, facts, particulars, equality }: SentApplication): Promise<void> {
    const now = this.clock.now();
    const today = londonDate(now);
    const { manager } = this.unitOfWork;
    await manager.query(
      `INSERT INTO review_application (case_id, office, facts, particulars, applied_at) VALUES ($1, $2, $3, $4, $5)`,
      [caseId, office, JSON.stringify({ ...facts, receivedOn: today }), JSON.stringify(particulars), now],
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
