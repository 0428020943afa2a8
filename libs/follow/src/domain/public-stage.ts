/** How far a case has got, as its sender is told. Nothing of queues, people, sorting or risk. */
export type PublicStage =
  'received' | 'looking-into-it' | 'passed-on' | 'waiting' | 'answered' | 'looking-again' | 'withdrawn' | 'closed';

const STAGE_OF: Readonly<Record<string, PublicStage>> = {
  received: 'received',
  triaged: 'received',
  allocated: 'looking-into-it',
  'in-progress': 'looking-into-it',
  drafted: 'looking-into-it',
  approved: 'looking-into-it',
  sent: 'answered',
  forwarded: 'passed-on',
  paused: 'waiting',
  reopened: 'looking-again',
};

export function publicStage(status: string, closeReason: string | null): PublicStage {
  const stage = STAGE_OF[status];
  if (stage !== undefined) return stage;
  return closeReason === 'withdrawn' ? 'withdrawn' : 'closed';
}

/** What the sender may expect next. `day` is null where no day is promised. */
export interface PublicPromise {
  readonly kind: 'acknowledge' | 'reply' | 'update' | 'late' | 'paused' | 'none';
  readonly day: string | null;
}

export interface PromiseFacts {
  readonly stage: PublicStage;
  readonly acknowledgeBy: string | null;
  readonly respondBy: string | null;
  readonly updateBy: string | null;
  readonly isAcknowledged: boolean;
  readonly isAnswered: boolean;
}

/** The promises that still stand on a day, the nearest first. A missed one is owned up to, not left out. */
export function promisesOf(facts: PromiseFacts, today: string): PublicPromise[] {
  if (facts.stage === 'waiting') return [{ kind: 'paused', day: null }];
  const isOver = facts.isAnswered || ['answered', 'withdrawn', 'closed'].includes(facts.stage);
  if (isOver) return [{ kind: 'none', day: null }];
  const promises: PublicPromise[] = [];
  const { respondBy, updateBy, acknowledgeBy } = facts;
  if (respondBy !== null && respondBy < today) promises.push({ kind: 'late', day: respondBy });
  if (acknowledgeBy !== null && !facts.isAcknowledged && acknowledgeBy >= today) {
    promises.push({ kind: 'acknowledge', day: acknowledgeBy });
  }
  if (respondBy !== null && respondBy >= today) promises.push({ kind: 'reply', day: respondBy });
  if (updateBy !== null && updateBy >= today && updateBy !== respondBy)
    promises.push({ kind: 'update', day: updateBy });
  return promises.length === 0 ? [{ kind: 'none', day: null }] : promises;
}
