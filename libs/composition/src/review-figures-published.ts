import type { QueryBus } from '@nestjs/cqrs';
import type { FigureGroup, FigureSplit, FigureUnit, FiguresAsked, PublishedFigure } from '@app/publication';
import { GetReviewFigures, type ReviewFigure, type ReviewNumbers } from '@app/review-figures';

const THEME = 'Complaint reviews';
const OTHERS = 'Recommendations and learning from reviews';
const BY_HANDLING = 'By how the complaint was handled';

const HANDLINGS: Readonly<Record<string, string>> = {
  investigation: 'Complaints that were investigated',
  'otherwise-than-by-investigation': 'Complaints handled otherwise than by investigation',
  'not-known': 'Not known yet',
};

/** Counts and what they are the sum of: the groups of the split are all there are. */
const SUMS: readonly (readonly [key: string, title: string, parts: readonly string[]])[] = [
  ['completed', 'By outcome', ['upheld', 'not-upheld', 'not-upheld-with-feedback']],
  ['invalid', 'By reason', ['invalid-']],
  ['recommendations-made', 'By what was recommended', ['recommendations-made-']],
  ['learning', 'By theme', ['learning-']],
  ['open', 'By calendar days since receipt', ['open-0-28', 'open-29-56', 'open-57-112', 'open-over-112']],
];

const COUNTS = [
  'received',
  'valid',
  'invalid',
  'forwarded',
  'withdrawn',
  'completed',
  'quality-checked',
  'open',
  'recommendations-made',
  'recommendations-overdue',
  'recommendations-implemented',
  'learning',
];
const SHARES: readonly (readonly [key: string, valueIs?: string, baseIs?: string])[] = [
  ['acknowledged-in-time'],
  ['upheld', 'reviews-completed/parts/upheld', 'reviews-completed'],
  ['not-upheld', 'reviews-completed/parts/not-upheld', 'reviews-completed'],
  ['not-upheld-with-feedback', 'reviews-completed/parts/not-upheld-with-feedback', 'reviews-completed'],
  ['decided-in-time'],
  ['allegations-not-reasonable-and-proportionate'],
  ['recommendations-accepted'],
  ['recommendations-part'],
  ['recommendations-rejected'],
  ['recommendations-answered-in-time'],
];
const MEASURES = ['receipt', 'papers'].flatMap((start) =>
  ['average', 'median'].flatMap((measure) =>
    ['calendar-days', 'working-days'].map(
      (unit) => [`from-${start}-${measure}-${unit}-gross`, `${measure}-${unit}`] as const,
    ),
  ),
);

/** How the office reviews complaints, as the staff pages count it (domain rules, section 5). */
export async function reviewFigures(
  queries: QueryBus,
  { office, from, to, asOf }: FiguresAsked,
): Promise<readonly PublishedFigure[]> {
  const report = await queries.execute(new GetReviewFigures({ from, to, offices: [office], by: 'handling', asOf }));
  const figures = new Map(report.figures.map((figure) => [figure.key, figure]));
  const found = (key: string): ReviewFigure[] => [figures.get(key)].filter((figure) => figure !== undefined);
  return [
    ...COUNTS.flatMap(found).map((figure) => countOf(figure, figures)),
    ...SHARES.flatMap(([key, valueIs, baseIs]) =>
      found(key).map((figure) => ({
        ...published(figure, 'share', `reviews-share-${key}`),
        ...(valueIs === undefined ? {} : { valueIs }),
        ...(baseIs === undefined ? {} : { baseIs }),
        splitBy: [],
      })),
    ),
    ...MEASURES.flatMap(([key, unit]) => found(key).map((figure) => published(figure, unit as FigureUnit))),
  ];
}

function countOf(figure: ReviewFigure, figures: ReadonlyMap<string, ReviewFigure>): PublishedFigure {
  const counted = published(figure, 'number');
  const sum = SUMS.find(([key]) => key === figure.key);
  if (!sum) return counted;
  const [, title, keys] = sum;
  const parts = [...figures.values()].filter(({ key }) =>
    keys.some((each) => (each.endsWith('-') ? key.startsWith(each) : key === each)),
  );
  const groups = parts.map((part): FigureGroup => ({
    key: part.key.replace(/^(invalid|recommendations-made|learning)-/, ''),
    title: part.title.replace(/^[^:]*: /, ''),
    value: part.numerator,
    base: null,
    caseLink: linkOf(part),
  }));
  const split: FigureSplit = { key: 'parts', title, groups };
  return { ...counted, splitBy: [split, ...counted.splitBy] };
}

function published(figure: ReviewFigure, unit: FigureUnit, key = `reviews-${figure.key}`): PublishedFigure {
  const { section, title, definition, groups, isAtEnd } = figure;
  const numbers = (own: ReviewNumbers): Pick<PublishedFigure, 'value' | 'base' | 'caseLink'> => ({
    value: unit === 'number' || unit === 'share' ? own.numerator : own.value,
    base: unit === 'number' ? null : unit === 'share' ? own.denominator : own.numerator,
    caseLink: linkOf(own),
  });
  const split = groups.map((each) => ({
    key: each.group,
    title: HANDLINGS[each.group] ?? each.group,
    ...numbers(each),
  }));
  return {
    ...{ key, title, definition, unit, isAtEnd },
    theme: section.startsWith('Recommendations') ? OTHERS : THEME,
    ...numbers(figure),
    splitBy: split.length === 0 ? [] : [{ key: 'handling', title: BY_HANDLING, groups: split }],
  };
}

function linkOf({ cases }: ReviewNumbers): string {
  return `/staff/figures/reviews/cases?${cases.slice(cases.indexOf('?') + 1)}`;
}
