import type { QueryBus } from '@nestjs/cqrs';
import type { FiguresAsked, PublishedFigure } from '@app/publication';
import { GetScrutinyFigures, type ScrutinyFigureView } from '@app/scrutiny';

const THEME = 'Oversight of the force';
const AT_END = /-overdue$|-open$|^investigations-over-12-months$/;
/** Counts of files, points and meetings say nothing of anybody, but what is published follows one rule. */
const LEFT_TO_STAFF = ['dip-sample-files-scored', 'dip-sample-score'];

/** How the office watches over the force, as the staff pages count it. */
export async function scrutinyPublishedFigures(
  queries: QueryBus,
  { office, from, to, asOf }: FiguresAsked,
): Promise<readonly PublishedFigure[]> {
  const { figures } = await queries.execute(new GetScrutinyFigures({ office, from, to, asOf }));
  // Nought from the panel would be said for it where it has said nothing.
  const hasPanelSaid = figures.some(({ key, numerator }) => key.startsWith('panel-') && numerator > 0);
  return figures
    .filter(({ key }) => !LEFT_TO_STAFF.includes(key) && (hasPanelSaid || !key.startsWith('panel-')))
    .map(published);
}

function published({ key, name, definition, unit, numerator, denominator, list }: ScrutinyFigureView): PublishedFigure {
  return {
    key: `scrutiny-${key}`,
    theme: key.startsWith('panel-') ? 'Complaints about the commissioner' : THEME,
    title: name,
    definition,
    unit: unit === 'count' ? 'number' : 'share',
    value: numerator,
    base: unit === 'count' ? null : denominator,
    caseLink: list,
    splitBy: [],
    isAtEnd: AT_END.test(key),
    // The same counts stand in several figures.
    ...(key === 'chief-constable-recorded' || key === 'chief-constable-referred'
      ? { baseIs: 'scrutiny-chief-constable-complaints' }
      : {}),
    ...(key === 'notices-in-time' ? { baseIs: 'scrutiny-notices-due' } : {}),
  };
}
