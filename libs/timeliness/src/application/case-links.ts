import type { FigureKey } from '../domain/figures';
import type { FigureFrame } from './counted-cases';

/** Where the cases behind a number are listed. */
export interface CaseLinks {
  /** Exactly the cases of the numerator. */
  readonly cases: string;
  /** Exactly the cases of the denominator. */
  readonly denominatorCases: string;
}

/** A group without a value ("none yet") has an empty `group`; all cases have none. */
export function caseLinks(
  path: string,
  { from, to, offices, asOf }: FigureFrame,
  figure: FigureKey,
  group: { readonly by: string; readonly value: string | null } | undefined,
): CaseLinks {
  const link = (part: 'numerator' | 'denominator'): string => {
    const query = new URLSearchParams({ figure, part, from, to });
    for (const office of offices) query.append('office', office);
    if (group) {
      query.append('by', group.by);
      query.append('group', group.value ?? '');
    }
    query.append('asOf', asOf.toISOString());
    return `${path}?${query.toString()}`;
  };
  return { cases: link('numerator'), denominatorCases: link('denominator') };
}
