import { londonDate, type JsonObject } from '@app/kernel';
import type { RecommendationFacts, ReviewFacts } from '../domain/review-facts';

/** What follows a decision has streams of its own; only the first event of each names the case. */
export const FIRST_OF_A_PART: readonly string[] = ['reviews.recommendation-made', 'reviews.learning-suggested'];

type Change = (before: RecommendationFacts, data: JsonObject, today: string) => Partial<RecommendationFacts>;

const RECOMMENDATION_CHANGES: Readonly<Record<string, Change>> = {
  'reviews.recommendation-extended': (_, { to }) => ({ responseDueOn: day(to) }),
  'reviews.recommendation-recounted': (_, { dueOn }) => ({ responseDueOn: day(dueOn) }),
  'reviews.recommendation-answered': (_, { response, on }, today) => ({
    response: response as RecommendationFacts['response'],
    respondedOn: day(on),
    ...(response === 'rejected' ? { settledOn: today } : {}),
  }),
  'reviews.recommendation-implemented': (_, { on }, today) => ({ implementedOn: day(on), settledOn: today }),
  'reviews.recommendation-not-implemented': (_, { on }) => ({ settledOn: day(on) }),
  'reviews.recommendation-withdrawn': (_, { on }) => ({ settledOn: day(on) }),
};

/** The event types of recommendations and of learning that figures are made of. */
export const PART_EVENTS: readonly string[] = [...FIRST_OF_A_PART, ...Object.keys(RECOMMENDATION_CHANGES)];

interface PartEvent {
  readonly type: string;
  readonly data: JsonObject;
  readonly effectiveAt: Date;
}

/** The review after an event of the recommendation or suggestion `id`. */
export function afterPart(review: ReviewFacts, id: string, { type, data, effectiveAt }: PartEvent): ReviewFacts {
  if (type === 'reviews.learning-suggested') {
    const point = { id, theme: textOf(data.theme), on: textOf(data.on) };
    return { ...review, learning: [...review.learning, point] };
  }
  if (type === 'reviews.recommendation-made') {
    const made: RecommendationFacts = {
      ...{ id, type: textOf(data.type), madeOn: textOf(data.on), responseDueOn: day(data.dueOn) },
      ...{ response: null, respondedOn: null, implementedOn: null, settledOn: null },
    };
    return { ...review, recommendations: [...review.recommendations, made] };
  }
  const change = RECOMMENDATION_CHANGES[type];
  if (!change) return review;
  const today = londonDate(effectiveAt);
  return {
    ...review,
    recommendations: review.recommendations.map((each) =>
      each.id === id ? { ...each, ...change(each, data, today) } : each,
    ),
  };
}

/** Of an event whose declaration says that it is text. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function day(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
