import {
  all,
  isWithin,
  part,
  type Counted,
  type FigureChoices,
  type ReviewFigureDefinition,
  type ReviewFrame,
} from './review-figure';
import { isCounted, type RecommendationFacts, type ReviewFacts } from './review-facts';

type Figure = ReviewFigureDefinition;

interface OneOf extends Counted {
  readonly made: RecommendationFacts;
}

const RESPONSES = [
  ['accepted', 'Accepted by the force'],
  ['part', 'Accepted in part'],
  ['rejected', 'Rejected by the force'],
] as const;

/** What was recommended to the force and what became of it, and what it was suggested to learn. */
export function recommendationFigures({ recommendationTypes, learningThemes }: FigureChoices): Figure[] {
  return [
    figure('recommendations-made', 'Recommendations made', {
      definition:
        'Recommendations made to the force in the period, by the day they were made. One review may have several.',
      select: (reviews, frame) => all(each(reviews, frame, ({ madeOn }) => madeOn)),
    }),
    ...recommendationTypes.map(({ key, name }) =>
      figure(`recommendations-made-${key}`, `Recommended: ${name}`, {
        definition: `Of the recommendations made in the period, those to: ${name}.`,
        measure: 'share',
        select: (reviews, frame) =>
          choose(
            each(reviews, frame, ({ madeOn }) => madeOn),
            ({ made }) => made.type === key,
          ),
      }),
    ),
    ...RESPONSES.map(([response, title]) =>
      figure(`recommendations-${response}`, title, {
        definition: `Of the recommendations to which the force responded in the period, those with this response.`,
        measure: 'share',
        select: (reviews, frame) =>
          choose(
            each(reviews, frame, ({ respondedOn }) => respondedOn),
            ({ made }) => made.response === response,
          ),
      }),
    ),
    figure('recommendations-answered-in-time', 'Responses in time', {
      definition:
        'Of the recommendations to which a response was due in the period, those to which the force responded on or before that day: 28 days from the day after they were made, or what the standard in force then says, later where it was extended. One without a response that is not yet past its day is neither a hit nor a miss.',
      measure: 'share',
      select: (reviews, frame) => {
        const due = each(reviews, frame, ({ responseDueOn }) => responseDueOn).filter(
          ({ made, on }) => made.respondedOn !== null || (made.settledOn === null && on < frame.asOfDay),
        );
        return choose(due, ({ made, on }) => made.respondedOn !== null && made.respondedOn <= on);
      },
    }),
    figure('recommendations-overdue', 'Responses overdue', {
      definition:
        'Recommendations to which the force had not responded at the end of the period (or today, if that is earlier) though the response was due on an earlier day.',
      isAtEnd: true,
      select: (reviews, { openDay }) =>
        all(
          eachOf(reviews, ({ responseDueOn }) => responseDueOn).filter(({ made, on }) => {
            const isSettled = made.settledOn !== null && made.settledOn <= openDay;
            const isAnswered = made.respondedOn !== null && made.respondedOn <= openDay;
            return made.madeOn <= openDay && on < openDay && !isAnswered && !isSettled;
          }),
        ),
    }),
    figure('recommendations-implemented', 'Implemented', {
      definition:
        'Recommendations of which it was recorded in the period, with evidence, that the force has carried them out.',
      select: (reviews, frame) => all(each(reviews, frame, ({ implementedOn }) => implementedOn)),
    }),
    learningFigure('learning', 'Learning suggested', 'Suggestions of learning for the force made in the period.', null),
    ...learningThemes.map(({ key, name }) =>
      learningFigure(
        `learning-${key}`,
        `Learning: ${name}`,
        `Of the suggestions of learning made in the period, those on: ${name}.`,
        key,
      ),
    ),
  ];
}

function figure(
  key: string,
  title: string,
  {
    definition,
    select,
    measure = 'count',
    isAtEnd = false,
  }: Pick<Figure, 'definition' | 'select'> & Partial<Pick<Figure, 'measure' | 'isAtEnd'>>,
): Figure {
  const unit = measure === 'share' ? 'share' : 'recommendations';
  return { key, section: 'Recommendations and learning', title, definition, unit, measure, isAtEnd, select };
}

function learningFigure(key: string, title: string, definition: string, theme: string | null): Figure {
  return {
    key,
    section: 'Recommendations and learning',
    title,
    definition,
    unit: theme === null ? 'learning-points' : 'share',
    measure: theme === null ? 'count' : 'share',
    isAtEnd: false,
    select: (reviews, frame) => {
      const points = reviews
        .filter(isCounted)
        .flatMap((review) =>
          review.learning
            .filter(({ on }) => isWithin(on, frame))
            .map((point) => ({ review, on: point.on, days: 0, theme: point.theme })),
        );
      return theme === null ? all(points) : { outOf: points, counted: points.filter((each) => each.theme === theme) };
    },
  };
}

function eachOf(reviews: readonly ReviewFacts[], dayOf: (made: RecommendationFacts) => string | null): OneOf[] {
  return reviews.filter(isCounted).flatMap((review) =>
    review.recommendations.flatMap((made) => {
      const on = dayOf(made);
      return on === null ? [] : [{ review, on, days: 0, made }];
    }),
  );
}

function each(
  reviews: readonly ReviewFacts[],
  frame: ReviewFrame,
  dayOf: (made: RecommendationFacts) => string | null,
): OneOf[] {
  return eachOf(reviews, dayOf).filter(({ on }) => isWithin(on, frame));
}

function choose(outOf: readonly OneOf[], isChosen: (one: OneOf) => boolean): ReturnType<typeof part> {
  return { counted: outOf.filter(isChosen), outOf };
}
