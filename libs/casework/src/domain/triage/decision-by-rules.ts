import type { TriageDecision } from '../case-inputs';
import type { CategoryEntry } from './configuration';
import type { TriageOutcome } from './triage';

/** What the rules decide for a case of this risk. A flagged one is urgent and goes to the safeguarding queue first. */
export function decisionByRules(
  outcome: TriageOutcome,
  category: Pick<CategoryEntry, 'key' | 'data'>,
  riskLevel: string,
): Omit<TriageDecision, 'area' | 'clocks'> {
  const isAtRisk = riskLevel === 'critical' || riskLevel === 'high';
  return {
    category: category.key,
    kind: category.data.caseKind,
    priority: isAtRisk ? 'urgent' : outcome.priority,
    queue: isAtRisk ? 'safeguarding' : (outcome.queue ?? category.data.queue),
    rulesVersion: outcome.rulesVersion,
    ruleKeys: outcome.ruleKeys,
    reasons: isAtRisk ? [...outcome.reasons, 'A risk flag sends it to the safeguarding queue first.'] : outcome.reasons,
    byPerson: false,
    reason: null,
  };
}
