/** What is known of a case when somebody asks to follow it. */
export interface FollowFacts {
  readonly status: string;
  readonly answerable: boolean;
  readonly riskLevel: string;
  readonly isRiskConfirmed: boolean;
  readonly isRestricted: boolean;
  readonly email: string | null;
  readonly safeContactNote: string | null;
  /** A letter from this address is on the case whose sender nobody has confirmed. */
  readonly isSenderUnconfirmed: boolean;
  /** The address is a mailbox of ours. */
  readonly isOwnMailbox: boolean;
}

export const LINK_LIFE_MINUTES = 30;
export const SESSION_IDLE_MINUTES = 60;
export const SESSION_LONGEST_HOURS = 8;
export const MOST_LINKS_AN_HOUR = 3;
export const MOST_LINKS_A_DAY = 8;

/**
 * Whether the sender may see the case from afar. A note on safe contact is read by people, not by software: any note
 * forbids it. A flagged letter is looked at by a person before anything goes out on it.
 */
export function mayFollow(facts: FollowFacts): boolean {
  const isFlagged = ['high', 'critical'].includes(facts.riskLevel) && !facts.isRiskConfirmed;
  const hasNote = (facts.safeContactNote ?? '').trim() !== '';
  return (
    facts.answerable &&
    facts.status !== 'quarantined' &&
    facts.email !== null &&
    !hasNote &&
    !facts.isRestricted &&
    !facts.isSenderUnconfirmed &&
    !facts.isOwnMailbox &&
    !isFlagged
  );
}

/** Whether one more link may go out for a case. */
export function mayHaveAnotherLink(inLastHour: number, inLastDay: number): boolean {
  return inLastHour < MOST_LINKS_AN_HOUR && inLastDay < MOST_LINKS_A_DAY;
}
