import type { QueryBus } from '@nestjs/cqrs';
import type { FigureUnit, FiguresAsked, PublishedFigure } from '@app/publication';
import type { UnitOfWork } from '@app/platform';
import { GetTimeliness, type Figure, type FigureKey } from '@app/timeliness';

const THEME = 'Letters, calls and e-mails to this office';

const PUBLISHED: readonly (readonly [FigureKey, FigureUnit])[] = [
  ['received', 'number'],
  ['acknowledged-in-time', 'share'],
  ['answered-in-time', 'share'],
  ['median-working-days', 'median-working-days'],
];

/** How soon the office answers, as the staff pages count it. */
export async function correspondenceFigures(
  queries: QueryBus,
  { office, from, to, asOf }: FiguresAsked,
): Promise<readonly PublishedFigure[]> {
  const { figures } = await queries.execute(new GetTimeliness({ from, to, offices: [office], asOf }));
  return PUBLISHED.flatMap(([key, unit]) => {
    const figure = figures.find((each) => each.key === key);
    return figure ? [published(figure, unit)] : [];
  });
}

function published(figure: Figure, unit: FigureUnit): PublishedFigure {
  const { key, name, definition, value, numerator, denominator, cases } = figure;
  return {
    key: `correspondence-${key}`,
    theme: THEME,
    title: name,
    definition,
    unit,
    value: unit === 'share' || unit === 'number' ? numerator : value,
    base: unit === 'number' ? null : denominator,
    caseLink: `/staff/figures/cases?${cases.slice(cases.indexOf('?') + 1)}`,
    splitBy: [],
  };
}

/** Complaints that came to the office and belong to the force's professional standards department or another body. */
export async function forwardedComplaints(
  unitOfWork: UnitOfWork,
  { office, from, to, asOf }: FiguresAsked,
): Promise<readonly PublishedFigure[]> {
  const [row] = await unitOfWork.run((manager): Promise<{ received: number; forwarded: number }[]> =>
    manager.query(
      `SELECT (SELECT count(*)::int FROM case_file c
                WHERE c.office = $1 AND c.kind = 'complaint' AND c.received_on BETWEEN $2 AND $3 AND c.joined_to IS NULL
                  AND EXISTS (SELECT FROM event_log e WHERE e.stream = 'case-' || c.id AND e.version = 1 AND e.recorded_at <= $4)
              ) AS received,
              (SELECT count(DISTINCT e.stream)::int FROM event_log e JOIN case_file c ON 'case-' || c.id = e.stream
                WHERE e.office = $1 AND e.type = 'casework.case-forwarded' AND c.kind = 'complaint'
                  AND e.data ->> 'forwardedOn' BETWEEN $2::text AND $3::text AND e.recorded_at <= $4) AS forwarded`,
      [office, from, to, asOf],
    ),
  );
  const count = (key: string, title: string, definition: string, value: number): PublishedFigure => ({
    key,
    theme: 'Complaints sent to this office',
    title,
    definition,
    unit: 'number',
    value,
    base: null,
    caseLink: null,
    splitBy: [],
  });
  return [
    count(
      'complaints-received',
      'Complaints received by this office',
      'Complaints about the police that reached this office in the period, by the day they arrived (London time). Most belong to the police force, which deals with complaints first.',
      row?.received ?? 0,
    ),
    count(
      'complaints-forwarded',
      'Complaints passed on',
      'Complaints about the police that this office passed to the body that deals with them, in the period, by the day they were passed on. One passed to several bodies counts once.',
      row?.forwarded ?? 0,
    ),
  ];
}
