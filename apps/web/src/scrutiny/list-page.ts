import { decodeCursor, encodeCursor } from '@app/http';
import { currentCaller } from '@app/platform';
import type { RecordListRequest, RecordPage } from '@app/scrutiny';
import { officeInWords } from '../worklist/worklist-choices';

const PAGE = 50;

export type ListQuery = Readonly<Record<string, unknown>>;

/** The list that an address asks for: of the caller's offices, or of the one chosen. */
export function listAsked(query: ListQuery): RecordListRequest {
  const { offices } = currentCaller();
  const chosen = offices.filter((office) => office === query.office);
  const cursor = typeof query.cursor === 'string' ? query.cursor : null;
  return {
    offices: chosen.length > 0 ? chosen : offices,
    isOpen: query.state !== 'closed',
    limit: PAGE,
    after: decodeCursor(cursor, ['day', 'uuid']) as [string, string] | null,
  };
}

/** What every list page says besides its rows. */
export function listModel(path: string, query: ListQuery, { next }: RecordPage<unknown>): object {
  const { offices } = currentCaller();
  const isClosed = query.state === 'closed';
  const chosen = offices.find((office) => office === query.office) ?? '';
  const address = (parts: Readonly<Record<string, string>>): string => {
    const all = new URLSearchParams(Object.entries(parts).filter(([, value]) => value !== ''));
    return all.size > 0 ? `${path}?${all.toString()}` : path;
  };
  const state = isClosed ? 'closed' : '';
  return {
    isClosed,
    openHref: address({ office: chosen }),
    closedHref: address({ state: 'closed', office: chosen }),
    nextHref: next === null ? null : address({ state, office: chosen, cursor: encodeCursor(next) }),
    path,
    state,
    hasOffices: offices.length > 1,
    offices:
      offices.length > 1
        ? [
            { value: '', text: 'All my offices' },
            ...offices.map((value) => ({ value, text: officeInWords(value), selected: value === chosen })),
          ]
        : [],
  };
}
