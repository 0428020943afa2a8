import { isInForce, type ConfigurationEntry } from '@app/kernel';
import { outcodeOf } from './outcode-of';

/** Postcode districts that lie in one office's area, with or without areas of their own there. */
export type DistrictEntry = ConfigurationEntry<string, { readonly outcodes: readonly string[] }>;

/** The office whose area a postcode is in; null where it is unknown or a boundary runs through the district. */
export function officeOf(postcode: string, districts: readonly DistrictEntry[], on: string): string | null {
  const outcode = outcodeOf(postcode);
  if (outcode === null) return null;
  const covering = districts.filter((entry) => isInForce(entry, on) && entry.data.outcodes.includes(outcode));
  const offices = new Set(covering.map(({ office }) => office));
  const [only = null] = offices;
  return offices.size === 1 ? only : null;
}
