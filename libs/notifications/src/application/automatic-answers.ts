import { Injectable } from '@nestjs/common';
import { Clock } from '@app/kernel';
import { UnitOfWork } from '@app/platform';
import { decideAutomaticAnswer, type AutomaticAnswerDecision } from '../domain/automatic-answer-policy';

const DAY_MS = 24 * 60 * 60_000;

export interface AutomaticAnswerRequest {
  readonly office: string;
  readonly to: string | null;
  readonly mayAnswerAutomatically: boolean;
  /** Every mailbox that this service receives mail for, of all offices. */
  readonly ownAddresses: readonly string[];
}

/** Asks the policy with what this office has sent to the address of late, in the caller's open transaction. */
@Injectable()
export class AutomaticAnswers {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async decide(request: AutomaticAnswerRequest): Promise<AutomaticAnswerDecision> {
    const { office, to, mayAnswerAutomatically, ownAddresses } = request;
    const now = this.clock.now().getTime();
    const [row]: { day: string; week: string }[] = await this.unitOfWork.manager.query(
      `SELECT count(*) FILTER (WHERE queued_at > $3) AS day, count(*) AS week FROM outgoing_message
        WHERE automatic AND office = $1 AND lower(to_address) = lower($2) AND queued_at > $4 AND status <> 'cancelled'
          -- Asked for by the person, with limits of its own: it must not use up the acknowledgements.
          AND kind NOT IN ('follow-link', 'draft-link')`,
      [office, (to ?? '').trim(), new Date(now - DAY_MS), new Date(now - 7 * DAY_MS)],
    );
    return decideAutomaticAnswer({
      to,
      mayAnswerAutomatically,
      ownAddresses,
      sentInLastDay: Number(row?.day ?? 0),
      sentInLastWeek: Number(row?.week ?? 0),
    });
  }
}
