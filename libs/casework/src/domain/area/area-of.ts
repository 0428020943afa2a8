import { isInForce } from '@app/kernel';
import type { AreaEntry } from '../triage/configuration';
import { outcodeOf } from './outcode-of';

/** Where a letter comes from; null is "unknown", never a guess. */
export interface AreaFound {
  readonly area: string | null;
  /** In plain English. */
  readonly reason: string;
}

/** The local policing area of a full or partial postcode on a London day. */
export function areaOf(postcode: string | null, areas: readonly AreaEntry[], on: string): AreaFound {
  if (postcode === null || postcode.trim() === '') return { area: null, reason: 'No postcode was given.' };
  const outcode = outcodeOf(postcode);
  if (outcode === null) return { area: null, reason: 'What was given is not a postcode.' };
  const covering = areas.filter((area) => isInForce(area, on) && area.data.outcodes.includes(outcode));
  const policing = covering.filter(({ data }) => data.level === 'local-policing-area');
  const [only] = policing;
  if (only === undefined && covering.length === 0) {
    return { area: null, reason: `Postcode district ${outcode} is not in a known area.` };
  }
  if (only === undefined || covering.length > 1) {
    return {
      area: null,
      reason: `Postcode district ${outcode} lies across a boundary, so it does not settle the area.`,
    };
  }
  return { area: only.key, reason: `Postcode district ${outcode} is in ${only.data.name}.` };
}
