import type { DueDays } from '../due-days';

/** From which day the next notice is counted. */
export const NEXT_NOTICE_FROM = ['due-date', 'receipt'] as const;

/** How the chain of an investigation is counted; fixed when it is entered, so that a later setting moves nothing. */
export interface ChainRule {
  readonly firstMonths: number;
  readonly everyMonths: number;
  readonly nextFrom: (typeof NEXT_NOTICE_FROM)[number];
}

/** What of an investigation its chain is counted from. */
export interface ChainFacts {
  readonly startedOn: string;
  readonly rule: ChainRule;
  /** When notices came, oldest first. */
  readonly receivedOn: readonly string[];
  readonly finalisedOn: string | null;
}

export interface NoticeSlot {
  readonly dueOn: string;
  readonly receivedOn: string | null;
  /** `missed`: the next was due, or the investigation was over, before a notice came. */
  readonly state: 'in-time' | 'late' | 'missed' | 'overdue' | 'due';
}

/**
 * R2.11: notices are due 12 months after an investigation started and every 6 months after that, until it is finalised.
 * A notice answers the last one due by then: one that comes at 19 months leaves that of 12 months missed. One that comes
 * more than half a period before the next is due answers none: it must not put the next one off.
 */
export function noticeChain(facts: ChainFacts, today: string, dueDays: DueDays): readonly NoticeSlot[] {
  const { startedOn, rule, receivedOn, finalisedOn } = facts;
  const isFixed = rule.nextFrom === 'due-date';
  let index = 0;
  // Always from the start: six months on from 28 February would lose the 31st for good.
  const atStep = (): string => dueDays.months(startedOn, rule.firstMonths + index * rule.everyMonths).dueOn;
  const peek = (): string => dueDays.months(startedOn, rule.firstMonths + (index + 1) * rule.everyMonths).dueOn;
  const slots: NoticeSlot[] = [];
  let next = atStep();
  const goOn = (received: string | null): void => {
    index += 1;
    const later = received !== null && received > next ? received : next;
    next = isFixed ? atStep() : dueDays.months(later, rule.everyMonths).dueOn;
  };
  for (const received of receivedOn) {
    while (isFixed && peek() <= received) {
      slots.push({ dueOn: next, receivedOn: null, state: 'missed' });
      goOn(null);
    }
    if (dueDays.months(received, Math.ceil(rule.everyMonths / 2)).dueOn < next) continue;
    slots.push({ dueOn: next, receivedOn: received, state: received <= next ? 'in-time' : 'late' });
    goOn(received);
  }
  if (finalisedOn !== null) {
    // One that was finished by the day needed no notice.
    while (next < finalisedOn) {
      slots.push({ dueOn: next, receivedOn: null, state: 'missed' });
      if (!isFixed) break;
      goOn(null);
    }
    return slots;
  }
  while (next < today) {
    slots.push({ dueOn: next, receivedOn: null, state: 'overdue' });
    if (!isFixed) return slots;
    goOn(null);
  }
  return [...slots, { dueOn: next, receivedOn: null, state: 'due' }];
}

/** The earliest notice that is still waited for; null once the investigation is over. */
export function awaitedOn(slots: readonly NoticeSlot[]): string | null {
  return slots.find(({ state }) => state === 'overdue' || state === 'due')?.dueOn ?? null;
}
