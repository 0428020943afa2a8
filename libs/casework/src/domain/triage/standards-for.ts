import { entriesInForce } from '@app/kernel';
import type { ClockPolicy } from '../case-deadlines';
import type { CategoryEntry, Channel, StandardEntry } from './configuration';

/**
 * The clocks of a case of this category that came by this channel, each with how it is counted: the category's own
 * standard, else the channel's default. A clock that the category does not carry is left out.
 */
export function standardsFor(
  category: CategoryEntry,
  channel: Channel,
  standards: readonly StandardEntry[],
  office: string,
  on: string,
): ClockPolicy[] {
  const inForce = entriesInForce(standards, office, on);
  const own = inForce.find(({ data }) => data.category === category.key)?.data.clocks ?? [];
  const usual = inForce.find(({ data }) => data.category === null && data.channel === channel)?.data.clocks ?? [];
  return category.data.clocks.flatMap((clock) => {
    const standard = own.find((each) => each.clock === clock) ?? usual.find((each) => each.clock === clock);
    return standard === undefined ? [] : [standard];
  });
}
