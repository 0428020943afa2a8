import type { TriageRule } from './configuration';
import { triage, type TriageItem, type TriageOutcome } from './triage';

/** What triage proposes for one letter, in the words that a comparison shows. */
export interface Proposal {
  readonly category: string;
  readonly priority: string;
  /** Null: the category's own queue. */
  readonly queue: string | null;
  readonly reasons: readonly string[];
  readonly ruleKeys: readonly string[];
}

/** One letter under the rules as they are and as they would be. */
export interface TriageComparison {
  readonly before: Proposal;
  readonly after: Proposal;
  readonly isDifferent: boolean;
}

/** The same letter under two sets of rules. Each set is compiled once: pass the same arrays for every letter. */
export function compareTriage(
  item: TriageItem,
  current: readonly TriageRule[],
  proposed: readonly TriageRule[],
  on: string,
): TriageComparison {
  const before = proposalOf(triage(item, current, on));
  const after = proposalOf(triage(item, proposed, on));
  const isDifferent =
    before.category !== after.category || before.priority !== after.priority || before.queue !== after.queue;
  return { before, after, isDifferent };
}

function proposalOf({ category, priority, queue, reasons, ruleKeys }: TriageOutcome): Proposal {
  return { category, priority, queue, reasons, ruleKeys };
}
