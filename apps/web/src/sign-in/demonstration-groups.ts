import { DEMONSTRATION_PEOPLE } from '@app/access';
import { inWords } from '../staff/staff-page';

interface Group {
  readonly heading: string;
  readonly people: readonly { readonly id: string; readonly name: string; readonly role: string }[];
}

/** The people of the demonstration by office; first those who work for one, then those who work for all. */
export function demonstrationGroups(): readonly Group[] {
  const groups = new Map<string, Group['people'][number][]>();
  for (const { id, name, role, offices } of DEMONSTRATION_PEOPLE) {
    const heading = offices.length === 1 ? inWords(offices[0] ?? '') : 'All four offices';
    groups.set(heading, [...(groups.get(heading) ?? []), { id, name, role: inWords(role) }]);
  }
  return [...groups].map(([heading, people]) => ({ heading, people }));
}
