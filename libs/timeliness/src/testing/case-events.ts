import type { CaseEventData, CaseEventType, DeadlineFact } from '@app/casework';
import type { JsonObject } from '@app/kernel';

/** A case event as tests write it: what happened, to which case, and when it was recorded. */
export interface CaseFact {
  readonly type: CaseEventType;
  readonly stream: string;
  readonly office: string;
  readonly data: JsonObject;
  readonly recordedAt: Date;
  readonly position: number;
}

const REASON = { reasonId: 'reason', reasonCommitment: 'commitment' };

export function aDeadline(clock: DeadlineFact['clock'], dueOn: string | null): DeadlineFact {
  return { clock, dueOn, rule: `${clock}-test`, calendarVersion: 1 };
}

export function anOpening(
  caseId: string,
  changes: Partial<CaseEventData['casework.case-opened']> = {},
): CaseEventData['casework.case-opened'] {
  return {
    caseId,
    reference: `WM-26-${caseId.slice(-6)}`,
    kind: 'correspondence',
    channel: 'email',
    priority: 'normal',
    receivedAt: '2026-03-02T09:00:00.000Z',
    receivedOn: '2026-03-02',
    correspondentId: null,
    itemId: caseId,
    messageId: caseId,
    riskLevel: 'none',
    answerable: true,
    acknowledgementHeld: false,
    counted: true,
    acknowledgedOn: null,
    deadlines: [aDeadline('acknowledge', '2026-03-05'), aDeadline('reply', '2026-03-30')],
    ...changes,
  };
}

export function aTriage(
  changes: Partial<CaseEventData['casework.case-triaged']> = {},
): CaseEventData['casework.case-triaged'] {
  return {
    category: 'visibility',
    kind: 'correspondence',
    priority: 'normal',
    queue: 'caseworkers',
    rulesVersion: '1',
    ruleKeys: [],
    byPerson: false,
    reasonId: null,
    reasonCommitment: null,
    area: null,
    ...changes,
  };
}

/** Events of cases in the order of their positions, as the log gives them. */
export class CaseLog {
  readonly facts: CaseFact[] = [];

  /** `at` is the instant of recording. */
  add<T extends CaseEventType>(
    caseId: string,
    at: string,
    type: T,
    data: CaseEventData[T],
    office = 'west-mercia',
  ): this {
    this.facts.push({
      type,
      stream: `case-${caseId}`,
      office,
      data,
      recordedAt: new Date(at),
      position: this.facts.length + 1,
    });
    return this;
  }

  pause(caseId: string, at: string, from: string, deadlines: DeadlineFact[]): this {
    return this.add(caseId, at, 'casework.case-paused', { from, ...REASON, deadlines });
  }

  extend(caseId: string, at: string, clock: DeadlineFact['clock'], from: string, to: string): this {
    return this.add(caseId, at, 'casework.deadline-extended', { clock, from, to, ...REASON });
  }
}
