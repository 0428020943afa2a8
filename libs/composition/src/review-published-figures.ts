import type { QueryBus } from '@nestjs/cqrs';
import type { FigureGroup, FigureSplit, FiguresAsked, FigureUnit, PublishedFigure } from '@app/publication';
import { GetReviewFigures, type ReviewFigure } from '@app/review-figures';

const HANDLING_WORDS: Readonly<Record<string, string>> = {
  investigation: 'Complaint investigated',
  'otherwise-than-by-investigation': 'Complaint handled otherwise than by investigation',
  'not-known': 'Not known yet',
};
const OUTCOMES = ['upheld', 'not-upheld', 'not-upheld-with-feedback'] as const;
const TESTED = 'reviews-tested';

type Extra = Partial<Pick<PublishedFigure, 'splitBy' | 'valueIs' | 'baseIs' | 'title' | 'definition'>>;

/** How this office decides reviews of complaints, as the staff pages count it. */
export async function reviewPublishedFigures(
  queries: QueryBus,
  { office, from, to, asOf }: FiguresAsked,
): Promise<readonly PublishedFigure[]> {
  const report = await queries.execute(new GetReviewFigures({ from, to, offices: [office], asOf, by: 'handling' }));
  const of = new Map(report.figures.map((figure) => [figure.key, figure]));
  const many = (start: string): ReviewFigure[] => report.figures.filter(({ key }) => key.startsWith(start));
  const one = (key: string, make: (figure: ReviewFigure) => PublishedFigure): PublishedFigure[] => {
    const figure = of.get(key);
    return figure ? [make(figure)] : [];
  };
  const shown = (keys: readonly string[]): ReviewFigure[] => keys.flatMap((key) => of.get(key) ?? []);
  const outcomes = shown(OUTCOMES);
  const results = [...shown(['valid']), ...many('invalid-'), ...shown(['forwarded'])];
  return [
    ...one('received', (figure) => published(figure, { splitBy: byHandling(figure) })),
    ...one('acknowledged-in-time', published),
    ...one('valid', (figure) => testedFigure(figure, results)),
    ...one('completed', (figure) =>
      published(figure, {
        splitBy: [...byParts('outcome', 'By outcome', figure.numerator, outcomes), ...byHandling(figure)],
      }),
    ),
    ...outcomes.map((figure) =>
      published(figure, { valueIs: `reviews-completed/outcome/${figure.key}`, baseIs: 'reviews-completed' }),
    ),
    ...one('decided-in-time', published),
    ...one('quality-checked', published),
    ...one('sent-back', published),
    ...['receipt', 'papers'].flatMap((start) =>
      ['average-calendar-days', 'median-calendar-days', 'average-working-days', 'median-working-days'].flatMap((unit) =>
        one(`from-${start}-${unit}-gross`, (figure) =>
          published(figure, {
            // The same number may not be left out in one place and said in another.
            baseIs: figure.numerator === of.get('completed')?.numerator ? 'reviews-completed' : `reviews-from-${start}`,
          }),
        ),
      ),
    ),
    ...one('open', (figure) =>
      published(figure, { splitBy: byParts('age', 'By age', figure.numerator, shown(ageKeys(report.figures))) }),
    ),
    ...one('oldest-open', (figure) => ({
      ...published(figure),
      base: of.get('open')?.numerator ?? 0,
      baseIs: 'reviews-open',
    })),
    ...one('overdue', published),
    ...one('recommendations-made', (figure) =>
      published(figure, {
        splitBy: byParts('type', 'By what was recommended', figure.numerator, many('recommendations-made-')),
      }),
    ),
    ...shown(['recommendations-accepted', 'recommendations-part', 'recommendations-rejected']).map((figure) =>
      published(figure, { baseIs: 'reviews-recommendations-answered' }),
    ),
    ...one('recommendations-answered-in-time', published),
    ...one('recommendations-overdue', published),
    ...one('recommendations-implemented', published),
    ...one('learning', (figure) =>
      published(figure, { splitBy: byParts('theme', 'By theme', figure.numerator, many('learning-')) }),
    ),
  ];
}

/** What was found about applications before their merits: every result, and together all that were tested. */
function testedFigure(valid: ReviewFigure, results: readonly ReviewFigure[]): PublishedFigure {
  const figure = published(valid, {
    title: 'Applications tested',
    definition:
      'Applications on whose validity it was decided in the period, sending on to another body included. By the day of that decision; the newest decision counts.',
    splitBy: byParts('result', 'By what was found', valid.denominator, results),
  });
  return {
    ...figure,
    key: TESTED,
    unit: 'number',
    value: valid.denominator,
    base: null,
    caseLink: listOf(valid.denominatorCases),
  };
}

function published(figure: ReviewFigure, extra: Extra = {}): PublishedFigure {
  const { key, section, title, definition, value, numerator, denominator, cases, isAtEnd } = figure;
  const unit = unitOf(figure);
  const isCount = unit === 'number';
  const isShare = unit === 'share';
  return {
    key: `reviews-${key}`,
    theme: `Complaint reviews: ${section.charAt(0).toLowerCase()}${section.slice(1)}`,
    title,
    definition,
    unit,
    value: isCount || isShare ? numerator : rounded(value),
    base: isCount ? null : isShare ? denominator : numerator,
    caseLink: listOf(cases),
    splitBy: [],
    isAtEnd,
    ...extra,
  };
}

function unitOf({ measure, unit }: ReviewFigure): FigureUnit {
  if (measure === 'count') return 'number';
  if (measure === 'share') return 'share';
  if (measure === 'longest') return 'longest-calendar-days';
  return unit === 'working-days' ? `${measure}-working-days` : `${measure}-calendar-days`;
}

function rounded(days: number | null): number | null {
  return days === null ? null : Math.round(days * 10) / 10;
}

function byHandling({ groups }: ReviewFigure): readonly FigureSplit[] {
  const known = Object.keys(HANDLING_WORDS).map((key): FigureGroup => {
    const found = groups.find(({ group }) => group === key);
    return {
      key,
      title: HANDLING_WORDS[key] ?? key,
      value: found?.numerator ?? 0,
      base: null,
      caseLink: found ? listOf(found.cases) : null,
    };
  });
  return [{ key: 'handling', title: 'By how the complaint was handled', groups: known }];
}

/** Figures that are parts of one whole. What none of them counts is a group too; where two count the same, there is no split. */
function byParts(key: string, title: string, whole: number, parts: readonly ReviewFigure[]): readonly FigureSplit[] {
  const groups = parts.map((part): FigureGroup => ({
    key: part.key,
    title: capital(part.title.replace(/^(Not valid|Recommended|Learning|Open)[:,] /, '')),
    value: part.numerator,
    base: null,
    caseLink: listOf(part.cases),
  }));
  const rest = whole - groups.reduce((sum, { value }) => sum + (value ?? 0), 0);
  if (rest < 0 || groups.length === 0) return [];
  const other: FigureGroup = { key: 'other', title: 'Other', value: rest, base: null, caseLink: null };
  return [{ key, title, groups: rest === 0 ? groups : [...groups, other] }];
}

/** The page that lists for staff what the programming interface lists. */
function listOf(cases: string): string {
  return `/staff/figures/reviews/cases?${cases.slice(cases.indexOf('?') + 1)}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function ageKeys(figures: readonly ReviewFigure[]): readonly string[] {
  return figures.map(({ key }) => key).filter((key) => /^open-(over-)?\d/.test(key));
}
