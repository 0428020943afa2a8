import { holidayDivisions, type Holiday } from '@app/kernel';

/** A calendar beside the one in force. */
export interface HolidayMerge {
  readonly holidays: readonly Holiday[];
  readonly added: readonly Holiday[];
  readonly removed: readonly Holiday[];
  readonly renamed: readonly Holiday[];
}

/**
 * What a feed makes of the known holidays. It speaks for the years that it covers, division by division: older years
 * and days proclaimed for later ones stay.
 */
export function mergeHolidays(known: readonly Holiday[], feed: readonly Holiday[]): HolidayMerge {
  const kept = holidayDivisions.flatMap((division) => {
    const years = feed.filter((each) => each.division === division).map(({ date }) => date.slice(0, 4));
    const [first, last] = [years.sort()[0] ?? '9999', years.at(-1) ?? '0000'];
    const isCovered = ({ date }: Holiday): boolean => date.slice(0, 4) >= first && date.slice(0, 4) <= last;
    return known.filter((each) => each.division === division && !isCovered(each));
  });
  const holidays = [...kept, ...feed].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  const before = new Map(known.map((each) => [nameOf(each), each]));
  const after = new Map(holidays.map((each) => [nameOf(each), each]));
  return {
    holidays,
    added: holidays.filter((each) => !before.has(nameOf(each))),
    removed: known.filter((each) => !after.has(nameOf(each))),
    renamed: holidays.filter((each) => (before.get(nameOf(each))?.title ?? each.title) !== each.title),
  };
}

function nameOf({ division, date }: Holiday): string {
  return `${date} ${division}`;
}
