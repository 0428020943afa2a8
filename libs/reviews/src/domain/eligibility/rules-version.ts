import type { EligibilityFacts } from './eligibility-facts';

/** R1.6 [V]: the Complaints and Misconduct Regulations 2020, reg 2(2): what is older stays an appeal of the 2012 Regulations. */
export const REVIEWS_BEGAN_ON = '2020-02-01';
/** R1.7 [V]: SI 2025/558, reg 66: the amended regulations hold for complaints made on or after this day. */
export const AMENDED_FROM = '2025-05-28';

export const RULES_VERSIONS = ['appeals-2012', 'reviews-2020', 'reviews-2025'] as const;
export type RulesVersion = (typeof RULES_VERSIONS)[number];

/**
 * Which regulations govern, by the day of the complaint; a complaint about a matter that was still being handled is
 * governed as the earlier matter was (R1.6 and R1.7 save both). Null while neither day is known.
 */
export function rulesVersion(
  facts: Pick<EligibilityFacts, 'complaintMadeOn' | 'relatesToEarlierMatterBefore'>,
): RulesVersion | null {
  const governing = [facts.complaintMadeOn, facts.relatesToEarlierMatterBefore ?? null]
    .filter((day) => day !== null)
    .sort()[0];
  if (governing === undefined) return null;
  if (governing < REVIEWS_BEGAN_ON) return 'appeals-2012';
  return governing < AMENDED_FROM ? 'reviews-2020' : 'reviews-2025';
}
