import type { Capacity, Channel, Priority, TriageConditions, TriageRule } from './configuration';
import { TriageRuleSet, wordsMeet } from './triage-rule-set';

/** What triage looks at. `body` is the fresh text: what the sender wrote, without quoted earlier letters. */
export interface TriageItem {
  readonly office: string;
  readonly channel: Channel;
  readonly subject: string;
  readonly body: string;
  readonly senderAddress: string | null;
  readonly capacity: Capacity | null;
  readonly recipientCount: number;
  /** Our address is only among the copied. */
  readonly isCopyOnly: boolean;
  readonly hasAttachment: boolean;
  readonly isRestrictedCorrespondent: boolean;
}

/** A proposal, with its reasons; people decide. */
export interface TriageOutcome {
  readonly category: string;
  readonly priority: Priority;
  /** Null: the category's own queue. */
  readonly queue: string | null;
  /** In plain English, the deciding one first. */
  readonly reasons: readonly string[];
  /** The rules that matched, the deciding one first. */
  readonly ruleKeys: readonly string[];
  readonly rulesVersion: string;
  /** Other categories that rules matched: one letter may be several cases. */
  readonly also: readonly string[];
}

export const FALLBACK_CATEGORY = 'general-enquiry';
export const FALLBACK_QUEUE = 'triage';

/**
 * Proposes what a letter is. The first matching rule decides, by `order`, then `weight`, then key, whatever the order
 * of the array. Rules are compiled once for each array.
 */
export function triage(item: TriageItem, rules: readonly TriageRule[], today: string): TriageOutcome {
  const set = TriageRuleSet.of(rules);
  const { rules: ofDay, version } = set.on(item.office, today);
  const found = set.read(item.subject, item.body);
  const matched = ofDay
    .filter((each) => circumstancesMeet(each.rule.data.when, item) && wordsMeet(each, found))
    .map(({ rule }) => rule);
  const [first] = matched;
  if (first === undefined) {
    return {
      category: FALLBACK_CATEGORY,
      priority: 'normal',
      queue: FALLBACK_QUEUE,
      reasons: ['No rule matched, so a person decides what this is.'],
      ruleKeys: [],
      rulesVersion: version,
      also: [],
    };
  }
  const { category, priority, queue } = first.data.then;
  const others = new Set(matched.map((rule) => rule.data.then.category));
  others.delete(category);
  return {
    category,
    priority,
    queue: queue ?? null,
    reasons: [...new Set(matched.map((rule) => rule.data.reason))],
    ruleKeys: matched.map((rule) => rule.key),
    rulesVersion: version,
    also: [...others],
  };
}

function circumstancesMeet(when: TriageConditions, item: TriageItem): boolean {
  const address = item.senderAddress?.trim().toLowerCase() ?? '';
  return (
    (when.senderDomains === undefined || when.senderDomains.some((domain) => isOfDomain(address, domain))) &&
    (when.senderAddresses === undefined || when.senderAddresses.some((each) => each.toLowerCase() === address)) &&
    (when.channels === undefined || when.channels.includes(item.channel)) &&
    (when.capacities === undefined || (item.capacity !== null && when.capacities.includes(item.capacity))) &&
    (when.hasAttachment === undefined || when.hasAttachment === item.hasAttachment) &&
    (when.minRecipients === undefined || item.recipientCount >= when.minRecipients) &&
    (when.ccOnly === undefined || when.ccOnly === item.isCopyOnly) &&
    (when.isRestrictedCorrespondent === undefined || when.isRestrictedCorrespondent === item.isRestrictedCorrespondent)
  );
}

function isOfDomain(address: string, wanted: string): boolean {
  const at = address.lastIndexOf('@');
  if (at < 0) return false;
  const domain = address.slice(at + 1);
  const name = wanted.toLowerCase();
  return name.startsWith('*') ? domain.endsWith(name.slice(1)) : domain === name || domain.endsWith(`.${name}`);
}
